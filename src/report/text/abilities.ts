import type { CapabilityAnswer } from '../../model/surface.ts';

/** The ways by name, each once; `*` marks the application's own runtime, which stays whatever base is chosen. */
export function abilityNames({ ways }: CapabilityAnswer): readonly string[] {
	return [...new Set(ways.map(({ through, inherent }) => `${through}${inherent ? '*' : ''}`))];
}

/** In how many ways: `14*` where one of them is the application's own runtime; `no` is proven, `unknown` is not a no. */
export function abilityCount(ability: CapabilityAnswer | undefined): string {
	if (ability === undefined) return '–';
	if (ability.answer !== 'holds') return ability.answer === 'unknown' ? 'unknown' : 'no';
	const names = abilityNames(ability);
	return `${names.length}${names.some((name) => name.endsWith('*')) ? '*' : ''}`;
}

export function hasInherent(abilities: readonly CapabilityAnswer[]): boolean {
	return abilities.some(({ ways }) => ways.some(({ inherent }) => inherent));
}
