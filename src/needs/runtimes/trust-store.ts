import type { Evidence } from '../../model/evidence.ts';
import type { ImageConfig } from '../../model/image.ts';
import type { Rootfs } from '../../model/rootfs.ts';

/** Who looks for the certificate authorities of the system. */
export type Truster = 'go' | 'openssl';

export type TrustStore =
	| { readonly found: true; readonly because: Evidence }
	| { readonly found: false; readonly looked: readonly string[] };

/** crypto/x509, root_linux.go: files first, all directories after them. */
const goFiles = [
	'/etc/ssl/certs/ca-certificates.crt',
	'/etc/pki/tls/certs/ca-bundle.crt',
	'/etc/ssl/ca-bundle.pem',
	'/etc/pki/tls/cacert.pem',
	'/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
	'/etc/ssl/cert.pem',
];
const goDirectories = ['/etc/ssl/certs', '/etc/pki/tls/certs'];

/** OPENSSLDIR of Debian, Alpine, Red Hat and of OpenSSL's own default: `cert.pem` and `certs/` with names made of hashes. */
const opensslDirectories = ['/usr/lib/ssl', '/etc/ssl', '/etc/pki/tls', '/usr/local/ssl', '/usr/local/etc/openssl@3'];

/** Where the certificate authorities of the system would be found. SSL_CERT_FILE and SSL_CERT_DIR take the place of the defaults. */
export function trustStore(truster: Truster, rootfs: Rootfs, config: Pick<ImageConfig, 'env'>): TrustStore {
	const variable = (name: string): string | undefined => config.env.findLast((entry) => entry.name === name)?.value || undefined;
	const [file, directory] = [variable('SSL_CERT_FILE'), variable('SSL_CERT_DIR')];
	const defaults = truster === 'go' ? goFiles : opensslDirectories.map((place) => `${place}/cert.pem`);
	const files = file === undefined ? defaults : [file];
	const directories = directory?.split(':') ?? (truster === 'go' ? goDirectories : opensslDirectories.map((place) => `${place}/certs`));
	for (const path of files) {
		const entry = rootfs.resolve(path);
		if (entry?.type === 'file' && entry.size > 0) return { found: true, because: { path: entry.path, shows: 'certificate authorities' } };
	}
	for (const path of directories) {
		const real = rootfs.resolve(path);
		const name =
			real?.type === 'directory'
				? rootfs.list(real.path).find((candidate) => holdsAuthority(truster, rootfs, real.path, candidate))
				: undefined;
		if (real !== undefined && name !== undefined)
			return { found: true, because: { path: `${real.path}/${name}`, shows: 'a certificate authority' } };
	}
	return { found: false, looked: [...files, ...directories] };
}

/** OpenSSL opens only `HASH.N`; Go reads every file. */
function holdsAuthority(truster: Truster, rootfs: Rootfs, directory: string, name: string): boolean {
	const entry = rootfs.resolve(`${directory}/${name}`);
	return entry?.type === 'file' && entry.size > 0 && (truster === 'go' || /^[0-9a-f]{8}\.\d+$/.test(name));
}
