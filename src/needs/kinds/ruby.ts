import type { Application, Check, Need, Standing } from '../../model/need.ts';
import type { Rootfs } from '../../model/rootfs.ts';
import { baseName } from '../application/stage-tree.ts';
import { unseenAt } from '../application/unseen.ts';
import type { NeedKind } from '../need-kind.ts';
import { readSource } from '../source/read-source.ts';

type Data =
	| { readonly ask: 'runtime'; readonly unseen?: string }
	/** The interface that gems were installed for: `3.2.0` of Ruby 3.2. */
	| { readonly ask: 'interface'; readonly version: string; readonly directory: string; readonly native: boolean };

const programs = /^(ruby|ruby\d[\d.]*|bundle|rails|rake|puma|rackup|unicorn|sidekiq|irb)$/;

/** Ruby: that it is there, and of the version that the gems beside the application were installed for. */
export const ruby: NeedKind<Data> = {
	kind: 'ruby',
	ofEveryStart: true,
	async find(application) {
		const { commands } = await readSource(application);
		const start = commands.find((command) =>
			command.words.slice(0, 6).some((word) => programs.test(baseName(word.text)) || word.text.endsWith('.rb')),
		);
		if (start === undefined) return [];
		const unseen = unseenAt(application.unseen, '/usr/bin/ruby');
		const data: Data = { ask: 'runtime', ...(unseen === undefined ? {} : { unseen: unseen.message }) };
		return [{ kind: 'ruby', what: 'Ruby', certainty: 'required', because: [start.because], data }, ...gems(application)];
	},
	async check(need, standing) {
		return { need, ...answerTo(need.data, standing) };
	},
};

/** `vendor/bundle/ruby/3.2.0` of Bundler, with `extensions` where gems were compiled. */
function gems({ files }: Application): readonly Need<Data>[] {
	const found = [...files.entries()].filter(
		(entry) => entry.type === 'directory' && /\/(bundle|vendor)\/ruby\/\d+\.\d+\.\d+$/.test(entry.path),
	);
	return found.slice(0, 5).map((entry) => {
		const version = baseName(entry.path);
		const native = files.list(`${entry.path}/extensions`).length > 0;
		return {
			kind: 'ruby',
			what: `Ruby ${version.replace(/\.0$/, '')}, for the gems in ${entry.path}`,
			certainty: 'required',
			because: [{ path: entry.path, shows: native ? 'gems with compiled extensions' : 'gems' }],
			data: { ask: 'interface', version, directory: entry.path, native },
		};
	});
}

function answerTo(data: Data, { combined, reference }: Standing): Omit<Check, 'need'> {
	const there = rubyInterfaces(combined);
	const [first] = there;
	if (data.ask === 'runtime') {
		if (first !== undefined) return { answer: 'holds', because: [{ path: first.path, shows: `Ruby ${first.version}` }] };
		if (data.unseen !== undefined) return { answer: 'unknown', because: [], hint: `${data.unseen}; it may bring Ruby` };
		return { answer: 'fails', because: [{ path: reference, shows: 'no Ruby' }], hint: 'use a base with Ruby', onlyElsewhere: true };
	}
	if (first === undefined) return { answer: 'unknown', because: [], hint: 'the base shows no Ruby' };
	const same = there.find(({ version }) => version === data.version);
	if (same !== undefined) return { answer: 'holds', because: [{ path: same.path, shows: `Ruby ${same.version}` }] };
	return {
		answer: 'fails',
		because: [{ path: first.path, shows: `Ruby ${first.version}; the gems are for ${data.version}` }],
		message: 'Bundler::GemNotFound: Could not find the gems in locally installed gems',
		hint: 'install the gems with the Ruby of this base',
	};
}

/** `lib/ruby/3.2.0` with the library in it. */
function rubyInterfaces(rootfs: Rootfs): readonly { readonly version: string; readonly path: string }[] {
	return ['/usr/local/lib/ruby', '/usr/lib/ruby', '/usr/share/ruby', '/opt/ruby/lib/ruby'].flatMap((place) => {
		const real = rootfs.resolve(place)?.path;
		const names = real === undefined ? [] : rootfs.list(real).filter((name) => /^\d+\.\d+\.\d+$/.test(name));
		return names.map((version) => ({ version, path: `${real}/${version}` }));
	});
}
