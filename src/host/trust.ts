import { readFile } from 'node:fs/promises';
import { FootingError } from '../model/errors.ts';
import { quote } from '../model/quote.ts';

/**
 * A TLS context that trusts the authorities Node trusts and those of the files in NODE_EXTRA_CA_CERTS and SSL_CERT_FILE;
 * undefined when there are none, so that Node's own is used. One context for all connections: parsing 150 certificates
 * for each would cost more than the handshake.
 */
export async function trustedContext(
	env: Readonly<Record<string, string | undefined>>,
): Promise<import('node:tls').SecureContext | undefined> {
	const variables = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'].filter((name) => env[name] !== undefined && env[name] !== '');
	if (variables.length === 0) return undefined;
	const tls = await import('node:tls');
	const added = await Promise.all(variables.map((name) => readCertificates(name, env[name] as string)));
	try {
		return tls.createSecureContext({ ca: [...tls.getCACertificates('default'), ...added] });
	} catch (cause) {
		throw new FootingError('network', `cannot use the certificates of ${variables.join(' and ')}: ${(cause as Error).message}`, { cause });
	}
}

async function readCertificates(variable: string, path: string): Promise<string> {
	try {
		return await readFile(path, 'utf8');
	} catch (cause) {
		const why = (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : (cause as Error).message;
		throw new FootingError('network', `cannot read the certificates that ${variable} names, ${quote(path)}: ${quote(why)}`, { cause });
	}
}
