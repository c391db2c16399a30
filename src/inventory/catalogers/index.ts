import type { Cataloger } from '../cataloger.ts';
import { apk } from './apk.ts';
import { cargo } from './cargo.ts';
import { chisel } from './chisel.ts';
import { composer } from './composer.ts';
import { dpkg } from './dpkg.ts';
import { dpkgStatusD } from './dpkg-status-d.ts';
import { gem } from './gem.ts';
import { golang } from './golang.ts';
import { javaRuntime } from './java-runtime.ts';
import { maven } from './maven.ts';
import { nix } from './nix.ts';
import { npm } from './npm.ts';
import { nuget } from './nuget.ts';
import { pypi } from './pypi.ts';
import { rpm } from './rpm.ts';
import { yarnPnp } from './yarn-pnp.ts';

/** In this order: a package that two databases name takes its evidence from the first. */
export const catalogers: readonly Cataloger[] = [
	dpkg,
	dpkgStatusD,
	apk,
	rpm,
	chisel,
	nix,
	npm,
	yarnPnp,
	pypi,
	gem,
	composer,
	maven,
	javaRuntime,
	nuget,
	golang,
	cargo,
];
