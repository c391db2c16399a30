import { definedSymbols, defines, undefinedSymbols } from '../../formats/elf-lookup.ts';
import type { ElfFacts } from '../../model/rootfs.ts';

/**
 * Which interface a native addon of Node.js was built for.
 * - `napi`: Node-API, the same in every version that has the functions in `uses`
 * - `exact`: the V8 interface of one NODE_MODULE_VERSION; undefined when the file does not say which
 */
export type AddonInterface =
	| { readonly kind: 'napi'; readonly uses: readonly string[] }
	| { readonly kind: 'exact'; readonly moduleVersion?: number; readonly because: string };

/** Told by the symbols; undefined for a library that is no addon. */
export function addonInterface(facts: ElfFacts, path: string): AddonInterface | undefined {
	const wanted = undefinedSymbols(facts).map((symbol) => symbol.name);
	const napi = wanted.filter((name) => /^(napi|node_api)_/.test(name));
	if (defines(facts, 'napi_register_module_v1') || (napi.length > 0 && !wanted.includes('node_module_register')))
		return { kind: 'napi', uses: napi };
	for (const { name } of definedSymbols(facts)) {
		const version = /^node_register_module_v(\d{1,5})$/.exec(name)?.[1];
		if (version !== undefined) return { kind: 'exact', moduleVersion: Number(version), because: `defines ${name}` };
	}
	const bound = wanted.find((name) => name === 'node_module_register' || /^_ZN[KR]?(2v8|4node)/.test(name));
	if (bound === undefined) return undefined;
	const named = /(?:abi|node-v|node-)(\d{2,3})(?:[-./]|$)/.exec(path)?.[1];
	return { kind: 'exact', because: `uses ${bound}`, ...(named === undefined ? {} : { moduleVersion: Number(named) }) };
}
