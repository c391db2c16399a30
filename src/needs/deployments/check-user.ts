import type { Check, Need, Standing } from '../../model/need.ts';
import { numericUser } from '../changes/numeric-user.ts';
import { accountsOf, placeOf } from '../launch/place.ts';
import { deployed, deployedStanding } from './deployed.ts';
import type { DeploymentNeed } from './deployment-need.ts';

/** A user that a Compose file names: as USER, looked up in the image. */
export async function checkUser(need: Need<DeploymentNeed>, standing: Standing): Promise<Check> {
	const { application, deployment } = need.data;
	const { user } = await placeOf(deployed(application, deployment), deployedStanding(application, deployment, standing));
	if (user.kind === 'known') {
		const shows = `${deployment.user?.value} is ${user.identity.uid}:${user.identity.gids[0]}`;
		return { need, answer: 'holds', because: [{ path: '/etc/passwd', shows }] };
	}
	const because = [{ path: user.of === 'group' ? '/etc/group' : '/etc/passwd', shows: `no entry for ${user.missing}` }];
	const made = application.unseen.find(({ code }) => code === 'unseen-user');
	if (made !== undefined) return { need, answer: 'unknown', because, hint: made.message };
	return { need, answer: 'fails', because, message: user.message, hint: 'a number needs no entry in /etc/passwd' };
}

/** runAsNonRoot, as the kubelet verifies it before it starts a container (security_context.go). It looks up no name. */
export async function checkNonRoot(need: Need<DeploymentNeed>, standing: Standing): Promise<Check> {
	const { application, deployment } = need.data;
	const config = deployedStanding(application, deployment, standing).config;
	const [user = ''] = config.user.split(':');
	const because = [{ path: 'image config', shows: user === '' ? 'no USER is set' : `USER ${config.user}` }];
	const fails = (message: string, hint: string): Check => ({ need, answer: 'fails', because, message, hint });
	if (/^0*[1-9]\d*$/.test(user)) return { need, answer: 'holds', because };
	if (deployment.user !== undefined) return fails("container's runAsUser breaks non-root policy", 'runAsUser is 0: choose another');
	const hint = 'set USER to a number, or runAsUser';
	if (user === '' || /^0+$/.test(user)) return fails('container has runAsNonRoot and image will run as root', hint);
	const message = `container has runAsNonRoot and image has non-numeric user (${user}), cannot verify user is non-root`;
	const current = standing.current && (await accountsOf(standing.current.base));
	const changes = numericUser(application, standing, await accountsOf(standing.base), current);
	return { ...fails(message, hint), ...(changes.length === 0 ? {} : { changes }) };
}
