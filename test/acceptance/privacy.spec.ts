import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { HotlineRecordInput } from '@huiying/contracts/http';
import { MovableClock } from '@huiying/domain';
import { isPipelineIdle } from '@huiying/persistence';
import { createService, startPlatform, type Platform } from '@huiying/platform';
import { readEnvironment } from '@huiying/settings';
import { ClassifierModule } from '../../apps/classifier/src/index.js';
import { CollectorModule } from '../../apps/collector/src/index.js';
import { ResponseWorkflowModule } from '../../apps/response-workflow/src/index.js';
import { DEMO_ACCOUNTS } from '../../apps/standalone/src/demo-city/demo-city.js';
import { DEMO_PASSWORD } from '../../apps/standalone/src/demo/index.js';
import { SCHEMAS } from '../../apps/standalone/src/schemas.js';
import { freshDatabase, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/workflow-city.js';

const KEY = 'a-key-of-the-hotline-system';
/** Planted in every field that a caller's data can stand in; all made up. */
const PLANTED = ['欧阳凤仪', '13987650123', '110105199003070121', 'H98761234', '沁园春小区7栋3单元1902', '1902室', 'Q5550001112'];

let db: TestDatabase;
let platform: Platform;
let app: NestExpressApplication;
let url: string;
let folder: string;

/** Everything in one process, as `npm start` has it, after an order that plants a caller everywhere was taken, judged and worked on. */
beforeAll(async () => {
  db = await freshDatabase();
  folder = mkdtempSync(join(tmpdir(), 'huiying-privacy-'));
  const environment = readEnvironment({
    HUIYING_CONFIG: resolve('config'),
    HUIYING_DATA_DIR: folder,
    HUIYING_LOG_LEVEL: 'error',
    HUIYING_API_KEYS: `hotline:${KEY}`,
  });
  const clock = new MovableClock(new Date('2026-11-02T09:00:00+08:00'));
  platform = await startPlatform({ environment, clock, databaseUrl: db.url, name: 'spec', schemas: SCHEMAS });
  app = await createService(platform, [
    CollectorModule.with({ sources: [], poll: false }),
    ClassifierModule,
    ResponseWorkflowModule.with({ accounts: DEMO_ACCOUNTS }),
  ]);
  await app.startAllMicroservices();
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
  const text = `我叫欧阳凤仪，家住沁园春小区7栋3单元1902室，电话13987650123，身份证110105199003070121，护照H98761234，查询码Q5550001112。`;
  const record: HotlineRecordInput = {
    orderNo: 'WC20261102000777',
    title: `欧阳凤仪反映仓库起火`,
    content: `${text}望北新区仓库起火，现场已造成4人死亡，12人受伤。`,
    urgency: '特急',
    receivedAt: '2026-11-02 08:30:00',
    address: '望川市望北新区学府街道沁园春小区7栋3单元1902室',
    region: '望北新区',
    queryCode: 'Q5550001112',
    caller: { name: '欧阳凤仪', phone: '13987650123', idNo: 'H98761234', contactPreference: '请打13987650123找欧阳凤仪' },
    risk: text,
    extensionReason: text,
    returnReason: text,
    processLog: [{ at: '2026-11-02 08:40:00', by: '欧阳凤仪', text }],
    reply: text,
    auditOpinion: text,
    attachments: [{ name: '欧阳凤仪.jpg', url: 'https://hotline.example/f?phone=13987650123' }],
    visit: { at: '2026-11-02 08:50:00', result: '接通', comment: text },
  };
  for (const one of [
    record,
    { ...record, orderNo: 'WC20261102000778', confidential: true },
    { ...record, version: 2, urgency: '很急' as never },
  ]) {
    const answer = await fetch(`${url}/api/hotline/records`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': KEY },
      body: JSON.stringify(one),
    });
    expect(leaksIn(await answer.text())).toEqual([]);
  }
  await eventually(() => isPipelineIdle(db.database), 'the pipeline');
});
afterAll(async () => {
  await app?.close();
  await platform?.stop();
  await db?.drop();
  rmSync(folder, { recursive: true, force: true });
});

function leaksIn(text: string): string[] {
  return PLANTED.filter((one) => text.includes(one) || text.toLowerCase().includes(Buffer.from(one).toString('hex')));
}

it('no table holds the caller in the open, as text or as bytes', async () => {
  const tables = await db.database.query<{ name: string }>(
    `SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  expect(tables.length).toBeGreaterThan(20);
  const leaks: string[] = [];
  let rows = 0;
  for (const { name } of tables) {
    for (const { text } of await db.database.query<{ text: string }>(`SELECT t::text AS text FROM ${name} t`)) {
      rows++;
      for (const leak of leaksIn(text)) leaks.push(`${name}: ${leak}`);
    }
  }
  expect(rows).toBeGreaterThan(15);
  expect([...new Set(leaks)]).toEqual([]);
});

it('the sealed record does hold the caller, so the search above looks for what is there', async () => {
  const [row] = await db.database.query<{ n: number }>(`SELECT count(*)::int AS n FROM collector.hotline_record`);
  expect(row!.n).toBe(2);
  const payloads = await db.database.query<{ payload: string }>(`SELECT payload FROM collector.outbox WHERE topic LIKE '%hotline-order%'`);
  expect(payloads).toHaveLength(2);
  expect(payloads[0]!.payload).toContain('139****0123');
  expect(payloads[1]!.payload).not.toContain('139****0123');
});

it('no answer of the API tells the caller, whoever asks', async () => {
  const ids = await everyId();
  const paths = getRoutes().flatMap((path) => filled(path, ids));
  expect(paths.length).toBeGreaterThan(15);
  const leaks: string[] = [];
  let answered = 0;
  for (const username of ['luwenjing', 'linkaiwen']) {
    const cookie = await logIn(username);
    for (const path of paths) {
      const answer = await fetch(`${url}${path}`, { headers: { cookie } });
      if (answer.ok) answered++;
      for (const leak of leaksIn(await answer.text())) leaks.push(`${username} ${path}: ${leak}`);
    }
  }
  expect(answered).toBeGreaterThan(15);
  expect(leaks).toEqual([]);
}, 120_000); // every route with every id, twice

async function logIn(username: string): Promise<string> {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: DEMO_PASSWORD }),
  });
  if (!answer.ok) throw new Error(`${username} could not log in: ${await answer.text()}`);
  return answer.headers.get('set-cookie')!.split(';')[0]!;
}

/** Every route that answers GET, whoever added it; the change stream never ends. */
function getRoutes(): string[] {
  const { router } = app.getHttpAdapter().getInstance() as {
    router: { stack: { route?: { path: string; methods: Record<string, boolean> } }[] };
  };
  const routes = router.stack.flatMap(({ route }) => (route?.methods.get ? [route.path] : []));
  return [...new Set(routes)].filter((path) => path.startsWith('/api/') && path !== '/api/stream');
}

/** A path with every id that could stand in it. */
function filled(path: string, ids: readonly string[]): string[] {
  return path.includes(':') ? ids.map((id) => path.replaceAll(/:\w+/g, encodeURIComponent(id))) : [path];
}

async function everyId(): Promise<string[]> {
  const columns = await db.database.query<{ table: string; column: string }>(
    `SELECT table_schema || '.' || table_name AS table, column_name AS column FROM information_schema.columns
     WHERE table_schema = 'workflow' AND (data_type = 'uuid' OR column_name = 'order_no')`,
  );
  const found = new Set<string>();
  for (const { table, column } of columns) {
    const rows = await db.database.query<{ id: string | null }>(`SELECT DISTINCT ${column}::text AS id FROM ${table} LIMIT 5`);
    for (const { id } of rows) if (id !== null) found.add(id);
  }
  return [...found];
}
