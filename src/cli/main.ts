#!/usr/bin/env node
import { createRequire } from 'node:module';

const argv = process.argv.slice(2);
const first = argv[0];
if (first === '--version' || first === '-V') {
	const { version } = createRequire(import.meta.url)('../../package.json') as { readonly version: string };
	process.stdout.write(`footing ${version}\n`);
} else if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
	const { overview } = await import('./help.ts');
	process.stdout.write(overview());
	process.exitCode = first === undefined ? 2 : 0;
} else {
	// everything else is loaded only when it is needed
	const { start } = await import('./start.ts');
	await start(argv);
}
