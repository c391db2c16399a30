import type { Offer, Wanted } from './family.ts';
import { chainguard, distroless, official, ubi } from './publishers.ts';

/** Distroless on Debian 13, which runs what was linked on older releases too; on 12 only beside an application that stands on it. */
function debianReleases({ words }: Wanted): readonly string[] {
	return words.includes('bookworm') ? ['13', '12'] : ['13'];
}

/**
 * Bases for an application that brings its own program: what a static binary needs (nothing, or certificates and time
 * zones), then the C library, then the C++ library with it. What is not known is tried both ways.
 */
export function nativeOffers(wanted: Wanted): readonly Offer[] {
	const { staticBinary, libc } = wanted.hints;
	const mayBeStatic = staticBinary !== false;
	const mayBeGlibc = staticBinary !== true && libc !== 'musl';
	const mayBeMusl = staticBinary !== false || libc === 'musl';
	return [
		...(mayBeStatic ? staticOffers(wanted) : []),
		...(mayBeGlibc ? glibcOffers(wanted) : []),
		...(mayBeMusl ? [official(wanted, 'alpine', '3.23', 'Alpine (musl, BusyBox)')] : []),
	];
}

function staticOffers(wanted: Wanted): readonly Offer[] {
	return [
		...(wanted.hints.staticBinary === true ? [{ reference: 'scratch', because: 'an empty image: nothing but the application' }] : []),
		...debianReleases(wanted).flatMap((debian) => distroless(wanted, 'static', debian, 'certificates, time zones and users, no C library')),
		chainguard('static', 'certificates, time zones and users, no C library'),
	];
}

function glibcOffers(wanted: Wanted): readonly Offer[] {
	return [
		...debianReleases(wanted).flatMap((debian) => [
			...distroless(wanted, 'base-nossl', debian, 'glibc'),
			...distroless(wanted, 'base', debian, 'glibc and OpenSSL'),
			...distroless(wanted, 'cc', debian, 'glibc, OpenSSL and the C++ library'),
		]),
		chainguard('glibc-dynamic', 'glibc and the C++ library'),
		ubi('9', 'ubi-micro', 'glibc without a package manager'),
		official(wanted, 'debian', 'trixie-slim', 'slim Debian 13'),
	];
}
