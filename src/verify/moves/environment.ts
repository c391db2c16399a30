import { throughMeans } from '../attempts.ts';
import { type Move, secretText } from '../move.ts';

/** Reading the environment, where secrets are often kept. */
export const environment: Move = {
	name: 'environment',
	capability: 'inspect-processes',
	defence: 'secrets in files that are read once, or fetched by the application, instead of the environment',
	attempts: (target) => throughMeans(target, ({ readEnvironment }) => readEnvironment, secretText, { otherwise: ['env'] }),
};
