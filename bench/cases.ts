import type { Subject } from './runners.ts';

/** What is there before each run that is timed. */
export type Before = 'nothing' | 'all' | 'bases';

/** One row of the table. */
export interface Case {
	readonly name: string;
	readonly before: Before;
	/** The images of each run; only with `bases` another one each time. */
	subjects(run: number): readonly Subject[];
	/** At most this part of Trivy's time; 0: no such target. */
	readonly ofTrivy: number;
	/** At most this many times what the limit takes. */
	readonly ofLimit?: number;
	/** At most this many milliseconds for each image. */
	readonly perImage?: number;
	/** At most this many milliseconds more than Node alone. */
	readonly overNode?: number;
	/** Bytes at most. */
	readonly peak: number;
	/** The same layers only decompressed, by two processes at a time. */
	readonly limit?: readonly string[];
}

export interface Places {
	readonly gzip: string;
	readonly zstd: string;
	readonly archive: string;
	readonly registry: string;
	readonly small: string | undefined;
	/** Images on the first base, each with another layer above. */
	readonly changed: readonly string[];
	/** Images on all bases. */
	readonly fleet: readonly string[];
	readonly limits: { readonly gzip?: readonly string[]; readonly zstd?: readonly string[] };
}

const megabyte = 1e6;

/** Every situation with its target. */
export function casesOf(places: Places): readonly Case[] {
	const layout = (place: string): Subject => ({ form: 'oci-layout', place });
	const only = (subject: Subject) => (): readonly Subject[] => [subject];
	const gzip = layout(places.gzip);
	const archive: Subject = { form: 'docker-archive', place: places.archive };
	const registry: Subject = { form: 'registry', place: places.registry };
	const fleet = (count: number) => (): readonly Subject[] => places.fleet.slice(0, count).map(layout);
	const limits = (limit: readonly string[] | undefined): Pick<Case, 'limit'> => (limit === undefined ? {} : { limit });
	const peak = 250 * megabyte;
	return [
		{ name: 'cold, OCI gzip', before: 'nothing', subjects: only(gzip), ofTrivy: 0.22, ofLimit: 1.6, peak, ...limits(places.limits.gzip) },
		{ name: 'cold, OCI zstd', before: 'nothing', subjects: only(layout(places.zstd)), ofTrivy: 0.33, peak, ...limits(places.limits.zstd) },
		{ name: 'cold, docker-archive', before: 'nothing', subjects: only(archive), ofTrivy: 0.35, peak: 100 * megabyte },
		{ name: 'cold, registry', before: 'nothing', subjects: only(registry), ofTrivy: 0.32, peak },
		...(places.small === undefined
			? []
			: [{ name: 'cold, small image', before: 'nothing', subjects: only(layout(places.small)), ofTrivy: 0, overNode: 50, peak } as const]),
		{ name: 'unchanged, OCI gzip', before: 'all', subjects: only(gzip), ofTrivy: 0.1, peak },
		{ name: 'unchanged, registry', before: 'all', subjects: only(registry), ofTrivy: 0.1, peak },
		{
			name: 'own layer changed',
			before: 'bases',
			subjects: (run) => [layout(places.changed[run % places.changed.length] as string)],
			ofTrivy: 0.25,
			peak,
		},
		{ name: '6 images, cold', before: 'nothing', subjects: fleet(6), ofTrivy: 0, peak },
		{ name: '100 images, cold', before: 'nothing', subjects: fleet(100), ofTrivy: 0.04, peak },
		{ name: '100 images, unchanged', before: 'all', subjects: fleet(100), ofTrivy: 0, perImage: 10, peak },
	];
}
