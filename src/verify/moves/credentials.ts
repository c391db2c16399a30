import { throughMeans } from '../attempts.ts';
import { credentialPath, credentialText, type Move } from '../move.ts';

/** Reading a credential that is mounted as a file; the rehearsal lays one of ours there. */
export const credentials: Move = {
	name: 'credentials',
	capability: 'read-files',
	defence: 'no service account token where none is needed (automountServiceAccountToken: false), short-lived credentials',
	attempts: (target) =>
		throughMeans(target, ({ readCredential }) => readCredential, credentialText, { otherwise: ['cat', credentialPath], credential: true }),
};
