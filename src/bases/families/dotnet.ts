import type { BaseFamily, Offer, RuntimeHints, Wanted } from '../family.ts';
import type { ImageName } from '../image-name.ts';
import { chainguard, ubi } from '../publishers.ts';
import { joinTag, leading, readTag } from '../tag.ts';
import { wantedByNeeds, wantedVersion } from '../wanted.ts';

const newest = '10.0';

/** Ubuntu releases per .NET version on which Microsoft publishes chiselled images. */
const chiselledSuites = new Map<string, readonly string[]>([
	['6.0', ['jammy']],
	['7.0', ['jammy']],
	['8.0', ['noble', 'jammy']],
	['9.0', ['noble']],
	['10.0', ['noble']],
	['11.0', ['resolute']],
]);
const azureLinux = ['8.0', '9.0', '10.0'];
const ubiNames = new Map([
	['8.0', 'dotnet-80-runtime'],
	['9.0', 'dotnet-90-runtime'],
]);
const repositories = /^dotnet\/(sdk|aspnet|runtime|runtime-deps)$/;

export const dotnet: BaseFamily = {
	family: 'dotnet',
	recognise(current, hints) {
		const digits = /^ubi\d+\/dotnet-(\d+)(\d)(?:-runtime|-aspnet)?$/.exec(current.path);
		if (digits !== null) return wantedVersion(`${digits[1]}.${digits[2]}`, hints, ['aspnet']);
		if (/^chainguard\/(aspnet|dotnet)-runtime$/.test(current.path))
			return wantedVersion(newest, hints, [current.path.includes('aspnet') ? 'aspnet' : 'runtime']);
		const kind = repositories.exec(current.path)?.[1];
		return kind === undefined ? undefined : recogniseMicrosoft(current, kind, hints);
	},
	imagine(hints) {
		const wanted = wantedByNeeds('dotnet', hints);
		return wanted === undefined ? undefined : { ...wanted, words: ['aspnet'] };
	},
	offers(wanted) {
		const version = wanted.version === undefined ? undefined : leading(wanted.version, 2);
		if (version === undefined) return [];
		const kind = wanted.words[0] ?? 'aspnet';
		const ubiName = ubiNames.get(version);
		return [
			...microsoft(wanted, kind, version),
			...(version === newest && kind !== 'runtime-deps'
				? [chainguard(kind === 'aspnet' ? 'aspnet-runtime' : 'dotnet-runtime', 'the newest .NET')]
				: []),
			...(ubiName === undefined || kind === 'runtime-deps' ? [] : [ubi('9', ubiName, `.NET ${version} runtime`)]),
		];
	},
};

/** What was built with the SDK runs on the ASP.NET runtime. The registry part is kept, so that mirrors stay in use. */
function recogniseMicrosoft(current: ImageName, kind: string, hints: RuntimeHints): Wanted {
	const version = readTag(current.tag).version ?? hints.version;
	return {
		...(version === undefined ? {} : { version, stem: version }),
		officialPrefix: current.prefix === '' ? 'mcr.microsoft.com/' : current.prefix,
		words: [kind === 'sdk' ? 'aspnet' : kind],
		hints,
	};
}

function microsoft(wanted: Wanted, kind: string, version: string): readonly Offer[] {
	const prefix = wanted.officialPrefix === '' ? 'mcr.microsoft.com/' : wanted.officialPrefix;
	const stem = wanted.stem ?? version;
	const offer = (tag: string, because: string): Offer => ({
		reference: `${prefix}dotnet/${kind}:${tag}`,
		because: `.NET ${stem} (${kind}) ${because}`,
	});
	const chiselled = (chiselledSuites.get(version) ?? []).flatMap((suite) => [
		offer(joinTag(stem, suite, 'chiseled'), `on chiselled Ubuntu ${suite}, no shell, without ICU and time zones`),
		...(version === '6.0' || version === '7.0'
			? []
			: [offer(joinTag(stem, suite, 'chiseled', 'extra'), `on chiselled Ubuntu ${suite}, no shell, with ICU and time zones`)]),
	]);
	return [
		...chiselled,
		...(azureLinux.includes(version) ? [offer(joinTag(stem, 'azurelinux3.0', 'distroless'), 'on Azure Linux, no shell')] : []),
		offer(joinTag(stem, 'alpine'), 'on Alpine (musl, BusyBox)'),
		offer(stem, 'without the SDK'),
	];
}
