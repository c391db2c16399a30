import { FootingError } from '../model/errors.ts';
import type { Platform } from '../model/platform.ts';
import { quote } from '../model/quote.ts';

/** GOARCH names for those of Node and of uname. */
const architectures = new Map([
	['x64', 'amd64'],
	['x86_64', 'amd64'],
	['x86-64', 'amd64'],
	['aarch64', 'arm64'],
	['ia32', '386'],
	['i386', '386'],
	['i686', '386'],
	['ppc64', 'ppc64le'],
]);

export function platformText(platform: Platform): string {
	return [platform.os, platform.architecture, ...(platform.variant === undefined ? [] : [platform.variant])].join('/');
}

/** `os/arch[/variant]`, or the architecture alone for Linux. @throws FootingError `bad-usage` */
export function parsePlatform(text: string): Platform {
	const parts = text.toLowerCase().split('/');
	if (!parts.every((part) => /^[a-z0-9][a-z0-9._-]{0,63}$/.test(part)) || parts.length > 3)
		throw new FootingError('bad-usage', `invalid platform "${quote(text)}": write os/arch, for instance linux/arm64`);
	const [os, written, variant] = parts.length === 1 ? ['linux', parts[0], undefined] : parts;
	return normalPlatform({ os: os as string, architecture: written as string, ...(variant === undefined ? {} : { variant }) });
}

/** Linux containers on the processor that this runs on; also on macOS and Windows, where engines run Linux. */
export function defaultPlatform(): Platform {
	return normalPlatform({ os: 'linux', architecture: process.arch });
}

/** One spelling for each: arm64 is v8 and 32-bit ARM v7 when nothing is said (containerd's `platforms.Normalize`). */
export function normalPlatform(platform: Platform): Platform {
	const os = platform.os.toLowerCase();
	const written = platform.architecture.toLowerCase();
	if (written === 'armhf') return { os, architecture: 'arm', variant: 'v7' };
	if (written === 'armel') return { os, architecture: 'arm', variant: 'v6' };
	const architecture = architectures.get(written) ?? written;
	const variant = platform.variant?.toLowerCase();
	if (variant === undefined || variant === '') return architecture === 'arm' ? { os, architecture, variant: 'v7' } : { os, architecture };
	const named = /^[0-9]/.test(variant) ? `v${variant}` : variant;
	if ((architecture === 'arm64' && named === 'v8') || (architecture === 'amd64' && named === 'v1')) return { os, architecture };
	return { os, architecture, variant: named };
}

/**
 * How well an offer serves a wish; undefined: not at all, larger is better. A processor also runs what was built for a
 * lower variant.
 */
export function platformMatch(offer: Platform, wish: Platform): number | undefined {
	const has = normalPlatform(offer);
	const wants = normalPlatform(wish);
	if (has.os !== wants.os || has.architecture !== wants.architecture) return undefined;
	const offered = variantNumber(has);
	const wanted = variantNumber(wants);
	if (offered === undefined || wanted === undefined) return has.variant === wants.variant ? 0 : undefined;
	return offered <= wanted ? offered : undefined;
}

function variantNumber(platform: Platform): number | undefined {
	if (platform.variant === undefined) return platform.architecture === 'arm64' ? 8 : 1;
	const digits = /^v([0-9]{1,3})$/.exec(platform.variant)?.[1];
	return digits === undefined ? undefined : Number(digits);
}
