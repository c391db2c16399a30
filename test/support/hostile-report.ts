import type { Report } from '../../src/model/report.ts';

/** What an image could carry in its names to get at whoever looks at the report. */
const attacks = [
	`</script><script>document.title='ran'</script>`,
	`"><img src=x onerror="document.title='ran'">`,
	`<!--<script>`,
	`<svg onload=document.title='ran'>`,
	`javascript:document.title='ran'`,
	"`;document.title='ran';//",
	`\u2028document.title='ran'`,
	`\u001b]0;ran\u0007\u001b[31mred\u009b2J`,
	`\u202eexe.gpj`,
	`\udc80\ud800`,
	`=HYPERLINK("http://evil.example")`,
];

/** Fields whose values are ours, of a fixed set. */
const fixed = new Set([
	'schemaVersion',
	'kind',
	'metric',
	'unit',
	'tier',
	'answer',
	'certainty',
	'effect',
	'family',
	'side',
	'from',
	'hides',
]);

/** The same report with an attack in each text that could have come from an image, and in the names of its tables. */
export function hostileReport<R extends Report>(report: R): R {
	let at = 0;
	const attack = (text: string): string => `${text}${attacks[at++ % attacks.length]}`;
	const poison = (value: unknown, key: string): unknown => {
		if (typeof value === 'string') return fixed.has(key) ? value : attack(value);
		if (Array.isArray(value)) return value.map((one) => poison(one, key));
		if (typeof value !== 'object' || value === null) return value;
		const names = /^by[A-Z]/.test(key) ? attack : (name: string): string => name;
		return Object.fromEntries(Object.entries(value).map(([name, inner]) => [names(name), poison(inner, name)]));
	};
	return poison(report, '') as R;
}
