import type { Rule } from '../rule.ts';

export const shellUnwanted: Rule = {
	id: 'shell-unwanted',
	effect: 'held-back',
	when: '`--exposure public` with `--data sensitive`, and there is a shell that the application does not use',
	why: 'the first thing an intruder reaches for; where strangers can knock and the data is worth it, it should not be there',
	speak({ candidate, excess, profile }) {
		if (profile.exposure !== 'public' || profile.data !== 'sensitive' || (excess?.shells ?? 0) === 0) return undefined;
		const names = (candidate.measurement?.surface.shells.items ?? []).map(({ name }) => name);
		const which = names.length === 0 ? `${excess?.shells} shells` : [...new Set(names)].sort().join(', ');
		return { because: `has a shell beyond the needs (${which}) and the service is public with sensitive data` };
	},
};
