import { elsewhere, listed } from '../elsewhere.ts';
import { holds, isNot, type MessageKind, open } from '../message-kind.ts';

const icu = /Couldn't find a valid ICU package|libicu(?:uc|i18n|data)?\b.{0,60}not found/;
const locale = /(?:unsupported locale setting|cannot change locale|Setting locale failed|Cannot set LC_\w+ to default locale)/;

/** Data of a language: glibc's locales, or ICU for .NET. */
export const localeData: MessageKind = {
	kind: 'locale',
	seen: "`Couldn't find a valid ICU package`, `unsupported locale setting`",
	looks: 'ICU, and the locales',
	read(line) {
		if (icu.test(line))
			return {
				what: '.NET looks for the libraries of ICU when it starts, and does not find them',
				possible: [{ what: 'the image has no ICU', hint: icuHint }],
				look: async ({ standing: { combined } }) => {
					const found = elsewhere(combined, (name) => name.startsWith('libicuuc.so'));
					return found.length === 0
						? [holds('the image has no ICU', [{ path: '/', shows: 'no libicuuc.so' }], icuHint)]
						: [isNot('the image has no ICU', listed(found, 'is there')), open('its version is none that this .NET looks for')];
				},
			};
		if (!locale.test(line)) return undefined;
		const hint = 'use C.UTF-8, which needs no data, or install the locale in the build and copy /usr/lib/locale';
		return {
			what: 'the program asks for a language for which the C library has no data',
			possible: [{ what: 'the image has no such locale', hint }],
			look: async ({ standing: { combined, config } }) => {
				const asked = config.env.filter(({ name }) => /^(LANG|LC_\w+)$/.test(name)).map(({ name, value }) => `${name}=${value}`);
				const names = combined.list(combined.resolve('/usr/lib/locale')?.path ?? '/usr/lib/locale');
				const because = [
					{ path: '/usr/lib/locale', shows: names.length === 0 ? 'is not there or is empty' : `has ${names.slice(0, 10).join(', ')}` },
					{ path: 'image config', shows: asked.join(' ') || 'sets no language' },
				];
				return [
					names.includes('locale-archive')
						? open('whether the locale is in the archive is not looked at', because, 'locale -a lists them')
						: holds('the image has no data of that language', because, hint),
				];
			},
		};
	},
};

const icuHint =
	'set DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 when the program needs no languages, else install libicu or take a base with it';
