import { createHash } from 'node:crypto';
import type { Report } from '../../model/report.ts';
import { pageScript } from './script.ts';
import { pageStyle } from './style.ts';

/**
 * One file that works from disk. Its markup is ours alone: everything that came from an image lies in the JSON, which no
 * browser runs, and is set as text by the script. The policy allows that script and that style by their hashes, and no request.
 */
export function htmlDocument(report: Report): string {
	const script = pageScript();
	const policy = [
		"default-src 'none'",
		`script-src '${sha256(script)}'`,
		`style-src '${sha256(pageStyle)}'`,
		"base-uri 'none'",
		"form-action 'none'",
	].join('; ');
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Footing: ${report.kind}</title>
<style>${pageStyle}</style>
</head>
<body>
<main id="page"><p>This page draws itself with the script in it, from the data in it. It asks nothing of any server.</p></main>
<script type="application/json" id="report">${inert(report)}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** JSON that cannot end its element, nor confuse whoever reads the file in an editor. */
function inert(report: Report): string {
	return JSON.stringify(report).replace(
		/[<>&\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
		(c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}

function sha256(text: string): string {
	return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
