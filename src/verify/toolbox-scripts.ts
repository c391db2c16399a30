/**
 * Runs in the toolbox, beside a container whose network it shares: asks every port that listens (those named first) over
 * HTTP until one answers. Prints `answer PORT STATUS` and the body, or `silent PORTS`. Arguments: named ports, path, rounds.
 */
export const askPorts = `
named=$1 path=$2 rounds=$3 seen=
while [ "$rounds" -gt 0 ]; do
	open=$(netstat -ltn 2>/dev/null | awk '$6 == "LISTEN" { n = split($4, a, ":"); print a[n] }' | sort -un)
	seen=$(echo $open)
	for port in $named $open; do
		case " $seen " in *" $port "*) ;; *) continue ;; esac
		out=$(wget -q -S -T 10 -O - "http://127.0.0.1:$port$path" 2>&1)
		status=$(echo "$out" | sed -n 's/.*HTTP\\/[0-9.]* \\([0-9][0-9][0-9]\\).*/\\1/p' | tail -n 1)
		if [ -n "$status" ]; then
			echo "answer $port $status"
			if [ "$status" -lt 400 ]; then echo "$out" | head -c 2000
			else printf 'GET %s HTTP/1.0\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' "$path" | nc -w 10 127.0.0.1 "$port" | head -c 2000; fi
			exit 0
		fi
	done
	rounds=$((rounds - 1))
	sleep 0.2
done
echo "silent $seen"
exit 1
`;
