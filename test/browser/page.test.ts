import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import type { Report } from '../../src/model/report.ts';
import { hostileReport } from '../support/hostile-report.ts';
import { chooseReport, compareReport, inspectReport } from '../support/reports.ts';
import { type Look, type OpenPage, openPage, startBrowser } from './open-page.ts';

const space = [
	{ name: 'libicu72', kind: 'package', bytes: 700_000_000, files: 12 },
	{ name: '/usr/local/bin', kind: 'directory', bytes: 400_000_000, files: 3 },
	{ name: '7 smaller ones', kind: 'rest', bytes: 16_000_000, files: 90 },
] as const;
const inspected = { ...inspectReport, space };
const compared = { ...compareReport, images: compareReport.images.map((image) => ({ ...image, space })) };
const reports: readonly Report[] = [inspected, compared, chooseReport];

let browser: Browser;
before(async () => {
	browser = await startBrowser();
});
after(() => browser.close());

/** Opens the page, does something, and wants no complaint of the browser. */
async function on(report: Report, act: (opened: OpenPage) => Promise<void>, look: Look = {}): Promise<void> {
	const opened = await openPage(browser, report, look);
	try {
		await act(opened);
		assert.deepEqual(opened.complaints, []);
	} finally {
		await opened.close();
	}
}

const tooWide = `[...document.querySelectorAll('body *')].filter((e) => e.closest('.scroll, svg') === null && e.getBoundingClientRect().right > innerWidth)
	.map((e) => e.tagName + '.' + (e.getAttribute('class') ?? '')).slice(0, 9).join(' ')`;

for (const report of reports) {
	test(`page: ${report.kind} is drawn from disk, in both themes, at the width of a telephone and of a desk`, async () => {
		const papers = new Set<string>();
		for (const scheme of ['light', 'dark'] as const)
			for (const width of [360, 1280])
				await on(
					report,
					async ({ page }) => {
						assert.ok((await page.locator('section').count()) >= 4);
						assert.ok(
							await page.evaluate('document.documentElement.scrollWidth <= innerWidth'),
							`wider than ${width}: ${await page.evaluate(tooWide)}`,
						);
						papers.add(await page.evaluate('getComputedStyle(document.body).backgroundColor'));
					},
					{ scheme, width },
				);
		assert.equal(papers.size, 2);
	});

	test(`page: nothing in ${report.kind} can run, and everything is shown as it is written`, () =>
		on(hostileReport(report), async ({ page }) => {
			for (const summary of await page.locator('summary').all()) await summary.click();
			for (const button of (await page.locator('.matrix button').all()).slice(0, 3)) {
				await button.click();
				await page.locator('dialog .close').click();
			}
			assert.equal(await page.title(), `Footing: ${report.kind}`);
			assert.equal(await page.locator('script').count(), 2);
			assert.equal(await page.locator('img, iframe, object, embed, base, link, form').count(), 0);
			assert.equal(await page.locator('svg [onload], [onerror], [style]').count(), 0);
			const shown = (await page.locator('main').textContent()) ?? '';
			assert.ok(shown.includes('<img src=x onerror='), 'markup is text');
			assert.ok(shown.includes('\\x1b[31m'), 'terminal sequences are written out');
			assert.doesNotMatch(shown.replace(/[\t\n]/g, ''), /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e]|\p{Cs}/u);
		}));
}

test('page: a script, a style or a request that somebody got into it is refused by its policy', async () => {
	let asked = 0;
	const server = createServer((_, answer) => {
		asked += 1;
		answer.end();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`;
	const opened = await openPage(browser, inspected);
	const { page, complaints } = opened;
	await page.evaluate(`document.body.append(Object.assign(document.createElement('script'), { textContent: "document.title = 'ran'" }))`);
	await page.evaluate(`document.body.insertAdjacentHTML('beforeend', '<img src="${address}" onerror="document.title = 1">')`);
	await page.evaluate(`fetch('${address}').catch(() => {})`);
	assert.equal(await page.title(), 'Footing: inspect');
	const refusals = complaints.filter((line) => line.startsWith('error: '));
	assert.ok(refusals.length >= 4 && refusals.every((line) => /Content Security Policy/.test(line)), complaints.join('\n'));
	await opened.close();
	await new Promise((resolve) => server.close(resolve));
	assert.equal(asked, 0);
});

test('page: a list is chosen, searched, and opened down to the evidence', () =>
	on(inspected, async ({ page }) => {
		const lists = page.locator('#lists');
		await lists.locator('label', { hasText: 'List' }).locator('select').selectOption('utilities');
		assert.equal(await lists.getByRole('status').textContent(), '3 of 3');
		await lists.getByRole('searchbox').fill('USR wge');
		assert.equal(await lists.getByRole('status').textContent(), '1 of 3');
		await lists.getByText('wget', { exact: true }).click();
		await lists.getByText('an ELF program').waitFor();
		await lists.getByRole('searchbox').fill('nothing of that name');
		assert.equal(await lists.getByRole('status').textContent(), '0 of 3');
	}));

test('page: a number of the matrix opens what is behind it, with the keyboard alone, and gives the focus back', () =>
	on(compared, async ({ page }) => {
		const button = page.getByRole('button', { name: '2*: run commands in node:20' });
		await button.focus();
		await page.keyboard.press('Enter');
		await page.getByRole('dialog').getByText('the runtime: stays').waitFor();
		await page.keyboard.press('Escape');
		await page.getByRole('dialog').waitFor({ state: 'hidden' });
		assert.equal(await page.evaluate('document.activeElement.getAttribute("aria-label")'), '2*: run commands in node:20');
	}));

test('page: the pictures say in words what they show, and follow what is chosen', () =>
	on(compared, async ({ page }) => {
		await page
			.getByRole('img', { name: /^executables along the spectrum: node:20 \(full\) ≥1,094; nodejs20-debian12:nonroot \(distroless\) 1$/ })
			.waitFor();
		await page.getByLabel('Up the picture').selectOption('packages');
		await page.getByRole('img', { name: /^packages along the spectrum: .*413/ }).waitFor();
		await page
			.getByRole('img', { name: 'Space in node:20, 1.1 GB: libicu72 700 MB, /usr/local/bin 400 MB, 7 smaller ones 16.0 MB' })
			.waitFor();
		await page.locator('#space').getByLabel('Image').selectOption('1');
		await page.getByRole('img', { name: /^Space in gcr\.io/ }).waitFor();
	}));

test('page: what could not be seen is said', () =>
	on(compared, async ({ page }) => {
		assert.match((await page.locator('#unseen').textContent()) ?? '', /a packed program hides what it is.*hides: executables/);
	}));

test('page: a choice shows its patch, and why another base is not the one', () =>
	on(chooseReport, async ({ page }) => {
		assert.match((await page.locator('.patch').textContent()) ?? '', /\+CMD \["server\.js"\]/);
		await page.locator('#candidates summary', { hasText: 'node:20-alpine' }).click();
		await page.locator('#candidates').getByText('there is no such tag').waitFor();
		await page.locator('#candidates summary', { hasText: 'gcr.io' }).click();
		await page.locator('#candidates .check-fails').getByText('no such file or directory').waitFor();
	}));

test('page: a choice that was tried shows what was seen, and what the static proof had said', () =>
	on(chooseReport, async ({ page }) => {
		await page.locator('#proof').getByText('The static proof had said').waitFor();
		await page.locator('#proof summary', { hasText: 'gcr.io' }).click();
		await page.locator('#proof .check').first().getByText('Build').waitFor();
	}));

test('page: on paper there are no controls', () =>
	on(compared, async ({ page }) => {
		await page.emulateMedia({ media: 'print' });
		assert.equal(await page.locator('select:visible, input:visible').count(), 0);
		assert.ok(await page.locator('#spectrum svg').isVisible());
	}));
