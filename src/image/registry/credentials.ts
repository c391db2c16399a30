import { FootingError } from '../../model/errors.ts';
import type { Host } from '../../model/host.ts';
import { limits } from '../../model/limits.ts';
import { type AuthFile, type Credential, parseAuthFile } from './auth-file.ts';
import { askHelper } from './credential-helper.ts';

/** What was found, and what stood in the way of finding more. */
export interface Found {
	readonly credential?: Credential;
	readonly failure?: FootingError;
}

/** One question to a helper per host object: it may be slow, or ask the user. */
const asked = new WeakMap<Host, Map<string, Promise<Credential | undefined>>>();

/**
 * The credentials that belong to one host and port (and, with Podman, to part of its repositories). A broken file or
 * helper is not the end, as many images need no credentials: it is told when the registry refuses.
 */
export async function findCredentials(host: Host, account: string, repository: string): Promise<Found> {
	let failure: FootingError | undefined;
	for (const path of authFilePaths(host.env)) {
		try {
			const file = await readAuthFile(host, path);
			const credential = file === undefined ? undefined : await ofFile(host, file, account, repository);
			if (credential !== undefined) return { credential };
		} catch (error) {
			if (!(error instanceof FootingError)) throw error;
			failure ??= error;
		}
	}
	return failure === undefined ? {} : { failure };
}

/** Where `docker login` and `podman login` leave them; an explicit REGISTRY_AUTH_FILE comes first. */
function authFilePaths(env: Host['env']): readonly string[] {
	const home = env.HOME ?? env.USERPROFILE;
	const docker = env.DOCKER_CONFIG || (home === undefined ? undefined : `${home}/.docker`);
	const config = env.XDG_CONFIG_HOME || (home === undefined ? undefined : `${home}/.config`);
	return [
		env.REGISTRY_AUTH_FILE,
		docker === undefined ? undefined : `${docker}/config.json`,
		env.XDG_RUNTIME_DIR ? `${env.XDG_RUNTIME_DIR}/containers/auth.json` : undefined,
		config === undefined ? undefined : `${config}/containers/auth.json`,
	].filter((path): path is string => path !== undefined && path !== '');
}

async function readAuthFile(host: Host, path: string): Promise<AuthFile | undefined> {
	const stat = await host.disk.stat(path, { follow: true });
	if (stat === undefined) return undefined;
	try {
		return parseAuthFile(path, await host.disk.readFile(path, limits.metadata, { follow: true }));
	} catch (cause) {
		if (cause instanceof FootingError && cause.code === 'credentials') throw cause;
		throw new FootingError('credentials', cause instanceof FootingError ? cause.message : `cannot read ${path}`, { cause });
	}
}

async function ofFile(host: Host, file: AuthFile, account: string, repository: string): Promise<Credential | undefined> {
	const helper = file.helpers.get(account) ?? file.store;
	const helped = helper === undefined ? undefined : await askOnce(host, helper, account);
	if (helped !== undefined) return helped;
	const parts = repository.split('/');
	for (let kept = parts.length; kept >= 0; kept -= 1) {
		const credential = file.credentials.get([account, ...parts.slice(0, kept)].join('/'));
		if (credential !== undefined) return credential;
	}
	return undefined;
}

function askOnce(host: Host, helper: string, account: string): Promise<Credential | undefined> {
	const answers = asked.get(host) ?? new Map<string, Promise<Credential | undefined>>();
	asked.set(host, answers);
	// Docker Hub's entry has the name of its first protocol
	const server = account === 'docker.io' ? 'https://index.docker.io/v1/' : account;
	const key = `${helper} ${server}`;
	const answer = answers.get(key) ?? askHelper(host.processes, helper, server);
	answers.set(key, answer);
	return answer;
}
