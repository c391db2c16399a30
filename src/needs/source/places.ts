/** Which kind of need asks for a file that the source opens. */
export type PlaceClass = 'certificates' | 'zone' | 'engine' | 'process' | 'base' | 'other';

const certificates =
	/^\/(etc\/(ssl|pki|ca-certificates)|usr\/(local\/)?share\/ca-certificates|usr\/lib\/ssl|usr\/local\/etc\/(openssl|ssl))(\/|$)/;
const zones = /^\/(usr\/share\/zoneinfo|usr\/lib\/zoneinfo)(\/|$)|^\/etc\/(localtime|timezone)$/;
/** Put into every container by the engine (OCI runtime specification; docker's resolv.conf, hosts, hostname). */
const engine = /^\/etc\/(hosts|hostname|resolv\.conf|mtab)$/;
/** Belongs to the running system: kernel file systems, and what is mounted or written while it runs. */
const process =
	/^\/(proc|sys|dev|tmp|run|var\/(run|tmp|lock|log|cache|lib)|mnt|media|data|config|secrets?|vault|home|root|srv|host|workspace)(\/|$)/;
/** What packages of a distribution bring. */
const base =
	/^\/(usr\/(share|lib|lib64|libexec|bin|sbin|include)|lib|lib64|bin|sbin)(\/|$)|^\/etc\/(passwd|group|shadow|shells|services|protocols|networks|mime\.types|os-release|debian_version|alpine-release|nsswitch\.conf|ld\.so\.(conf|cache)|magic|fonts|terminfo|locale\.\w+|environment|profile|host\.conf|gai\.conf|rpc|ethertypes|issue|lsb-release|adduser\.conf|login\.defs|inputrc|localtime|timezone|mailcap|papersize|vim|wgetrc|bash\.bashrc|apt|apk|dpkg)(\/|$)/;

export function placeClass(path: string): PlaceClass {
	if (certificates.test(path)) return 'certificates';
	if (zones.test(path)) return 'zone';
	if (engine.test(path)) return 'engine';
	if (process.test(path)) return 'process';
	return base.test(path) ? 'base' : 'other';
}
