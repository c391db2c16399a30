import { throughMeans } from '../attempts.ts';
import { type Attempt, type Move, marker } from '../move.ts';

/** Forging and listening to packets, which takes CAP_NET_RAW: engines give it to root unless it is dropped. */
export const rawSocket: Move = {
	name: 'raw-socket',
	capability: 'scan',
	defence: 'all capabilities dropped, a user that is not root',
	attempts(target) {
		const permitted = target.user?.uid === 0 && target.privileges;
		return throughMeans(target, (means) => means.rawSocket, marker, { otherwise: ['tcpdump', '--version'] }).map((attempt): Attempt => {
			if (attempt.predicted !== 'possible') return attempt;
			if (target.user === undefined) return { ...attempt, predicted: 'unknown', because: 'its user is not known' };
			const because = permitted ? 'root has CAP_NET_RAW unless it is dropped' : 'it has no CAP_NET_RAW';
			return { ...attempt, predicted: permitted ? 'possible' : 'impossible', because };
		});
	},
};
