import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openWindow } from './browser.js';
import { startProduct, type Product } from './product.js';

export const OFFICE_PC = { width: 1366, height: 768 };

/** People in front of a city, each in a window of their own. A page that breaks is noted, and fails the spec at its end. */
export class People {
  private readonly windows = new Map<string, Page>();
  readonly broken: string[] = [];

  constructor(
    private readonly browser: Browser,
    private readonly url: string,
  ) {}

  /** Somebody's page, logged in; the same one each time it is asked for in one size. */
  async as(username: string, size = OFFICE_PC): Promise<Page> {
    const name = `${username} ${size.width}×${size.height}`;
    const known = this.windows.get(name);
    if (known) return known;
    const page = await (await openWindow(this.browser, this.url, size)).newPage();
    page.on('pageerror', (error) => this.broken.push(`${username}: ${error.message}`));
    await page.goto('/');
    await page.getByTestId(`demo-${username}`).click();
    await page.getByTestId('login-submit').click();
    await page.getByTestId('person-menu').waitFor();
    this.windows.set(name, page);
    return page;
  }
}

/** A walk through the product, which a `describe` starts and ends with. */
export interface Walk {
  readonly product: Product;
  as(username: string, size?: { width: number; height: number }): Promise<Page>;
}

/**
 * Starts the demo city in a folder of its own and a browser, before the tests of the `describe` it is called in; ends both after them.
 * @param prepare what must stand before the product starts; answers the environment it is started with
 */
export function walk(name: string, prepare: () => Promise<Record<string, string>> | Record<string, string> = () => ({})): Walk {
  const dataFolder = mkdtempSync(join(tmpdir(), `huiying-${name}-`));
  let product: Product | undefined;
  let browser: Browser | undefined;
  let people: People | undefined;

  beforeAll(async () => {
    chmodSync(dataFolder, 0o755);
    const env = await prepare();
    [product, browser] = await Promise.all([startProduct({ dataFolder, env }), openBrowser()]);
    people = new People(browser, product.url);
  });
  afterAll(async () => {
    await browser?.close();
    await product?.interrupt();
    rmSync(dataFolder, { recursive: true, force: true });
    expect(people?.broken).toEqual([]);
  });

  return {
    get product() {
      return product!;
    },
    as: (username, size) => people!.as(username, size),
  };
}

/** Sends a dialog's form and waits until the dialog is gone. */
export async function submitted(page: Page, dialog: string): Promise<void> {
  await page.getByTestId(`${dialog}-submit`).click();
  await page.getByTestId(`${dialog}-submit`).waitFor({ state: 'detached' });
}
