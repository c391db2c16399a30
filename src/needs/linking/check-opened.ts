import type { Check, Need, Standing } from '../../model/need.ts';
import { glibcVersion } from '../runtimes/gconv.ts';
import { complaints, mappedFiles } from './evidence.ts';
import type { LinkingNeed } from './need.ts';
import { runningPrograms } from './programs.ts';
import { remedyOf } from './remedy.ts';
import { settle } from './settle.ts';

type OpenedNeed = Need<LinkingNeed & { readonly of: 'opened' }>;

/** A library that is opened by its name while the program runs, found as its loader finds it. */
export async function checkOpened(need: OpenedNeed, standing: Standing): Promise<Check> {
	const { application, program, opened } = need.data;
	if (opened.static) return fromStatic(need, standing);
	const running = await runningPrograms(application, standing, 'start');
	const process = running
		.map((started) => started.process)
		.find(({ objects }) => standing.combined.resolve(program)?.inode === objects[0]?.entry.inode);
	if (process === undefined || process.libc === 'none')
		return { need, answer: 'unknown', because: [], hint: `${program} is not started here` };
	const mapping = process.open(opened.library, { lazy: true });
	const defect = mapping.defects[0];
	const before = new Set(process.objects);
	const found = mappedFiles({ ...mapping, objects: mapping.objects.filter((object) => !before.has(object)) });
	if (defect === undefined)
		return mapping.doubts.length === 0
			? { need, answer: 'holds', because: found.length > 0 ? found : [{ path: program, shows: `${opened.library} can be opened` }] }
			: { need, answer: 'unknown', because: found, hint: mapping.doubts[0] ?? '' };
	const check: Check = {
		need,
		answer: 'fails',
		because: complaints(mapping.defects),
		message: defect.message,
		hint: remedyOf(defect, standing.base),
	};
	return settle(check, defect, need);
}

/** musl refuses; glibc needs the very version that the program carries. */
function fromStatic(need: OpenedNeed, { combined }: Standing): Check {
	const { opened, program } = need.data;
	const because = [{ path: program, shows: `statically linked with ${opened.libc}` }];
	const link = 'link it dynamically, or link the library in';
	if (opened.libc === 'musl') return { need, answer: 'fails', because, message: 'Dynamic loading not supported', hint: link };
	const there = glibcVersion(combined);
	const message = `${opened.library}: cannot open shared object file: No such file or directory`;
	if (there === undefined) return { need, answer: 'fails', because, message, hint: link };
	const hint = `a static program opens only libraries of the very glibc it was linked with, here is ${there}: ${link}`;
	return { need, answer: 'unknown', because, hint };
}
