import { fieldAt, isTrue, itemsOf, textOf } from '../../../formats/yaml/fields.ts';
import type { Tree } from '../../../formats/yaml/tree.ts';
import type { Mount } from '../../../model/deployment.ts';
import { absolutePath, joinPath } from '../../application/stage-tree.ts';
import type { DeployedSubject } from '../deployment-source.ts';
import { interpolated, relativePath } from '../words.ts';

type Placed = Mount & { readonly from: Tree };

/** What a service puts over the image: `volumes`, `tmpfs`, and the directories of secrets and configs. */
export function serviceMounts(fields: ReadonlyMap<string, Tree>, subject: DeployedSubject): readonly Placed[] {
	const volumes = itemsOf(fields.get('volumes')).flatMap((item) => volume(item, subject));
	const tmpfs = fields.get('tmpfs');
	const temporary = (tmpfs?.kind === 'list' ? tmpfs.items : tmpfs === undefined ? [] : [tmpfs]).flatMap((item): readonly Placed[] => {
		const [at = '', options = ''] = interpolated(textOf(item) ?? '').split(':');
		const owner = /\b(mode|uid|gid)=/.test(options) ? {} : { owner: 'root' as const };
		return at.startsWith('/') ? [{ at: absolutePath(at, '/'), content: 'empty', writable: true, ...owner, from: item }] : [];
	});
	const secrets = fields.get('secrets');
	const given: readonly Placed[] =
		secrets === undefined ? [] : [{ at: '/run/secrets', content: 'unknown', writable: false, from: secrets }];
	return [...volumes, ...temporary, ...given];
}

function volume(item: Tree, subject: DeployedSubject): readonly Placed[] {
	const parts = item.kind === 'mapping' ? longForm(item) : shortForm(interpolated(textOf(item) ?? ''));
	if (!parts.target.startsWith('/')) return [];
	const at = absolutePath(parts.target, '/');
	return [{ at, writable: parts.writable, from: item, ...contentOf(parts, at, subject) }];
}

interface Parts {
	readonly type: 'bind' | 'volume' | 'tmpfs';
	readonly source: string;
	readonly target: string;
	readonly writable: boolean;
}

/** `[SOURCE:]TARGET[:MODE]`; a source that looks like a path is one. */
function shortForm(text: string): Parts {
	const [first = '', second, mode = ''] = text.split(':');
	if (second === undefined) return { type: 'volume', source: '', target: first, writable: true };
	return { type: /^[./~\0]/.test(first) ? 'bind' : 'volume', source: first, target: second, writable: !/\bro\b/.test(mode) };
}

function longForm(item: Tree): Parts {
	const text = (name: string): string => interpolated(textOf(fieldAt(item, name)) ?? '');
	const type = text('type');
	return {
		type: type === 'tmpfs' || type === 'volume' ? type : 'bind',
		source: text('source'),
		target: text('target'),
		writable: !isTrue(fieldAt(item, 'read_only')),
	};
}

/** A directory of the build context shows what is there; an image's own files fill a new volume. */
function contentOf({ type, source }: Parts, at: string, { context }: DeployedSubject): Pick<Mount, 'content' | 'names' | 'owner'> {
	if (type === 'tmpfs') return { content: 'empty' };
	if (type === 'volume') return { content: 'image', owner: 'image' };
	const root = source.startsWith('.') ? relativePath(source) : undefined;
	if (root === undefined || !context.has(root)) return { content: 'unknown' };
	const names = new Set<string>();
	for (const path of context.keys()) {
		if (root !== '' && path !== root && !path.startsWith(`${root}/`)) continue;
		const inner = root === '' ? path : path.slice(root.length + 1);
		names.add(inner === '' ? at : joinPath(at, inner));
	}
	return { content: 'context', names };
}
