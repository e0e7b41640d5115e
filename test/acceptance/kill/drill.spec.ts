import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomInt, randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { MovableClock } from '@huiying/domain';
import { Database, startEmbeddedPostgres, type EmbeddedPostgres } from '@huiying/persistence';
import { AlertRaiser } from '../../../apps/response-workflow/src/alerting/index.js';
import { CaseDesk } from '../../../apps/response-workflow/src/cases/index.js';
import { PeopleDesk } from '../../../apps/response-workflow/src/accounts/index.js';
import { DEMO_PASSWORD } from '../../../apps/standalone/src/demo/people.js';
import { until } from '../../support/event-log/until.js';
import { SmtpOnLoopback } from '../../support/smtp.js';
import { classified, WorkflowCity } from '../../support/workflow-city.js';

/** Three minutes on a quiet machine; each killed process has a new one loaded, which a busy machine does slowly. */
jest.setTimeout(900_000);

const ROOT = resolve(__dirname, '../../..');
const KILLS = 50;
const WORKERS = 2;
const CASES = 60;
/** Every so many kills PostgreSQL is struck in place of a worker. */
const DATABASE_EVERY = 10;
const LONGEST_BETWEEN_MS = 1_500;
/** 周五 17:00 before 春节, as the drill of that name. The cases begin over the next 30 hours; after 90 all their clocks have run out. */
const ORIGIN = new Date('2026-02-13T09:00:00Z');
const HOUR = 3_600_000;
const SPREAD_MS = 30 * HOUR;
const ALL_OVER_MS = 90 * HOUR;
const SPEED = 1_500;

/** A process of the workflow, loaded and waiting, or at work. */
class Worker {
  private constructor(
    private readonly child: ChildProcess,
    private readonly lines: Interface,
  ) {}
  url: string | null = null;

  static async load(): Promise<Worker> {
    const child = spawn(process.execPath, [join(__dirname, 'drill-child.cjs')], { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] });
    const worker = new Worker(child, createInterface({ input: child.stdout! }));
    await worker.line();
    return worker;
  }

  private line(): Promise<string> {
    return new Promise((done, failed) => {
      this.lines.once('line', done);
      this.child.once('exit', () => failed(new Error('the worker ended')));
    });
  }

  start(order: object): void {
    this.line().then(
      (url) => (this.url = url),
      () => undefined,
    );
    this.child.stdin!.write(`${JSON.stringify(order)}\n`);
  }

  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise((done) => this.child.once('exit', done));
    this.child.kill('SIGKILL');
    await gone;
  }
}

describe('a drill whose processes are killed fifty times', () => {
  const seed = Number(process.env['KILL_SEED'] ?? randomInt(1_000_000));
  const figures: Record<string, unknown> = { seed, kills: KILLS };
  const home = mkdtempSync(join(tmpdir(), 'huiying-drill-kill-'));
  const folder = join(home, 'postgres');
  const caseIds: string[] = [];
  let state = seed;
  const draw = (below: number): number => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    return ((state ^ (state >>> 13)) >>> 0) % below;
  };
  let postgres: EmbeddedPostgres;
  let smtp: SmtpOnLoopback;
  let db: Database;
  let order: object;
  const workers: Worker[] = [];
  let standby: Promise<Worker>;
  let over = false;

  beforeAll(async () => {
    const built = spawnSync(process.execPath, ['scripts/build.cjs', '--if-stale', '--services'], { cwd: ROOT, encoding: 'utf8' });
    if (built.status !== 0) throw new Error(built.stderr);
    chmodSync(home, 0o755);
    [postgres, smtp] = await Promise.all([startEmbeddedPostgres({ folder }), SmtpOnLoopback.start()]);
    await openCases();
    standby = Worker.load();
    for (let i = 0; i < WORKERS; i++) workers.push(await Worker.load());
    const env = {
      HUIYING_DATA_DIR: join(home, 'data'),
      HUIYING_CONFIG: join(ROOT, 'config'),
      HUIYING_SMTP_URL: smtp.url,
      HUIYING_SMTP_FROM: 'huiying@wangchuan.example',
    };
    order = { databaseUrl: postgres.url, origin: ORIGIN.getTime(), wall: Date.now(), speed: SPEED, env };
    workers.forEach((worker) => worker.start(order));
  });
  afterAll(async () => {
    over = true;
    process.stderr.write(`\n  ${JSON.stringify({ drill: figures })}\n`);
    await Promise.all([...workers, await standby].map((worker) => worker.kill()));
    await db?.close();
    await postgres?.stop().catch(() => undefined);
    await smtp?.stop();
    rmSync(home, { recursive: true, force: true });
  });

  /** Cases of all levels, whose clocks run out one after the other over the drill. */
  async function openCases(): Promise<void> {
    const clock = new MovableClock(ORIGIN);
    const city = await WorkflowCity.start(postgres.url, clock, {}, { runsByItself: false });
    const officer = await city.app.get(PeopleDesk, { strict: false }).actor('luwenjing', 'spec');
    for (let n = 0; n < CASES; n++) {
      const capturedAt = new Date(ORIGIN.getTime() - HOUR + (n * SPREAD_MS) / CASES);
      clock.set(new Date(Math.max(capturedAt.getTime(), clock.now().getTime())));
      const opinionId = randomUUID();
      const event = classified(clock, {
        opinionId,
        storyId: randomUUID(),
        level: n % 3 === 0 ? 'II' : 'IV',
        capturedAt,
        title: `第${n}件：管网爆裂停水`,
      });
      await city.app.get(AlertRaiser, { strict: false }).take([event]);
      const [alert] = await city.platform.database.query<{ id: string }>(
        `SELECT alert_id AS id FROM workflow.alert WHERE opinion_id = $1`,
        [opinionId],
      );
      const request = { severity: n % 3 === 0 ? ('II' as const) : ('IV' as const), reason: '经核实，按级处置' };
      caseIds.push((await city.app.get(CaseDesk, { strict: false }).confirm(alert!.id, request, officer)).caseId);
    }
    await city.stop();
  }

  const postmaster = (): number => Number(readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[0]);
  const open = (): Promise<Database> => Database.open({ url: postgres.url, pool: 2, name: 'spec' });

  /** An officer at a console: gives each case to a department, again and again until somebody has answered. */
  async function officer(): Promise<number> {
    let [asked, cookie, at] = [0, '', ''];
    for (const caseId of caseIds) {
      for (let done = false; !done && !over; await pause(20)) {
        const url = workers.find((worker) => worker.url !== null)?.url ?? null;
        if (url === null) continue;
        try {
          if (at !== url || cookie === '') [cookie, at] = [await logIn(url), url];
          const tasks = [{ departmentId: 'water-supply', role: 'lead', instruction: '请尽快公布停水范围' }];
          const answer = await fetch(`${url}/api/cases/${caseId}/tasks`, {
            method: 'POST',
            headers: { 'content-type': 'application/json', cookie, origin: url },
            body: JSON.stringify({ tasks }),
            signal: AbortSignal.timeout(5_000),
          });
          asked++;
          if (answer.status === 401) cookie = '';
          // A 409 says that an earlier request was taken, whose answer was lost with its process.
          done = answer.status === 200 || answer.status === 409;
        } catch {
          cookie = '';
        }
      }
    }
    return asked;
  }

  async function logIn(url: string): Promise<string> {
    const body = JSON.stringify({ username: 'luwenjing', password: DEMO_PASSWORD });
    const answer = await fetch(`${url}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  }

  it('goes on through fifty kills of any process, at any moment', async () => {
    const begun = performance.now();
    let struck = 0;
    const asked = officer();
    for (let kill = 1; kill <= KILLS; kill++) {
      await pause(draw(LONGEST_BETWEEN_MS));
      if (kill % DATABASE_EVERY === 0) {
        process.kill(postmaster(), 'SIGKILL');
        await pause(50);
        const { url, port } = postgres; // the same again: what it says of itself is not told of the setting
        postgres = { ...(await startEmbeddedPostgres({ folder, settings: { port: String(port) } })), url, port };
        struck++;
        continue;
      }
      const at = draw(WORKERS);
      await workers[at]!.kill();
      workers[at] = await standby;
      workers[at]!.start(order);
      standby = Worker.load();
      standby.catch(() => undefined);
    }
    figures['simulatedHours'] = Math.round(((Date.now() - (order as { wall: number }).wall) * SPEED) / HOUR);
    figures['killedWorkers'] = KILLS - struck;
    figures['killedDatabase'] = struck;
    figures['assignmentsAsked'] = await asked;
    figures['secondsOfKilling'] = Math.round((performance.now() - begun) / 1000);
    db = await open();
  });

  it('comes to rest with every step fired, none of them lost', async () => {
    const { wall } = order as { wall: number };
    await pause(Math.max(0, wall + ALL_OVER_MS / SPEED - Date.now()));
    const late = `SELECT count(*)::int AS n FROM workflow.deadline WHERE next_step_at <= $1`;
    const end = new Date(ORIGIN.getTime() + ALL_OVER_MS);
    await until('no step waits', async () => (await db.query<{ n: number }>(late, [end]))[0]!.n === 0, 60_000);
    await until('nothing is unsent', async () => (await db.query(`SELECT 1 FROM workflow.outbox_unsent LIMIT 1`)).length === 0, 60_000);
    const unfired = await db.query(
      `SELECT d.rule->>'id' AS rule, s.percent, s.scheduled_at FROM workflow.deadline_step s JOIN workflow.deadline d USING (deadline_id)
       WHERE s.scheduled_at <= $1 AND s.fired_at IS NULL AND s.cancelled_at IS NULL AND d.cancelled_at IS NULL AND d.met_at IS NULL`,
      [end],
    );
    expect(unfired).toEqual([]);
    const [fired] = await db.query<{ n: number }>(`SELECT count(*)::int AS n FROM workflow.deadline_step WHERE fired_at IS NOT NULL`);
    figures['stepsFired'] = fired!.n;
    expect(fired!.n).toBeGreaterThan(CASES * 3);
  });

  it('told each step once in the history and once to the log, in order', async () => {
    const steps = await db.query<{ told: string }>(
      `SELECT deadline_id || ' ' || percent AS told FROM workflow.deadline_step WHERE fired_at IS NOT NULL ORDER BY 1`,
    );
    const lines = `SELECT detail->>'deadlineId' || ' ' || (detail->>'percent') AS told FROM workflow.timeline
      WHERE kind IN ('deadline.warned', 'deadline.breached') ORDER BY 1`;
    const events = `SELECT payload::jsonb #>> '{data,deadlineId}' || ' ' || COALESCE(payload::jsonb #>> '{data,percent}', '100') AS told
      FROM workflow.outbox WHERE topic IN ('deadline.warned', 'deadline.breached') ORDER BY 1`;
    expect(await db.query(lines)).toEqual(steps);
    expect(await db.query(events)).toEqual(steps);
    const disorder = await db.query(
      `SELECT 1 FROM (SELECT percent, lag(percent) OVER (PARTITION BY deadline_id ORDER BY fired_at, percent) AS before
        FROM workflow.deadline_step WHERE fired_at IS NOT NULL) t WHERE before > percent`,
    );
    expect(disorder).toEqual([]);
  });

  it('gave each case to its department once', async () => {
    const given = await db.query<{ n: number }>(`SELECT count(*)::int AS n FROM workflow.task GROUP BY case_id ORDER BY 1 DESC`);
    expect(given.map(({ n }) => n)).toEqual(caseIds.map(() => 1));
  });

  it('told nobody the same fact twice, and nobody was left out', async () => {
    const asked = `SELECT payload::jsonb #>> '{data,fact}' || ' to ' || (payload::jsonb #>> '{data,recipientId}') AS told
      FROM workflow.outbox WHERE topic = 'notice.requested' ORDER BY 1`;
    const requested = (await db.query<{ told: string }>(asked)).map(({ told }) => told);
    expect(new Set(requested).size).toBe(requested.length);
    const kept = `SELECT fact || ' to ' || recipient_id AS told FROM workflow.notice ORDER BY 1`;
    await until('every notice is kept', async () => (await db.query(kept)).length === requested.length, 60_000);
    expect((await db.query<{ told: string }>(kept)).map(({ told }) => told)).toEqual(requested);
    const shown = await db.query(`SELECT 1 FROM workflow.change WHERE kind LIKE 'notice%' GROUP BY subject_id HAVING count(*) > 1`);
    expect(shown).toEqual([]);
    // Each step was told to somebody.
    const untold = await db.query(
      `SELECT s.deadline_id, s.percent FROM workflow.deadline_step s WHERE s.fired_at IS NOT NULL AND NOT EXISTS (
         SELECT 1 FROM workflow.notice n WHERE n.fact LIKE 'deadline:' || s.deadline_id || ':%')`,
    );
    expect(untold).toEqual([]);
    figures['notices'] = requested.length;
    expect(await db.query(`SELECT reader, topic, reason FROM log.dead_letter`)).toEqual([]);
  });

  it('sent each mail once: what came twice was taken by the mail server in the instant before the kill', async () => {
    // What a killed process had in hand waits for its lease, two minutes by the wall.
    const waits = `SELECT 1 FROM workflow.delivery d JOIN workflow.notice n USING (notice_id)
      WHERE d.channel = 'email' AND d.next_attempt_at IS NOT NULL AND n.requested_at <= $1 LIMIT 1`;
    const end = new Date(ORIGIN.getTime() + ALL_OVER_MS);
    await until('every mail is sent', async () => (await db.query(waits, [end])).length === 0, 240_000);
    const mails = smtp.mails.map(({ messageId }) => messageId);
    const twice = mails.length - new Set(mails).size;
    Object.assign(figures, { mails: mails.length, mailsTwice: twice });
    const asked = await db.query<{ id: string }>(
      `SELECT DISTINCT bundle_id AS id FROM workflow.delivery d JOIN workflow.notice n USING (notice_id)
       WHERE channel = 'email' AND state = 'accepted' AND n.requested_at <= $1`,
      [end],
    );
    const arrived = new Set(mails.map((id) => id.slice(1, id.indexOf('@'))));
    expect(asked.filter(({ id }) => !arrived.has(id))).toEqual([]);
    // What it heard is marked at once; between the server's answer and that a process is for the moment its thread is busy otherwise.
    expect(twice).toBeLessThanOrEqual(KILLS / 10);
  });
});
