import type { Rule } from '../rule.ts';

export const shellWanted: Rule = {
	id: 'shell-wanted',
	effect: 'held-back',
	when: '`--debugging interactive`, and no shell was found',
	why: 'how a team debugs an incident is a need too',
	speak({ candidate, profile }) {
		if (profile.debugging !== 'interactive' || candidate.measurement === undefined) return undefined;
		if (candidate.measurement.surface.shells.count > 0) return undefined;
		return {
			because: 'has no shell and the profile asks for interactive debugging',
			unlock: 'debug with `footing debug` (a toolbox beside the container) and choose with --debugging occasional',
		};
	},
};
