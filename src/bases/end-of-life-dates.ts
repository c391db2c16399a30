/**
 * Until when distributions and runtimes get free security updates: our own table, read off the publishers' pages on
 * 2026-11-25. Each list names its page. `date` is the last day; where a publisher gives a month, its last day.
 * A version that is not in its list is unknown, not supported.
 */
export interface Lifetimes {
	/** As reports write it: `Debian`, `Node.js`. */
	readonly product: string;
	readonly source: string;
	/** What ends on these days. */
	readonly means: string;
	/** How many leading numbers of a version name a release: 1 for `20.11.1` → `20`, 2 for `3.20.3` → `3.20`. */
	readonly numbers: 1 | 2;
	readonly ends: Readonly<Record<string, string>>;
}

/** By os-release ID. */
export const distributions: ReadonlyMap<string, Lifetimes> = new Map<string, Lifetimes>([
	[
		'debian',
		{
			product: 'Debian',
			source: 'https://wiki.debian.org/LTS',
			means: 'long-term support by the Debian LTS team, the last free security updates',
			numbers: 1,
			ends: { 8: '2020-06-30', 9: '2022-06-30', 10: '2024-06-30', 11: '2026-08-31', 12: '2028-06-30', 13: '2030-06-30' },
		},
	],
	[
		'ubuntu',
		{
			product: 'Ubuntu',
			source: 'https://ubuntu.com/about/release-cycle',
			means: 'standard security maintenance; what follows needs a subscription',
			numbers: 2,
			ends: {
				'14.04': '2019-04-25',
				'16.04': '2021-04-30',
				'18.04': '2023-05-31',
				'20.04': '2025-05-31',
				'22.04': '2027-06-01',
				'22.10': '2023-07-20',
				'23.04': '2024-01-25',
				'23.10': '2024-07-11',
				'24.04': '2029-05-31',
				'24.10': '2025-07-10',
				'25.04': '2026-01-15',
				'25.10': '2026-07-09',
				'26.04': '2031-05-29',
				'26.10': '2027-07-15',
			},
		},
	],
	[
		'alpine',
		{
			product: 'Alpine Linux',
			source: 'https://alpinelinux.org/releases/',
			means: 'security fixes of the release branch',
			numbers: 2,
			ends: {
				'3.12': '2022-05-01',
				'3.13': '2022-11-01',
				'3.14': '2023-05-01',
				'3.15': '2023-11-01',
				'3.16': '2024-05-23',
				'3.17': '2024-11-22',
				'3.18': '2025-05-09',
				'3.19': '2025-11-01',
				'3.20': '2026-04-01',
				'3.21': '2026-11-01',
				'3.22': '2027-05-01',
				'3.23': '2027-11-01',
			},
		},
	],
	[
		'rhel',
		{
			product: 'Red Hat Enterprise Linux',
			source: 'https://access.redhat.com/support/policy/updates/errata',
			means: 'maintenance support, with it the updates of the Universal Base Images',
			numbers: 1,
			ends: { 6: '2020-11-30', 7: '2024-06-30', 8: '2029-05-31', 9: '2032-05-31', 10: '2035-05-31' },
		},
	],
]);

/**
 * Distroless stops rebuilding a Debian release before Debian stops mending it (SUPPORT_POLICY.md, issue 2129): from then on
 * the image is as old as a distribution without updates.
 */
export const distrolessSeries: Lifetimes = {
	product: 'Distroless on Debian',
	source: 'https://github.com/GoogleContainerTools/distroless/blob/main/SUPPORT_POLICY.md',
	means: 'rebuilds of the distroless images on this Debian release',
	numbers: 1,
	ends: { 10: '2022-08-01', 11: '2024-06-01', 12: '2026-09-01' },
};

/** Runtimes that their own project publishes; by the name used in `runtimes`. */
export const runtimes: ReadonlyMap<string, Lifetimes> = new Map<string, Lifetimes>([
	[
		'node',
		{
			product: 'Node.js',
			source: 'https://github.com/nodejs/Release',
			means: 'maintenance by the Node.js project',
			numbers: 1,
			ends: {
				10: '2021-04-30',
				11: '2019-06-01',
				12: '2022-04-30',
				13: '2020-06-01',
				14: '2023-04-30',
				15: '2021-06-01',
				16: '2023-09-11',
				17: '2022-06-01',
				18: '2025-04-30',
				19: '2023-06-01',
				20: '2026-04-30',
				21: '2024-06-01',
				22: '2027-04-30',
				23: '2025-06-01',
				24: '2028-04-30',
				25: '2026-06-01',
				26: '2029-04-30',
			},
		},
	],
	[
		'python',
		{
			product: 'Python',
			source: 'https://devguide.python.org/versions/',
			means: 'security fixes by the Python project',
			numbers: 2,
			ends: {
				'2.7': '2020-01-01',
				'3.6': '2021-12-23',
				'3.7': '2023-06-27',
				'3.8': '2024-10-07',
				'3.9': '2025-10-31',
				'3.10': '2026-10-31',
				'3.11': '2027-10-31',
				'3.12': '2028-10-31',
				'3.13': '2029-10-31',
				'3.14': '2030-10-31',
				'3.15': '2031-10-31',
			},
		},
	],
	[
		'java',
		{
			product: 'Java (Eclipse Temurin)',
			source: 'https://adoptium.net/support/',
			means: 'free builds with security updates by Adoptium, given there as "at least"',
			numbers: 1,
			ends: {
				11: '2027-10-31',
				17: '2027-10-31',
				21: '2029-12-31',
				22: '2024-09-17',
				23: '2025-03-18',
				24: '2025-09-16',
				25: '2031-09-30',
			},
		},
	],
	[
		'go',
		{
			product: 'Go',
			source: 'https://go.dev/doc/devel/release#policy',
			means: 'security fixes by the Go project, until there are two newer releases',
			numbers: 2,
			ends: {
				'1.18': '2023-02-01',
				'1.19': '2023-09-06',
				'1.20': '2024-02-06',
				'1.21': '2024-08-13',
				'1.22': '2025-02-11',
				'1.23': '2025-08-12',
				'1.24': '2026-02-11',
			},
		},
	],
	[
		'ruby',
		{
			product: 'Ruby',
			source: 'https://www.ruby-lang.org/en/downloads/branches/',
			means: 'security maintenance by the Ruby project',
			numbers: 2,
			ends: {
				'2.6': '2022-04-12',
				'2.7': '2023-03-31',
				'3.0': '2024-04-23',
				'3.1': '2025-03-26',
				'3.2': '2026-04-01',
				'3.3': '2027-03-31',
			},
		},
	],
	[
		'php',
		{
			product: 'PHP',
			source: 'https://www.php.net/supported-versions.php',
			means: 'security fixes by the PHP project',
			numbers: 2,
			ends: {
				'7.3': '2021-12-06',
				'7.4': '2022-11-28',
				'8.0': '2023-11-26',
				'8.1': '2025-12-31',
				'8.2': '2026-12-31',
				'8.3': '2027-12-31',
				'8.4': '2028-12-31',
				'8.5': '2029-12-31',
			},
		},
	],
	[
		'dotnet',
		{
			product: '.NET',
			source: 'https://dotnet.microsoft.com/platform/support/policy',
			means: 'support by Microsoft',
			numbers: 1,
			ends: { 5: '2022-05-10', 6: '2024-11-12', 7: '2024-05-14', 8: '2026-11-10', 9: '2026-11-10', 10: '2028-11-14' },
		},
	],
]);
