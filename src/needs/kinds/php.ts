import type { Application, Check, Need, Standing } from '../../model/need.ts';

import { baseName } from '../application/stage-tree.ts';
import { unseenAt } from '../application/unseen.ts';
import type { NeedKind } from '../need-kind.ts';
import { phpVersion } from '../runtimes/php-runtime.ts';
import { readSource } from '../source/read-source.ts';

interface Data {
	/** Lowest PHP_VERSION_ID: 80100 of 8.1.0; 0: any. */
	readonly least: number;
	readonly unseen?: string;
}

/** PHP: that it is there, and new enough for the packages that Composer installed. */
export const php: NeedKind<Data> = {
	kind: 'php',
	ofEveryStart: true,
	async find(application) {
		const source = await readSource(application);
		const start = source.commands.find((command) =>
			command.words
				.slice(0, 4)
				.some((word) => /^(php|php\d[\d.]*|php-fpm[\d.]*|frankenphp)$/.test(baseName(word.text)) || word.text.endsWith('.php')),
		);
		const checks = platformChecks(application);
		const texts = await source.files.read(checks);
		const unseen = unseenAt(application.unseen, '/usr/bin/php');
		const found = checks.map(
			(path): Need<Data> => need(leastOf(texts.get(path) ?? ''), path, start === undefined ? 'likely' : 'required', unseen?.message),
		);
		if (start !== undefined && found.length === 0) return [{ ...need(0, '', 'required', unseen?.message), because: [start.because] }];
		return found.filter(({ data }) => data.least > 0 || start !== undefined);
	},
	async check(asked, standing) {
		return { need: asked, ...answerTo(asked.data, standing) };
	},
};

function platformChecks({ files }: Application): readonly string[] {
	return [...files.entries()]
		.filter((entry) => entry.type === 'file' && entry.path.endsWith('/vendor/composer/platform_check.php'))
		.map((entry) => entry.path)
		.slice(0, 4);
}

/** Composer writes `if (!(PHP_VERSION_ID >= 80100))`. */
function leastOf(text: string): number {
	return Number(/PHP_VERSION_ID >= (\d{5,6})/.exec(text)?.[1] ?? 0);
}

const shown = (id: number): string => `${Math.floor(id / 10_000)}.${Math.floor(id / 100) % 100}.${id % 100}`;

function need(least: number, path: string, certainty: 'required' | 'likely', unseen: string | undefined): Need<Data> {
	return {
		kind: 'php',
		what: least === 0 ? 'PHP' : `PHP ${shown(least)} or newer`,
		certainty,
		because: [{ path, shows: `PHP_VERSION_ID >= ${least}` }],
		data: { least, ...(unseen === undefined ? {} : { unseen }) },
	};
}

function answerTo({ least, unseen }: Data, { combined, reference }: Standing): Omit<Check, 'need'> {
	const there = phpVersion(combined);
	if (there === undefined) {
		if (unseen !== undefined) return { answer: 'unknown', because: [], hint: `${unseen}; it may bring PHP` };
		return { answer: 'fails', because: [{ path: reference, shows: 'no PHP' }], hint: 'use a base with PHP', onlyElsewhere: true };
	}
	if (there.id === undefined)
		return least === 0
			? { answer: 'holds', because: [there.because] }
			: { answer: 'unknown', because: [there.because], hint: 'run "php --version" on the base to settle it' };
	if (there.id >= least) return { answer: 'holds', because: [there.because] };
	return {
		answer: 'fails',
		because: [there.because],
		message: `Composer detected issues in your platform: Your Composer dependencies require a PHP version ">= ${shown(least)}". You are running ${there.text}.`,
		hint: `use a base with PHP ${shown(least)} or newer`,
	};
}
