import assert from 'node:assert/strict';
import { test } from 'node:test';
import { standing } from '../../test/support/application.ts';
import { hostWithDisk } from '../../test/support/disk.ts';
import { program } from '../../test/support/program.ts';
import { readApplicationDirectory } from './application/read-application.ts';
import { checkFit } from './check-fit.ts';
import { findNeeds } from './find-needs.ts';

const node = program('node.js/v22.0.0', { facts: { type: 'executable' } });
const files = {
	Dockerfile: 'FROM a\nWORKDIR /app\nCOPY *.js ./\nCMD ["node", "web.js"]\n',
	'web.js': "require('fs').readFileSync('/etc/mime.types');\n",
	'worker.js': "require('child_process').execFileSync('git', ['status']);\nrequire('fs').writeFileSync('/var/x', '');\n",
};

/** `certainty kind what: answer` of all that is asked because of the Compose file. */
async function besides(service: string): Promise<readonly string[]> {
	const disk = Object.entries({ ...files, 'compose.yaml': `services: {job: {build: ., ${service}}}\n` });
	const application = await readApplicationDirectory(hostWithDisk(Object.fromEntries(disk.map(([k, v]) => [`x/${k}`, v]))), 'x');
	const needs = await findNeeds(application);
	const fit = await checkFit(application, needs, standing(application, { files: { '/usr/bin/node': node, '/var/log/x': '' } }));
	const told = fit.checks.filter(({ need }) => need.what.endsWith('(service job)'));
	return told.map(({ need: { certainty, kind, what }, answer }) => `${certainty} ${kind} ${what}: ${answer}`);
}

test('needs: a service with another command is asked for what its source starts and writes', async () => {
	assert.deepEqual(await besides('command: node worker.js'), [
		'required deployment a start for node worker.js (service job): holds',
		'required deployment permission to write /var/x (service job): holds',
		'required programs the program git (service job): fails',
	]);
});

test('needs: a service that starts as the Dockerfile says has the same needs, told once', async () => {
	assert.deepEqual(await besides('command: node web.js'), ['required deployment a start for node web.js (service job): holds']);
	assert.deepEqual(await besides('environment: {MODE: x}'), []);
});

test('needs: a variable that names a file of the base', async () => {
	const [line = ''] = await besides('environment: {SSL_CERT_FILE: /etc/own.pem}');
	assert.match(line, /certificates .*\/etc\/own\.pem.*: fails/);
});
