import type { KnownBase } from '../bases/identify-base.ts';
import { tellClaims } from '../bases/tell-claims.ts';
import type { Image, ImageConfig } from '../model/image.ts';
import type { Problem } from '../model/problem.ts';
import type { ImageReport, ReportedImage, ReportedPackage, ReportedSystem } from '../model/report.ts';
import { takeSpace } from '../surface/space.ts';
import { lifetimesOf } from './lifetimes.ts';
import { type Origins, originsIn, withOrigins } from './origins.ts';
import { runsAs } from './runs-as.ts';
import type { Session } from './session.ts';
import type { Study } from './study-image.ts';
import { tellBase } from './tell-base.ts';

export interface ReportedStudy {
	readonly report: ImageReport;
	readonly packages: readonly ReportedPackage[];
}

/** One image as reports show it: an allow-list of what is known. `named` are bases that it may stand on. */
export async function reportImage(session: Session, study: Study, named: readonly KnownBase[] = []): Promise<ReportedStudy> {
	const { surface, coverage, capabilities, software } = study.measurement;
	const told = await tellBase(session, study, named);
	const origins = told.layers === undefined ? undefined : originsIn(study.rootfs, told.layers);
	const packages = packagesOf(study, origins);
	const measured = { surface, coverage, capabilities, software };
	const report = {
		image: reportedImage(study),
		system: reportedSystem(session, study),
		...(origins === undefined ? measured : withOrigins(measured, packages, origins)),
		claims: await claimsOf(study),
		...(told.base === undefined ? {} : { base: told.base }),
		space: takeSpace(study.rootfs, study.inventory),
	};
	return { report, packages };
}

async function claimsOf({ reference, image, inventory, measurement, rootfs }: Study): Promise<ImageReport['claims']> {
	const { annotations, config } = image;
	const truth = { ...measurement, system: inventory.system, runsAs: await runsAs(rootfs, config.user) };
	return tellClaims({ reference, annotations, labels: config.labels, user: config.user }, truth);
}

export function problemsOf(study: Study): readonly Problem[] {
	return [...study.image.problems, ...study.rootfs.problems, ...study.inventory.problems];
}

function packagesOf(study: Study, origins: Origins | undefined): readonly ReportedPackage[] {
	return study.inventory.packages.map((found) => {
		const { name, version, ecosystem, purl, source, because, sameAs } = found;
		const origin = origins?.ofPackage(found);
		return {
			name,
			version,
			ecosystem,
			purl,
			...(source === undefined ? {} : { source }),
			because,
			...(sameAs === undefined ? {} : { sameAs }),
			...(origin === undefined ? {} : { origin }),
		};
	});
}

function reportedImage(study: Study): ReportedImage {
	const { image } = study;
	const compressed = image.layers.every((layer) => layer.digest !== undefined)
		? image.layers.reduce((sum, layer) => sum + layer.size, 0)
		: undefined;
	return {
		reference: study.reference,
		...(image.digest === undefined ? {} : { digest: image.digest }),
		platform: platformText(image),
		sizeBytes: {
			...(compressed === undefined ? {} : { compressed }),
			uncompressed: study.measurement.surface.bytes.count,
		},
		layers: image.layers.map(({ digest, diffId, size, createdBy }) => ({
			...(digest === undefined ? {} : { digest }),
			...(diffId === undefined ? {} : { diffId }),
			sizeBytes: size,
			...(createdBy === undefined ? {} : { createdBy }),
		})),
		config: reportedConfig(image.config),
	};
}

function platformText({ platform }: Image): string {
	return [platform.os, platform.architecture, platform.variant].filter((part) => part !== undefined && part !== '').join('/');
}

function reportedConfig(config: ImageConfig): ReportedImage['config'] {
	return {
		user: config.user,
		entrypoint: config.entrypoint,
		command: config.command,
		workingDir: config.workingDir,
		exposedPorts: config.exposedPorts,
		volumes: config.volumes,
		envNames: config.env.map(({ name }) => name),
		...(config.healthcheck === undefined ? {} : { healthcheck: config.healthcheck.test }),
		...(config.stopSignal === undefined ? {} : { stopSignal: config.stopSignal }),
		...(config.shell === undefined ? {} : { shell: config.shell }),
	};
}

function reportedSystem(session: Session, study: Study): ReportedSystem {
	const { system } = study.inventory;
	const { tier, tierBecause } = study.measurement;
	return {
		id: system.id,
		...(system.versionId === undefined ? {} : { versionId: system.versionId }),
		...(system.name === undefined ? {} : { name: system.name }),
		tier,
		tierBecause,
		libc: {
			family: system.libc.family,
			...(system.libc.version === undefined ? {} : { version: system.libc.version }),
			...(system.libc.loader === undefined ? {} : { loader: system.libc.loader }),
		},
		endOfLife: lifetimesOf(session, study),
	};
}
