/** An image reference taken apart; nothing is looked up. Text of the user, not yet checked against a registry. */
export interface ImageName {
	/** Everything before the repository's own path: `''`, `docker.io/library/`, `registry.example:5000/library/`. */
	readonly prefix: string;
	/** The path below the prefix: `node`, `distroless/nodejs20-debian12`, `dotnet/aspnet`; `hardened/node` for `dhi.io/node`. */
	readonly path: string;
	readonly tag?: string;
	/** `sha256:…` */
	readonly digest?: string;
}

/** Namespaces of publishers; what stands before one of them is a registry or a mirror of it. */
const namespaces = ['distroless', 'chainguard', 'dotnet', 'ubi7', 'ubi8', 'ubi9', 'ubi10', 'nginxinc', 'oven'];

/** How pull-through caches of Docker Hub are named in the path: `docker.io`, `dockerhub`, `docker-hub-remote`, `hub-proxy`. */
const hubCache = /^(docker[._-]?(io|hub)|hub)([._-](remote|proxy|mirror|cache))?$/;

/**
 * Takes a reference apart without caring which registry or mirror it is read from: `node:20`, `docker.io/library/node:20`,
 * `public.ecr.aws/docker/library/node:20` and `mirror.example:5000/hub/library/node:20` are all `node` 20.
 */
export function readImageName(reference: string): ImageName {
	const [rest, digest] = cut(reference.trim(), reference.indexOf('@'));
	const colon = rest.lastIndexOf(':');
	const [repository, tag] = cut(rest, colon > rest.lastIndexOf('/') ? colon : -1);
	const parts = repository.split('/');
	const at = ownPath(parts);
	const prefix = parts.slice(0, at).join('/') + (at > 0 ? '/' : '');
	return {
		prefix,
		// Docker Hardened Images have the names of the official ones under a host of their own
		path: `${prefix === 'dhi.io/' ? 'hardened/' : ''}${parts.slice(at).join('/')}`,
		...(tag === undefined ? {} : { tag }),
		...(digest === undefined ? {} : { digest }),
	};
}

function cut(text: string, at: number): readonly [string, string | undefined] {
	return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** Where the registry and mirror parts end. */
function ownPath(parts: readonly string[]): number {
	const library = parts.lastIndexOf('library');
	if (library >= 0 && library < parts.length - 1) return library + 1;
	const namespace = parts.findIndex((part) => namespaces.includes(part));
	if (namespace >= 0 && namespace < parts.length - 1) return namespace;
	if (parts.length < 2 || !isHost(parts[0] as string)) return 0;
	const cache = parts.findLastIndex((part, index) => index > 0 && index < parts.length - 1 && hubCache.test(part));
	return Math.max(1, cache + 1);
}

/** The distribution reference grammar: a first component with a dot or a port, or `localhost`, is a host. */
function isHost(part: string): boolean {
	return part === 'localhost' || /[.:]/.test(part);
}

/** One spelling for the same image: Docker Hub's implied host, namespace and tag written out. */
export function canonicalReference(reference: string): string {
	const [rest, digest] = cut(reference.trim(), reference.indexOf('@'));
	const colon = rest.lastIndexOf(':');
	const [repository, tag] = cut(rest, colon > rest.lastIndexOf('/') ? colon : -1);
	const parts = repository.split('/');
	const hosted = parts.length > 1 && isHost(parts[0] as string) ? parts : ['docker.io', ...parts];
	const host = hosted[0] === 'index.docker.io' || hosted[0] === 'registry-1.docker.io' ? 'docker.io' : hosted[0];
	const full = host === 'docker.io' && hosted.length === 2 ? [host, 'library', hosted[1]] : [host, ...hosted.slice(1)];
	if (digest !== undefined) return `${full.join('/')}@${digest}`;
	return `${full.join('/')}:${tag ?? 'latest'}`;
}
