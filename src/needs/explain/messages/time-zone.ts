import { holds, isNot, type MessageKind, open } from '../message-kind.ts';

const forms: readonly RegExp[] = [
	/unknown time zone ([\w/+-]{1,80})/i,
	/No time zone found with key ([\w/+-]{1,80})/,
	/Invalid time zone specified: ([\w/+-]{1,80})/,
	/No such file or directory.{0,40}\/usr\/share\/zoneinfo\/([\w/+-]{1,80})/,
	/\/usr\/share\/zoneinfo\/([\w/+-]{1,80}).{0,20}(?:no such file|not found)/i,
	/The time zone ID '([\w/+-]{1,80})' was not found/,
	/ENOENT.{0,60}\/usr\/share\/zoneinfo\/([\w/+-]{1,80})/,
	/TZInfo::DataSourceNotFound/,
];

/** The zone database of the system is not there. */
export const timeZone: MessageKind = {
	kind: 'time-zone',
	seen: '`unknown time zone Europe/Berlin`, `No time zone found with key`',
	looks: 'the zone database',
	read(line) {
		const match = forms.map((form) => form.exec(line)).find((found) => found !== null);
		if (match === undefined || match === null) return undefined;
		const zone = match[1] ?? '';
		const hint =
			'COPY --from=BUILDER /usr/share/zoneinfo /usr/share/zoneinfo, install tzdata, or bring the zones with the program (Go: import time/tzdata; Python: the package tzdata)';
		return {
			what: `the program asks the system for ${zone === '' ? 'its time zones' : `the time zone ${zone}`}, and the database has no such file`,
			possible: [
				{ what: 'the image has no zone database (/usr/share/zoneinfo)', hint },
				...(zone === '' ? [] : [{ what: `${zone} is misspelt: names have capital letters, as in Europe/Berlin` }]),
			],
			look: async ({ standing: { combined } }) => {
				const file = combined.resolve(`/usr/share/zoneinfo/${zone}`);
				const database = combined.resolve('/usr/share/zoneinfo');
				if (database?.type !== 'directory' || combined.list(database.path).length === 0)
					return [holds('the image has no zone database', [{ path: '/usr/share/zoneinfo', shows: 'is not there or is empty' }], hint)];
				if (file === undefined)
					return [
						holds(
							`the zone database of the image has no ${zone}`,
							[{ path: database.path, shows: `has no ${zone}` }],
							'install the whole of tzdata (Debian keeps older names in tzdata-legacy), or mend the name',
						),
					];
				return [
					isNot('the zone is not in the image', [{ path: file.path, shows: 'is there' }]),
					open('the program looks elsewhere (ZONEINFO, PYTHONTZPATH, TZDIR)'),
				];
			},
		};
	},
};
