import type { Offer, Wanted } from './family.ts';

/**
 * How each publisher names its images. Facts as of 2026-11-25 from the publishers' own pages:
 * https://github.com/GoogleContainerTools/distroless, https://github.com/chainguard-images/images,
 * https://catalog.redhat.com, https://docs.docker.com/dhi, https://hub.docker.com/u/ubuntu.
 */

/** `gcr.io/distroless/NAME-debianN` with the tags worth trying: the user `nonroot` first, then root. */
export function distroless(wanted: Wanted, name: string, debian: string, because: string): readonly Offer[] {
	const repository = `gcr.io/distroless/${name}-debian${debian}`;
	const what = `${because} (distroless Debian ${debian}: no shell, no package manager)`;
	const plain = [
		{ reference: `${repository}:nonroot`, because: `${what}, starts as uid 65532` },
		{ reference: `${repository}:latest`, because: `${what}, starts as root` },
	];
	const shell = `${because} (distroless Debian ${debian}) with a BusyBox shell for interactive debugging`;
	const debug = [
		{ reference: `${repository}:debug-nonroot`, because: `${shell}, starts as uid 65532` },
		{ reference: `${repository}:debug`, because: `${shell}, starts as root` },
	];
	return wanted.hints.shellWanted === true ? [...plain, ...debug] : plain;
}

/** Chainguard's free images: `latest` only, so the version moves with every upstream release. */
export function chainguard(name: string, because: string): Offer {
	return {
		reference: `cgr.dev/chainguard/${name}:latest`,
		because: `${because} on Wolfi, no shell; free of charge only as the moving tag latest`,
	};
}

/** Red Hat Universal Base Images, readable without a login. */
export function ubi(release: string, name: string, because: string): Offer {
	return { reference: `registry.access.redhat.com/ubi${release}/${name}:latest`, because: `${because} on Red Hat UBI ${release}` };
}

/** Docker Hardened Images: free of charge, but only after `docker login dhi.io`. */
export function hardened(repository: string, tag: string, because: string): Offer {
	return { reference: `dhi.io/${repository}:${tag}`, because: `${because}, hardened by Docker, no shell; needs a login to dhi.io` };
}

/** Ubuntu cut down to slices of packages. */
export function chiselled(name: string, tag: string, because: string): Offer {
	return { reference: `ubuntu/${name}:${tag}`, because: `${because} on chiselled Ubuntu, no shell` };
}

/** An official image from wherever the current one is read. */
export function official(wanted: Wanted, name: string, tag: string, because: string): Offer {
	return { reference: `${wanted.officialPrefix}${name}:${tag === '' ? 'latest' : tag}`, because };
}
