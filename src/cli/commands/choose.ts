import { type CandidateReference, defaultProfile, type Profile } from '../../model/base.ts';
import type { ChooseReport } from '../../model/report.ts';
import type { Command, CommandInput } from '../command.ts';
import { applicationFlags } from '../common-flags.ts';
import { oneOf } from '../parse-flags.ts';
import { proofFlags, proofOf } from '../proof-flags.ts';
import { subjectOf } from '../subject-flags.ts';

const words = {
	exposure: ['public', 'partner', 'internal'],
	debugging: ['interactive', 'occasional', 'none'],
	data: ['sensitive', 'ordinary'],
} as const;

/** What is proved is the base with the changes that are recommended. */
const { 'as-is': _, ...howToProve } = proofFlags;

export const choose: Command = {
	name: 'choose',
	usage: '[APP]',
	arity: { min: 0, max: 1 },
	answers: 'exit code 0: a base is recommended, with --verify one that really works; 1: none is',
	flags: {
		...applicationFlags,
		candidate: { type: 'string', short: 'c', multiple: true, value: 'IMAGE', help: 'a base to try beside the known families' },
		write: { type: 'boolean', help: 'apply the patch to the Dockerfile' },
		only: { type: 'boolean', help: 'try only the candidates named, not the known families' },
		exposure: { type: 'string', value: words.exposure.join('|'), help: `who can reach the service (default: ${defaultProfile.exposure})` },
		debugging: {
			type: 'string',
			value: words.debugging.join('|'),
			help: `how you look into it when it fails (default: ${defaultProfile.debugging})`,
		},
		data: { type: 'string', value: words.data.join('|'), help: `what it handles (default: ${defaultProfile.data})` },
		verify: { type: 'boolean', help: 'really build, run and test it on the best bases, until one holds; the flags below say how' },
		...howToProve,
	},
	examples: ['footing choose', 'footing choose services/api --exposure public --data sensitive --candidate registry.example/base:1'],
	async run(input) {
		const { choose: workflow } = await import('../../workflows/choose.ts');
		const report = await workflow(input.session, {
			...subjectOf(input),
			profile: profileOf(input),
			candidates: candidatesOf(input),
			write: input.flags.on('write'),
			...(input.flags.on('verify') ? { verify: proofOf(input) } : {}),
			only: input.flags.on('only') || !input.configuration.families,
		});
		return { report, exitCode: report.recommendation !== undefined && isProved(report) ? 0 : 1 };
	},
};

/** Where proof was asked for, only what holds is a yes. */
function isProved({ proof, candidates, recommendation }: ChooseReport): boolean {
	const chosen = candidates.find(({ reference }) => reference === recommendation?.reference);
	return proof === undefined || chosen?.verification?.answer === 'holds';
}

function profileOf({ flags, configuration: { profile } }: CommandInput): Profile {
	return {
		exposure: oneOf('exposure', flags.text('exposure'), words.exposure) ?? profile.exposure ?? defaultProfile.exposure,
		debugging: oneOf('debugging', flags.text('debugging'), words.debugging) ?? profile.debugging ?? defaultProfile.debugging,
		data: oneOf('data', flags.text('data'), words.data) ?? profile.data ?? defaultProfile.data,
	};
}

function candidatesOf({ flags, configuration }: CommandInput): readonly CandidateReference[] {
	return [
		...flags.texts('candidate').map((reference) => ({ reference, from: 'command-line' as const, because: 'named with --candidate' })),
		...configuration.candidates.map(({ reference, because = 'named in footing.yaml' }) => ({
			reference,
			from: 'configuration' as const,
			because,
		})),
	];
}
