import { spawn, type ChildProcess } from 'node:child_process';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { stableId } from '@huiying/domain';
import { outgoing } from '@huiying/messaging';
import { Store } from '@huiying/persistence';
import { demoPerson } from '../../apps/standalone/src/demo/people.js';
import type { TestDatabase } from '../support/database.js';
import { WebhookVendor } from '../support/vendors.js';
import { freshCity, leasesRunOut } from '../support/workflow-city.js';

jest.setTimeout(280_000);
const KILLS = 8;
const NOTICES = 160;
/** Past the lease of what a killed process had in hand. */
const SHIFT_MS = 150_000;

/** kill -9 of the process that tells people, at random moments, and a replay of everything that was asked. */
describe('telling through kill -9', () => {
  const vendor = new WebhookVendor('s');
  let test: TestDatabase;
  let child: ChildProcess | null = null;
  const start = async (round: number): Promise<ChildProcess> => {
    const script = join(__dirname, '../support/sender-child.ts');
    const env = {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      TEST_RUN: process.env['TEST_RUN'],
      DATABASE_URL: test.url,
      HOOK_URL: vendor.url,
      SHIFT_MS: String(round * SHIFT_MS),
    };
    const made = spawn(process.execPath, ['-r', resolve('test/support/typescript.cjs'), script], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise<void>((ready, fail) => {
      made.once('exit', (code) => fail(new Error(`the sender ended with ${code}`)));
      made.stdout!.on('data', (chunk: Buffer) => chunk.toString().includes('sending') && ready());
    });
    return made;
  };
  const kill = async (one: ChildProcess): Promise<void> => {
    const gone = new Promise((done) => one.once('exit', done));
    one.removeAllListeners('exit');
    const ended = new Promise((done) => one.once('exit', done));
    one.kill('SIGKILL');
    await Promise.race([gone, ended]);
  };
  const ask = (prefix: string, from: number, count: number) =>
    new Store(test.database, 'workflow').change(async (tx) => {
      for (let i = from; i < from + count; i++) {
        const recipientId = demoPerson(['luwenjing', 'hesiyuan', 'tanyulin', 'guotieshan'][i % 4]!).id;
        const fact = `kill:${i}`;
        const noticeId = stableId('notice', fact, recipientId);
        const data = {
          noticeId,
          fact,
          recipientId,
          urgency: 'urgent' as const,
          severity: 'I' as const,
          title: `第${i}号`,
          body: '杀进程',
          link: '/',
        };
        tx.send(outgoing('notice.requested', recipientId, { id: stableId(prefix, fact), occurredAt: new Date(), causedBy: null }, data));
      }
    });

  beforeAll(async () => {
    await vendor.start();
    // A vendor that takes its time, so that a kill finds messages in its hands.
    vendor.beforeAccepting = () => pause(25);
    const { city, drop: _drop, ...made } = await freshCity(new Date().toISOString(), {}, { runsByItself: false });
    await city.stop();
    test = { url: made.url, database: made.database, drop: _drop };
  });
  afterAll(async () => {
    if (child) await kill(child);
    await vendor.stop();
    await test.drop();
  });

  it(`loses no notice over ${KILLS} kills, and repeats none but under its own id, saying so`, async () => {
    for (let round = 0; round < KILLS; round++) {
      child = await start(round);
      await ask('asked', (round * NOTICES) / KILLS, NOTICES / KILLS);
      await pause(100 + Math.random() * 900);
      await kill(child);
      await leasesRunOut(test.database);
      // Everything that was ever asked, asked again by a replay.
      await ask(`replay-${round}`, 0, ((round + 1) * NOTICES) / KILLS);
    }
    child = await start(KILLS);
    type Sent = { id: string; isRepeat: boolean; notices: { noticeId: string; title: string }[] };
    const sent = () => vendor.taken.map(({ body }) => JSON.parse(body) as Sent);
    const titles = () => new Set(sent().flatMap(({ notices }) => notices.map(({ title }) => title)));
    type Standing = { notices: number; unsent: number };
    const standing = async (): Promise<Standing> => {
      const [row] = await test.database.query<Standing>(
        `SELECT (SELECT count(*)::int FROM workflow.notice WHERE fact LIKE 'kill:%') AS notices,
           (SELECT count(*)::int FROM workflow.delivery d JOIN workflow.notice n USING (notice_id)
            WHERE fact LIKE 'kill:%' AND d.state <> 'accepted') AS unsent`,
      );
      return row!;
    };
    // The vendor hears of a message before the sender notes that it was taken.
    const isAllSent = async () => titles().size >= NOTICES && (await standing()).unsent === 0;
    for (let waited = 0; waited < 60 && !(await isAllSent()); waited++) await pause(1_000);
    await pause(3_000); // for what must not come: a second message that a replay asked for
    expect(titles().size).toBe(NOTICES);
    const messagesOf = new Map<string, Sent[]>();
    for (const one of sent()) for (const { title } of one.notices) messagesOf.set(title, [...(messagesOf.get(title) ?? []), one]);
    let repeated = 0;
    for (const messages of messagesOf.values()) {
      expect(new Set(messages.map(({ id }) => id)).size).toBe(1);
      expect(messages.slice(1).every(({ isRepeat }) => isRepeat)).toBe(true);
      repeated += messages.length - 1;
    }
    // Only what was in a killed process's hands: five messages of one claim at most, each time.
    expect(sent().length - new Set(sent().map(({ id }) => id)).size).toBeLessThanOrEqual(KILLS * 5);
    console.log(`${NOTICES} notices, ${sent().length} messages, ${repeated} notices in a repeated message after ${KILLS} kills`);
    expect(await standing()).toEqual({ notices: NOTICES, unsent: 0 });
  });
});
