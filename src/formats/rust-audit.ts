export interface RustCrate {
	readonly name: string;
	readonly version: string;
	/** Needed to build only; not in the program. */
	readonly build: boolean;
}

const maxCrates = 50_000;

/** The JSON of `cargo auditable` (cargo-auditable, PARSING.md); a text says why it cannot be read. */
export function readRustAudit(text: string): readonly RustCrate[] | string {
	const packages = packagesIn(text);
	if (packages === undefined) return 'the section .dep-v0 has no list of packages';
	const crates: RustCrate[] = [];
	for (const one of packages.slice(0, maxCrates)) {
		if (typeof one !== 'object' || one === null) continue;
		const { name, version, kind } = one as Readonly<Record<string, unknown>>;
		if (typeof name !== 'string' || typeof version !== 'string' || name === '') continue;
		crates.push({ name, version, build: kind === 'build' });
	}
	return crates;
}

function packagesIn(text: string): readonly unknown[] | undefined {
	try {
		const document: unknown = JSON.parse(text);
		const packages = typeof document === 'object' && document !== null && 'packages' in document ? document.packages : undefined;
		return Array.isArray(packages) ? packages : undefined;
	} catch {
		return undefined;
	}
}
