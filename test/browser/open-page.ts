import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Report } from '../../src/model/report.ts';
import { html } from '../../src/report/reporters/html.ts';

/** Debian's Chromium; `FOOTING_TEST_CHROMIUM` names another. */
const executablePath = process.env['FOOTING_TEST_CHROMIUM'] ?? '/usr/bin/chromium';
const quiet = '--disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

export function startBrowser(): Promise<Browser> {
	return chromium.launch({ executablePath, args: ['--no-sandbox', ...quiet.split(' ')] });
}

/** A report's page from disk, with all that the browser complained about or asked for besides. */
export interface OpenPage {
	readonly page: Page;
	/** Messages on the console, errors, and requests for anything but the file. */
	readonly complaints: string[];
	close(): Promise<void>;
}

export interface Look {
	readonly scheme?: 'light' | 'dark';
	readonly width?: number;
}

export async function openPage(browser: Browser, report: Report, { scheme = 'light', width = 1280 }: Look = {}): Promise<OpenPage> {
	const directory = mkdtempSync(join(tmpdir(), 'footing-page-'));
	const file = join(directory, 'report.html');
	writeFileSync(file, html.render(report, { color: false, width: 80, verbose: false, differences: false }));
	const page = await browser.newPage({ colorScheme: scheme, viewport: { width, height: 900 } });
	const address = pathToFileURL(file).href;
	const complaints: string[] = [];
	page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
	page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
	page.on('dialog', (dialog) => complaints.push(`dialog: ${dialog.message()}`));
	page.on('request', (request) => {
		if (request.url().split('#')[0] !== address) complaints.push(`request: ${request.url()}`);
	});
	await page.goto(address);
	await page.locator('h1').waitFor();
	const close = async (): Promise<void> => {
		await page.close();
		rmSync(directory, { recursive: true, force: true });
	};
	return { page, complaints, close };
}
