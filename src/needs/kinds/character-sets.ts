import type { Check, Need, Standing } from '../../model/need.ts';
import type { NeedKind } from '../need-kind.ts';
import { glibcVersion, moduleOf } from '../runtimes/gconv.ts';
import type { CharacterSets, Fact } from '../source/fact.ts';
import { plainName } from '../source/native/character-sets.ts';
import { readSource } from '../source/read-source.ts';

/** Character sets that compiled programs convert: glibc has most of them in modules of its own, musl has some built in. */
export const characterSets: NeedKind<CharacterSets> = {
	kind: 'character-sets',
	ofEveryStart: true,
	async find(application) {
		const { facts } = await readSource(application);
		return facts.flatMap((fact) => (fact.action.kind === 'character-sets' ? [needFor(fact, fact.action)] : []));
	},
	async check(need, standing) {
		return need.data.libc === 'musl' ? onMusl(need) : onGlibc(need, standing);
	},
};

function needFor({ because, certainty }: Fact, data: CharacterSets): Need<CharacterSets> {
	return { kind: 'character-sets', what: `the character sets ${data.names.join(', ')}`, certainty, because: [because], data };
}

/** src/locale/iconv.c and the tables beside it. */
const inMusl =
	/^(UTF(8|7)?|UTF(16|32)(LE|BE)?|UCS[24](LE|BE)?|WCHART|USASCII|ASCII|ISO646|LATIN\d{1,2}|ISO8859\d{1,2}|(WINDOWS|CP)125\d|CP(437|850|855|866|874|1047|932|936|949|950)|IBM1047|KOI8[RU]|SHIFTJIS|SJIS|EUC(JP|KR)|ISO2022JP|GB(K|18030|2312)|BIG5|BIG5HKSCS|TIS620)$/;

function onMusl(need: Need<CharacterSets>): Check {
	const refused = need.data.names.find((name) => name.includes('//') || !inMusl.test(plainName(name)));
	if (refused === undefined) return { need, answer: 'holds', because: [{ path: 'libc', shows: 'musl has them built in' }] };
	return failing(
		need,
		refused,
		'musl knows neither suffixes such as //TRANSLIT nor rare character sets: build with glibc, or with libiconv',
	);
}

/** iconv/gconv_builtin.h */
const inGlibc = /^(UTF8|UCS[24](LE|BE)?|WCHART|USASCII|ASCII|ANSIX341968|UNICODELITTLE|UNICODEBIG|INTERNAL)$/;

async function onGlibc(need: Need<CharacterSets>, { combined }: Standing): Promise<Check> {
	const rare = need.data.names.filter((name) => !inGlibc.test(plainName(name)));
	const found: { readonly path: string; readonly shows: string }[] = [];
	for (const name of rare) {
		const module = await moduleOf(combined, name);
		if (module === undefined)
			return failing(need, name, 'copy the directory gconv of the C library that it was built with, or convert with libiconv');
		found.push({ path: module, shows: `converts ${name}` });
	}
	if (found.length === 0) return { need, answer: 'holds', because: [{ path: 'libc', shows: 'glibc has them built in' }] };
	if (!need.data.static) return { need, answer: 'holds', because: found };
	return {
		need,
		answer: 'unknown',
		because: found,
		hint: `the program carries its own glibc and would load modules of glibc ${glibcVersion(combined) ?? 'of this base'}, which ends it when the versions differ: link it dynamically`,
	};
}

function failing(need: Need<CharacterSets>, name: string, hint: string): Check {
	return {
		need,
		answer: 'fails',
		because: [{ path: 'libc', shows: `nothing converts ${name}` }],
		message: 'iconv_open: Invalid argument',
		hint,
	};
}
