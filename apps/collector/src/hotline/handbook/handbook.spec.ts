import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { hotlineRecord, ORDER_OPERATIONS } from '@huiying/contracts/http';
import { MovableClock } from '@huiying/domain';
import { createService, startPlatform, type Platform } from '@huiying/platform';
import { readEnvironment } from '@huiying/settings';
import { freshDatabase, type TestDatabase } from '../../../../../test/support/database.js';
import { CollectorModule } from '../../collector.module.js';
import { EXAMPLES } from './examples.js';
import { SCHEMAS } from './open-api.js';

const KEY = 'a-key-of-the-hotline-system';
let test: TestDatabase;
let platform: Platform;
let app: NestExpressApplication;
let url: string;
let dataFolder: string;

beforeAll(async () => {
  test = await freshDatabase();
  dataFolder = mkdtempSync(join(tmpdir(), 'huiying-handbook-'));
  const environment = readEnvironment({ HUIYING_DATA_DIR: dataFolder, HUIYING_API_KEYS: `hotline:${KEY}`, HUIYING_LOG_LEVEL: 'error' });
  const clock = new MovableClock(new Date('2026-11-23T10:00:00+08:00'));
  platform = await startPlatform({ environment, clock, databaseUrl: test.url, name: 'spec', schemas: [] });
  app = await createService(platform, [CollectorModule.with({ sources: [], poll: false })]);
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
});
afterAll(async () => {
  await app.close();
  await platform.stop();
  await test.drop();
  rmSync(dataFolder, { recursive: true });
});

/** One after the other: each stands on what the ones before it left. */
it.each(EXAMPLES)('$name: $summary', async ({ body, status, answer }) => {
  const came = await fetch(`${url}/api/hotline/v1/records`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': KEY },
    body: JSON.stringify(body),
  });
  const said: unknown = await came.json();
  expect([came.status, said]).toMatchObject([status, answer]);
  expect(SCHEMAS[status === 200 ? 'HotlineIntakeAnswer' : 'Problem'].safeParse(said).success).toBe(true);
});

it('the document is OpenAPI 3.1 whose references lead somewhere and whose fields are those that are checked', async () => {
  const document = (await (await fetch(`${url}/api/hotline/openapi.json`)).json()) as {
    openapi: string;
    paths: Record<string, unknown>;
    components: { schemas: Record<string, { properties: object; required: string[]; additionalProperties: unknown }> };
  };
  expect(document.openapi).toBe('3.1.0');
  const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map((match) => match[1]!);
  expect(references.length).toBeGreaterThan(5);
  expect(references.filter((name) => !(name in document.components.schemas))).toEqual([]);
  const record = document.components.schemas.HotlineRecord!;
  expect(Object.keys(record.properties)).toEqual(Object.keys(hotlineRecord.shape));
  expect([record.required, record.additionalProperties]).toEqual([['orderNo', 'content', 'receivedAt'], false]);
});

it('the intake asks for a key, and the page names every field and every operation', async () => {
  expect((await fetch(`${url}/api/hotline/v1/records`, { method: 'POST' })).status).toBe(401);
  const answer = await fetch(`${url}/api/hotline/docs`);
  const page = await answer.text();
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  for (const field of Object.keys(hotlineRecord.shape)) expect(page).toContain(`<code>${field}</code>`);
  for (const { path } of ORDER_OPERATIONS) expect(page).toContain(path);
  // Forms are told in words.
  expect(page).not.toMatch(/\\d|\(\?:/);
  expect(page).toContain('<code>regionCode</code><td>区划代码<td>文字；6–12 位数字');
  expect(page).toContain('<code>at</code><td>发生时间<td><b>必填</b> 文字；带时区的时间，如 2026-11-23T00:30:00.000Z');
  expect(page).not.toMatch(/<script|https?:\/\/(?!hotline)/);
});
