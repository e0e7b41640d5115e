import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const SYSTEM_BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'];
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const ROOT = resolve(__dirname, '../..');
const ARTIFACTS = join(ROOT, 'artifacts/screenshots');

/** A real browser: CHROME_PATH, one of the machine's, or (also with CHROME_PATH=npm) the one that comes with npm. */
export async function openBrowser(): Promise<Browser> {
  const own = [process.env.CHROME_PATH, ...SYSTEM_BROWSERS].find((path) => path && existsSync(path));
  if (own && process.env.CHROME_PATH !== 'npm') return chromium.launch({ executablePath: own, args: QUIET });
  const packed = unpackedBrowser();
  // Its own choice of one process for everything breaks a second person's window.
  const args = packed.args.filter((arg) => arg !== '--single-process');
  return chromium.launch({ executablePath: packed.path, args: [...args, ...QUIET] });
}

/** The browser inside the npm package @sparticuz/chromium. It is ESM and jest cannot import it, so a Node of its own unpacks it. */
function unpackedBrowser(): { path: string; args: string[] } {
  const script = `import c from '@sparticuz/chromium'; console.log(JSON.stringify({ path: await c.executablePath(), args: c.args }))`;
  const done = spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd: ROOT, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`no browser on this machine, and the one from npm cannot be unpacked:\n${done.stderr}`);
  return JSON.parse(done.stdout) as { path: string; args: string[] };
}

/** A person's own window. Requests to anything but the product are refused, so that a page cannot lean on the internet. */
export async function openWindow(
  browser: Browser,
  url: string,
  size: { width: number; height: number },
  more: { isMobile?: boolean; colorScheme?: 'dark' | 'light' } = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: size,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    baseURL: url,
    deviceScaleFactor: more.isMobile ? 2 : 1,
    reducedMotion: 'reduce',
    ...more,
  });
  await context.route('**/*', (route) =>
    route.request().url().startsWith(url) || route.request().url().startsWith('data:') ? route.continue() : route.abort(),
  );
  return context;
}

/** Keeps a screenshot beside the other artefacts of the run; they are looked at, not committed. */
export async function shoot(page: Page, name: string, fullPage = false): Promise<void> {
  mkdirSync(ARTIFACTS, { recursive: true });
  await page.screenshot({ path: join(ARTIFACTS, `${name}.png`), fullPage });
}
