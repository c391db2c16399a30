import type { Check, Need, Standing } from '../../model/need.ts';
import type { NeedKind } from '../need-kind.ts';
import { type Fact, strongest } from '../source/fact.ts';
import { evidenceOf } from '../source/file-need.ts';
import { readSource } from '../source/read-source.ts';

interface Data {
	readonly locale: string;
	/** Asked for by a program that was linked with glibc, whatever the base has. */
	readonly glibc: boolean;
}

const archiveLimit = 32 * 1024 * 1024;

/** Locales that the source sets by name. Node.js and Java carry their own. */
export const locales: NeedKind<Data> = {
	kind: 'locales',
	ofEveryStart: true,
	async find(application) {
		const { facts } = await readSource(application);
		const byName = new Map<string, Fact[]>();
		for (const fact of facts)
			if (fact.action.kind === 'locale' && /^[\w.@-]{1,60}$/.test(fact.action.locale))
				byName.set(fact.action.locale, [...(byName.get(fact.action.locale) ?? []), fact]);
		return [...byName].map(
			([locale, found]): Need<Data> => ({
				kind: 'locales',
				what: `the locale ${locale}`,
				certainty: strongest(found.map((fact) => fact.certainty)),
				because: evidenceOf(found),
				data: { locale, glibc: found.every(({ language }) => language === 'native') },
			}),
		);
	},
	async check(need, standing) {
		return { need, ...(await answerTo(need.data, standing)) };
	},
};

async function answerTo({ locale, glibc }: Data, { combined }: Standing): Promise<Omit<Check, 'need'>> {
	if (/^(C|POSIX)$/.test(locale)) return { answer: 'holds', because: [{ path: 'libc', shows: `${locale} is built in` }] };
	const musl = combined.list('/lib').find((name) => name.startsWith('ld-musl-'));
	if (musl !== undefined && !glibc) return { answer: 'holds', because: [{ path: `/lib/${musl}`, shows: 'musl takes any name' }] };
	const normal = normalized(locale);
	for (const name of [locale, normal]) {
		const entry = combined.resolve(`/usr/lib/locale/${name}`);
		if (entry?.type === 'directory') return { answer: 'holds', because: [{ path: entry.path, shows: 'is there' }] };
	}
	const archive = '/usr/lib/locale/locale-archive';
	if (combined.resolve(archive) !== undefined) {
		const bytes = await combined.read(archive, { limit: archiveLimit }).catch(() => undefined);
		if (bytes === undefined)
			return {
				answer: 'unknown',
				because: [{ path: archive, shows: 'is too large to read' }],
				hint: 'run "locale -a" on the base to settle it',
			};
		if (Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(`${normal}\0`))
			return { answer: 'holds', because: [{ path: archive, shows: `has ${normal}` }] };
	}
	return {
		answer: 'fails',
		because: [{ path: `/usr/lib/locale/${normal}`, shows: 'is not there' }],
		message: 'unsupported locale setting',
		hint: /^C\./.test(locale)
			? 'copy /usr/lib/locale/C.utf8 from the base it was built on, or do without'
			: 'use a base with this locale (the package locales makes it), or C.UTF-8',
	};
}

/** glibc writes the codeset in lower case without punctuation: `de_DE.utf8`. */
function normalized(locale: string): string {
	const [, name = '', codeset = '', modifier = ''] = /^([^.@]*)(?:\.([^@]*))?(@.*)?$/.exec(locale) ?? [];
	return `${name}${codeset === '' ? '' : `.${codeset.toLowerCase().replace(/[^a-z0-9]/g, '')}`}${modifier}`;
}
