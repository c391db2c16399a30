/** Modules of Node.js itself (module.builtinModules); those with a version came later than 18 and only with `node:`. */
export const builtins: ReadonlySet<string> = new Set(
	(
		'assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain events fs http http2 https ' +
		'inspector module net os path perf_hooks process punycode querystring readline repl stream string_decoder sys timers tls trace_events tty ' +
		'url util v8 vm wasi worker_threads zlib'
	).split(' '),
);

/** First version of Node.js with the module. Node.js documentation, "Added in". */
export const laterBuiltins: ReadonlyMap<string, string> = new Map([
	['node:test', '18.0.0'],
	['node:test/reporters', '18.15.0'],
	['node:sea', '19.7.0'],
	// without a flag
	['node:sqlite', '22.13.0'],
	['node:ffi', '26.0.0'],
]);

/** Whether a specifier names a module of the runtime rather than a package. */
export function isBuiltin(specifier: string): boolean {
	if (/^(node|bun|deno):/.test(specifier) || specifier === 'bun') return true;
	const name = specifier.split('/', 1)[0] ?? '';
	return builtins.has(name) && (specifier === name || /^(fs|dns|stream|timers|readline|util|path|inspector|assert)\//.test(specifier));
}
