import { access } from '../../formats/access.ts';
import { throughMeans } from '../attempts.ts';
import { type Attempt, type Move, marker, type Outcome, type Target } from '../move.ts';

/** Leaving something behind: in the root file system, in /tmp, in the application. */
export const write: Move = {
	name: 'write',
	capability: 'edit-files',
	defence: 'a read-only root file system, a user who owns nothing of the application, volumes mounted noexec',
	attempts(target) {
		const application = target.config.workingDir;
		const places = ['/', '/tmp', ...(application === '' || application === '/' ? [] : [application])];
		return [...new Set(places)].flatMap((place) => into(target, place));
	},
};

/** The first means alone: all of them are the same user. */
function into(target: Target, place: string): readonly Attempt[] {
	const { predicted, because } = mayWrite(target, place);
	const directory = place === '/' ? '' : place;
	const over = { otherwise: ['touch', `${directory}/.footing-rehearsal`], harmless: false };
	return throughMeans(target, (means) => means.write(directory), marker, over)
		.slice(0, 1)
		.map((attempt) => {
			const what = `write to ${place} ${attempt.what}`;
			return attempt.predicted === 'possible' ? { ...attempt, what, predicted, because } : { ...attempt, what };
		});
}

function mayWrite({ rootfs, user, readOnly }: Target, place: string): { readonly predicted: Outcome; readonly because: string } {
	if (readOnly)
		return place === '/tmp'
			? { predicted: 'unknown', because: '/tmp may be a mount' }
			: { predicted: 'impossible', because: 'the root file system is read-only' };
	if (user === undefined) return { predicted: 'unknown', because: 'its user is not known' };
	const found = access(rootfs, place, user, 'write');
	if (found.answer === 'no-entry') return { predicted: 'impossible', because: `there is no ${place}` };
	if (found.answer === 'denied') return { predicted: 'impossible', because: `the rights of ${found.at} do not let uid ${user.uid} write` };
	return { predicted: 'possible', because: `the rights of ${place} let uid ${user.uid} write` };
}
