/**
 * Runs in the toolbox, beside a container whose network it shares: asks every port that listens (those named first) over
 * HTTP until one answers. Prints `answer PORT STATUS MEDIAN` and the body, or `silent PORTS`. Arguments: named ports, path, rounds.
 * The request is kept open until the answer has come: servers may end a connection that is half closed. MEDIAN is of five
 * further answers, in hundredths of a second: that is what /proc/uptime tells, and BusyBox's date need not know more.
 */
export const askPorts = `
named=$1 path=$2 rounds=$3 seen=
request() {
	: >/tmp/asking
	{ printf 'GET %s HTTP/1.1\\r\\nHost: localhost\\r\\nUser-Agent: footing\\r\\nAccept: */*\\r\\nConnection: close\\r\\n\\r\\n' "$path"
		while [ -e /tmp/asking ]; do sleep 0.1; done; } |
		{ nc -w 10 127.0.0.1 "$1" | head -c 4000; hundredths >/tmp/answered; rm -f /tmp/asking; }
}
hundredths() {
	read -r up _ </proc/uptime
	echo "\${up%.*}\${up#*.}"
}
median() {
	for turn in 1 2 3 4 5; do
		began=$(hundredths)
		request "$1" >/dev/null
		echo $(($(cat /tmp/answered) - began))
	done | sort -n | sed -n 3p
}
while [ "$rounds" -gt 0 ]; do
	open=$(netstat -ltn 2>/dev/null | awk '$6 == "LISTEN" { n = split($4, a, ":"); print a[n] }' | sort -un)
	seen=$(echo $open)
	for port in $named $open; do
		case " $seen " in *" $port "*) ;; *) continue ;; esac
		out=$(request "$port")
		status=$(echo "$out" | sed -n '1s/^HTTP\\/[0-9.]* \\([0-9][0-9][0-9]\\).*/\\1/p')
		if [ -n "$status" ]; then
			echo "answer $port $status $(median "$port")"
			echo "$out" | tr -d '\\r' | sed '1,/^$/d'
			exit 0
		fi
	done
	rounds=$((rounds - 1))
	sleep 0.2
done
echo "silent $seen"
exit 1
`;
