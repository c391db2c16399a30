import type { Rule } from '../rule.ts';

export const packageManagerUnwanted: Rule = {
	id: 'package-manager-unwanted',
	effect: 'held-back',
	when: '`--exposure public` or `--data sensitive`, and there is a package manager that the application does not use',
	why: 'it fetches every tool that the base was spared; nothing is installed in a running service',
	speak({ candidate, excess, profile }) {
		if (profile.exposure !== 'public' && profile.data !== 'sensitive') return undefined;
		if ((excess?.packageManagers ?? 0) === 0) return undefined;
		const names = (candidate.measurement?.surface.packageManagers.items ?? []).map(({ name }) => name);
		const which = names.length === 0 ? '' : ` (${[...new Set(names)].sort().join(', ')})`;
		const reason = profile.exposure === 'public' ? 'the service is public' : 'the data is sensitive';
		return { because: `has a package manager${which} and ${reason}` };
	},
};
