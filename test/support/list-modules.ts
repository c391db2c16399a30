/** Loaded with `--import`: names every module of ours that is loaded after it, on standard error. */
import { registerHooks } from 'node:module';

registerHooks({
	load(url, context, next) {
		if (url.startsWith('file:')) process.stderr.write(`loaded ${url}\n`);
		return next(url, context);
	},
});
