import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { HotlineIntakeAnswer, HotlineRecordInput } from '@huiying/contracts/http';
import { stableId } from '@huiying/domain';
import { Database, isPipelineIdle, urlOfRunningEmbedded } from '@huiying/persistence';
import { readAlertingRules } from '@huiying/settings';
import { record } from '../../bench/records.js';
import { until } from '../../support/event-log/until.js';
import { isAlive, productEnvironment, startProduct, type Product } from '../../support/product.js';

jest.setTimeout(300_000);

const ROOT = resolve(__dirname, '../../..');
const API_KEY = 'a-key-of-the-kill-spec';
const KILLS = 6;
const RECORDS = 3_000;
/** So many records are on offer in each life of the product, so that no kill comes when all is done. */
const PER_LIFE = Math.ceil(RECORDS / (KILLS + 1));
const GRAVE_EVERY = 20;
const TWICE_EVERY = 20;
const BATCH = 20;
const SENDERS = 3;
/** A kill comes so long at most after the answer that it waits for: what was taken is then anywhere on its way. */
const LATEST_MS = 500;
const HOTLINE = 'hotline-12345';
const OFFICERS = ['zhiban-a', 'zhiban-b'];

/** Draws 0 ≤ n < below, the same for the same seed (mulberry32). */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) % below;
  };
}

const isGrave = (n: number): boolean => n % GRAVE_EVERY === 0;

describe('a product that is killed again and again while the hotline posts', () => {
  const seed = Number(process.env['KILL_SEED'] ?? randomInt(1_000_000));
  const draw = chance(seed);
  const folder = mkdtempSync(join(tmpdir(), 'huiying-kill-'));
  const options = {
    dataFolder: join(folder, 'data'),
    env: { HUIYING_DEMO: 'false', HUIYING_CONFIG: join(folder, 'config'), HUIYING_API_KEYS: `spec:${API_KEY}`, HUIYING_LOG_LEVEL: 'warn' },
  };
  const figures: Record<string, unknown> = { seed, records: RECORDS, kills: KILLS };
  /** How often each record was answered `accepted`. */
  const accepted = new Map<string, number>();
  const answered = new Set<string>();
  let product: Product;
  let db: Database;
  /** Set when the spec ends, however it ends: nobody is left to answer the senders then. */
  let over = false;

  beforeAll(async () => {
    chmodSync(folder, 0o755);
    cpSync(join(ROOT, 'config'), options.env.HUIYING_CONFIG, { recursive: true });
    const hotline = `{ id: ${HOTLINE}, name: 12345热线, kind: hotline, channel: hotline, belongsToCity: true }`;
    writeFileSync(join(options.env.HUIYING_CONFIG, 'sources.yaml'), `sources:\n  - ${hotline}\n`);
    product = await startProduct(options);
    // Nobody on the roster has an account, so that all officers are told, whatever the hour of the run.
    for (const username of OFFICERS) addOfficer(username);
  });
  afterAll(async () => {
    over = true;
    process.stderr.write(`\n  ${JSON.stringify({ killed: figures })}\n`);
    await db?.close();
    await product?.interrupt();
    const left = postmaster(); // there is none, unless the last start failed
    if (left !== null && isAlive(left)) process.kill(left, 'SIGINT');
    rmSync(folder, { recursive: true, force: true });
  });

  const addOfficer = (username: string): void => {
    const command = 'dist/apps/response-workflow/src/accounts/account.command.js';
    const args = [command, 'add', username, '--name', username, '--role', 'duty-officer'];
    const done = spawnSync(process.execPath, args, { cwd: ROOT, env: productEnvironment(options), encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`account ${username}: ${done.stderr}`);
  };

  /** What is posted in one life: its share of the records, some of them a second time, in batches of any order. */
  const shareOf = (life: number): HotlineRecordInput[][] => {
    const numbers = Array.from({ length: Math.min(PER_LIFE, RECORDS - life * PER_LIFE) }, (_, i) => life * PER_LIFE + i);
    const all = [...numbers, ...numbers.filter((n) => n % TWICE_EVERY === 7)].map((n) => ({ n, at: draw(1_000_000) }));
    all.sort((a, b) => a.at - b.at);
    const batches: HotlineRecordInput[][] = [];
    for (let i = 0; i < all.length; i += BATCH) batches.push(all.slice(i, i + BATCH).map(({ n }) => record(n, isGrave(n), 'kill')));
    return batches;
  };

  /** A hotline's system: sends again whatever was not answered, wherever the product is by then. */
  const sendAll = async (batches: HotlineRecordInput[][]): Promise<void> => {
    const sender = async (): Promise<void> => {
      for (let batch = batches.shift(); batch && !over; batch = batches.shift()) {
        for (let answer = await post(batch); !over; answer = await post(batch)) {
          if (answer) {
            note(answer);
            break;
          }
          await pause(100);
        }
      }
    };
    await Promise.all(Array.from({ length: SENDERS }, sender));
  };
  const post = async (records: HotlineRecordInput[]): Promise<HotlineIntakeAnswer | null> => {
    const headers = { 'content-type': 'application/json', 'x-api-key': API_KEY };
    try {
      const answer = await fetch(`${product.url}/api/hotline/records`, { method: 'POST', headers, body: JSON.stringify({ records }) });
      return answer.ok ? ((await answer.json()) as HotlineIntakeAnswer) : null;
    } catch {
      return null;
    }
  };
  const note = ({ results }: HotlineIntakeAnswer): void => {
    for (const { orderNo, outcome, faults } of results) {
      if (outcome === 'rejected') throw new Error(`${orderNo} was rejected: ${JSON.stringify(faults)}`);
      answered.add(orderNo!);
      if (outcome === 'accepted') accepted.set(orderNo!, (accepted.get(orderNo!) ?? 0) + 1);
    }
  };

  const postmaster = (): number | null => {
    const file = join(options.dataFolder, 'postgres', 'postmaster.pid');
    return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : null;
  };
  /** The whole product: its Node process, and every second time PostgreSQL with it. */
  const kill = async (withDatabase: boolean): Promise<void> => {
    const dead = product.kill();
    if (withDatabase) process.kill(postmaster()!, 'SIGKILL');
    await dead;
  };
  const openDatabase = (): Promise<Database> =>
    Database.open({ url: urlOfRunningEmbedded(join(options.dataFolder, 'postgres'))!, pool: 2, name: 'spec' });
  const rows = <T>(sql: string): Promise<T[]> => db.query<T>(sql);
  const one = async (sql: string): Promise<number> => (await rows<{ n: number }>(`SELECT (${sql})::int AS n`))[0]!.n;

  it('takes every record, through six kills', async () => {
    const begun = performance.now();
    const moments: string[] = [];
    const startSeconds = [product.readySeconds];
    let struckInWork = 0;
    for (let life = 0; life <= KILLS; life++) {
      const sent = sendAll(shareOf(life));
      sent.catch(() => undefined); // told of below, when the product runs again
      if (life < KILLS) {
        const [after, ms] = [life * PER_LIFE + draw(PER_LIFE), draw(LATEST_MS)];
        moments.push(`${after}+${ms}ms`);
        await Promise.race([until(`${after} records are answered`, () => answered.size >= after, 60_000), sent]);
        await pause(ms);
        if (await isAtWork()) struckInWork++;
        await kill(life % 2 === 1);
        product = await startProduct(options);
        startSeconds.push(product.readySeconds);
      }
      await sent;
    }
    Object.assign(figures, {
      moments,
      struckInWork,
      startSeconds: startSeconds.map((n) => Math.round(n * 10) / 10),
      secondsOfPosting: seconds(begun),
    });
    expect(answered.size).toBe(RECORDS);
    expect(struckInWork).toBeGreaterThan(0);
  });

  const isAtWork = async (): Promise<boolean> => {
    const look = await openDatabase();
    try {
      return !(await isPipelineIdle(look));
    } finally {
      await look.close();
    }
  };

  it('comes to rest with nothing unsent and nothing dead', async () => {
    const begun = performance.now();
    db = await openDatabase();
    await until('the pipeline is idle', () => isPipelineIdle(db), 60_000);
    figures['secondsToRest'] = seconds(begun);
    for (const schema of ['collector', 'classifier', 'workflow']) expect(await one(`SELECT count(*) FROM ${schema}.outbox_unsent`)).toBe(0);
    expect(await rows(`SELECT reader, topic, reason FROM log.dead_letter`)).toEqual([]);
  });

  it('answered `accepted` at most once for each record, and keeps each once', async () => {
    expect([...accepted].filter(([, times]) => times > 1)).toEqual([]);
    figures['acceptedAnswers'] = accepted.size;
    const all = Array.from({ length: RECORDS }, (_, n) => `kill-${n}`).sort();
    for (const table of ['collector.hotline_order', 'collector.hotline_record'])
      expect((await rows<{ order_no: string }>(`SELECT order_no FROM ${table}`)).map((row) => row.order_no).sort()).toEqual(all);
  });

  it('judged every record exactly once', async () => {
    const wanted = Array.from({ length: RECORDS }, (_, n) => stableId(HOTLINE, `kill-${n}`)).sort();
    const collected = `SELECT key AS id FROM collector.outbox WHERE topic = 'opinion.collected'`;
    const classified = `SELECT payload::jsonb #>> '{data,opinion,opinionId}' AS id FROM classifier.outbox WHERE topic = 'opinion.classified'`;
    for (const sql of [collected, classified, `SELECT opinion_id AS id FROM workflow.opinion`])
      expect((await rows<{ id: string }>(sql)).map(({ id }) => id).sort()).toEqual(wanted);
    expect(await one(`SELECT sum(opinion_count) FROM workflow.story`)).toBe(RECORDS);
  });

  it('raised exactly one alert for every grave story, told once on the timeline and to open consoles', async () => {
    const isGrave = `substring(order_no FROM 6)::int % ${GRAVE_EVERY} = 0`;
    const grave = await rows<{ story_id: string }>(`SELECT DISTINCT story_id FROM workflow.opinion WHERE ${isGrave}`);
    expect(grave).toHaveLength(RECORDS / GRAVE_EVERY);
    // Three calls about one matter raise too, whatever they are about (config/alerting.yaml).
    const { raiseAtHotlineOrders } = readAlertingRules(resolve(ROOT, 'config'));
    const alerting = await rows<{ story_id: string }>(
      `SELECT story_id FROM workflow.opinion GROUP BY 1 HAVING bool_or(${isGrave}) OR count(*) >= ${raiseAtHotlineOrders}`,
    );
    const sorted = (all: { id: string }[]) => all.map(({ id }) => id).sort();
    // Two stories that a later call showed to be one may both have raised: one of the alerts lives on, the other points to it.
    const living = await rows<{ id: string }>(`SELECT story_id AS id FROM workflow.alert WHERE state <> 'merged'`);
    expect(sorted(living)).toEqual(alerting.map((row) => row.story_id).sort());
    const astray = `SELECT a.alert_id FROM workflow.alert a LEFT JOIN workflow.alert l ON l.alert_id = a.merged_into AND l.state <> 'merged'
      JOIN workflow.story s ON s.story_id = a.story_id
      WHERE a.state = 'merged' AND (l.alert_id IS NULL OR s.merged_into IS NULL)`;
    expect(await rows(astray)).toEqual([]);
    const alerts = sorted(await rows<{ id: string }>(`SELECT alert_id AS id FROM workflow.alert`));
    for (const sql of [
      `SELECT payload::jsonb #>> '{data,alertId}' AS id FROM workflow.outbox WHERE topic = 'alert.raised'`,
      `SELECT alert_id AS id FROM workflow.timeline WHERE kind = 'alert.raised'`,
      `SELECT subject_id AS id FROM workflow.change WHERE kind = 'alert.raised'`,
    ])
      expect(sorted(await rows<{ id: string }>(sql))).toEqual(alerts);
    figures['alerts'] = alerts.length;
  });

  it('told every officer of every alert exactly once', async () => {
    const wanted = await rows<{ told: string }>(
      `SELECT concat('alert:', alert_id, ':raised to ', person_id) AS told FROM workflow.alert, workflow.person ORDER BY 1`,
    );
    expect(wanted).toHaveLength((figures['alerts'] as number) * OFFICERS.length);
    const requested = `SELECT payload::jsonb #>> '{data,fact}' AS fact, payload::jsonb #>> '{data,recipientId}' AS recipient
      FROM workflow.outbox WHERE topic = 'notice.requested'`;
    for (const told of [requested, `SELECT fact, recipient_id::text AS recipient FROM workflow.notice`]) {
      const ofAlerts = `SELECT concat(fact, ' to ', recipient) AS told FROM (${told}) t WHERE fact LIKE 'alert:%:raised' ORDER BY 1`;
      expect(await rows<{ told: string }>(ofAlerts)).toEqual(wanted);
      // Nor anything else: a surge is told too.
      expect(await rows(`SELECT fact FROM (${told}) t GROUP BY fact, recipient HAVING count(*) > 1`)).toEqual([]);
    }
    figures['notices'] = wanted.length;
    // Sent to the log again after a kill between sending and marking: the readers' inboxes take each once.
    figures['eventsSentAgain'] = await one(`SELECT count(*) - count(DISTINCT value::jsonb ->> 'id') FROM log.record`);
  });
});

function seconds(begun: number): number {
  return Math.round((performance.now() - begun) / 100) / 10;
}
