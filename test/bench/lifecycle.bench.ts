/**
 * Lifecycles (open → assign → sign → reply → close) through HTTP at a million stored cases, as JSON:
 * `node -r ./test/support/typescript.cjs test/bench/lifecycle.bench.ts [CASES] [PER_SECOND] [SECONDS]`.
 * Open loop: lifecycles begin at the stated rate whatever becomes of those before; each takes its five steps one after the other, as
 * the officer and the department's lead. The service runs as a process of its own with all its loops; PostgreSQL runs as in production.
 * BENCH_PROFILE=FOLDER keeps a profile of the service there; BENCH_STATEMENTS=1 prints which statements PostgreSQL worked on (and slows it).
 */
import 'reflect-metadata';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { createService, startPlatform } from '@huiying/platform';
import type { Database } from '@huiying/persistence';
import { readEnvironment, readRules, SystemClock } from '@huiying/settings';
import { stampedRule } from '@huiying/domain';
import { ResponseWorkflowModule } from '../../apps/response-workflow/src/response-workflow.module.js';
import { DEMO_ACCOUNTS } from '../../apps/standalone/src/demo-city/demo-city.js';
import { DEMO_PASSWORD } from '../../apps/standalone/src/demo/people.js';
import { startOwnPostgres } from '../support/event-log/own-postgres.js';
import { serverSeconds, serverTicks } from './server-time.js';

const CASES = Number(process.argv[2] ?? 1_000_000);
const PER_SECOND = Number(process.argv[3] ?? 100);
const SECONDS = Number(process.argv[4] ?? 30);
/** A service that has just started spends as much on compiling itself as on its work. */
const WARM_UP_LIVES = 1_500;
const LONGEST_STEP_MS = 10_000;
const CONFIG = resolve(__dirname, '../../config');
const AT_ONCE = 100_000;

/** Closed cases of the last years, each with its alert, task, met clock and history, as a city keeps them. */
async function store(database: Database): Promise<void> {
  const rule = JSON.stringify(stampedRule(readRules(CONFIG).find(({ id }) => id === 'OP-03')!));
  for (let from = 0; from < CASES; from += AT_ONCE) {
    const some = `generate_series(${from + 1}, ${Math.min(from + AT_ONCE, CASES)}) n`;
    const id = (what: string) => `md5('${what}' || n)::uuid`;
    const at = `now() - interval '1 day' - n * interval '1 minute'`;
    await database.query(
      `INSERT INTO workflow.alert (alert_id, story_id, opinion_id, state, title, summary, suggested_severity, departments, places, reason, raised_at, case_id)
       SELECT ${id('alert')}, ${id('story')}, ${id('opinion')}, 'confirmed', '青梧区某小区停水 ' || n, '', 'IV', '[]', '{}', '', ${at}, ${id('case')} FROM ${some}`,
    );
    await database.query(
      `INSERT INTO workflow.case_file (case_id, case_no, alert_id, story_id, title, state, severity, not_before, opened_at, opened_by, closed_at, closed_by)
       SELECT ${id('case')}, '望舆〔2020〕' || n || '号', ${id('alert')}, ${id('story')}, '青梧区某小区停水 ' || n, 'archived', 'IV', ${at}, ${at}, '何静', now(), '何静' FROM ${some}`,
    );
    await database.query(
      `INSERT INTO workflow.task (task_id, case_id, department_id, department_name, role, state, instruction, assigned_at, assigned_by, closed_at)
       SELECT ${id('task')}, ${id('case')}, 'water-supply', '市水务集团', 'lead', 'closed', '请核实', ${at}, '何静', now() FROM ${some}`,
    );
    await database.query(
      `INSERT INTO workflow.deadline (deadline_id, subject_kind, subject_id, case_id, rule, start_fact, start_at, stated_by, due_at, length_seconds, provisional, met_at)
       SELECT ${id('deadline')}, 'case', ${id('case')}, ${id('case')}, $1, 'detected', ${at}, '系统', ${at} + interval '48 hours', 172800, false, ${at} FROM ${some}`,
      [rule],
    );
    await database.query(
      `INSERT INTO workflow.deadline_step (deadline_id, percent, kind, scheduled_at, cancelled_at)
       SELECT ${id('deadline')}, 100, 'breach', now(), now() FROM ${some}`,
    );
    await database.query(
      `INSERT INTO workflow.timeline (at, kind, case_id, text, actor, detail)
       SELECT ${at}, 'case.opened', ${id('case')}, '立单', '何静', '{}' FROM ${some}, generate_series(1, 3)`,
    );
  }
  await database.query(`VACUUM ANALYZE`);
}

/** Alerts that wait for an officer, one for each lifecycle. */
async function raise(database: Database, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await database.query(
    `INSERT INTO workflow.alert (alert_id, story_id, opinion_id, state, title, summary, suggested_severity, departments, places, reason, raised_at)
     SELECT id, gen_random_uuid(), gen_random_uuid(), 'open', '临浦区红砖厂片区停水', '居民反映停水', 'IV', '[]', '{}', '', now() - interval '1 hour'
     FROM unnest($1::uuid[]) AS id`,
    [ids],
  );
  await database.query(
    `INSERT INTO workflow.story (story_id, title, first_seen_at, last_seen_at, opinion_count, hotline_count, flagged_count, sources)
     SELECT story_id, title, raised_at, raised_at, 1, 0, 1, '{}' FROM workflow.alert WHERE alert_id = ANY($1)`,
    [ids],
  );
  return ids;
}

/** The service as a process of its own: `lifecycle.bench.ts serve URL`. */
async function serve(databaseUrl: string): Promise<void> {
  const environment = readEnvironment({ HUIYING_CONFIG: CONFIG, HUIYING_DATABASE_URL: databaseUrl, HUIYING_LOG_LEVEL: 'error' });
  const platform = await startPlatform({ environment, clock: new SystemClock(), databaseUrl, name: 'bench', schemas: ['workflow'] });
  const app = await createService(platform, [ResponseWorkflowModule.with({ accounts: DEMO_ACCOUNTS })]);
  await app.startAllMicroservices();
  await app.listen(0, '127.0.0.1');
  console.log(await app.getUrl());
  process.once('SIGTERM', () => process.exit());
}

const agent = new Agent({ keepAlive: true, maxSockets: 512 });

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

function ask(url: string, method: string, path: string, cookie: string, body?: unknown): Promise<Answer & { cookies: string[] }> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((done, failed) => {
    const headers = {
      cookie,
      origin: url,
      ...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    };
    const asked = request(`${url}${path}`, { method, headers, agent, timeout: LONGEST_STEP_MS }, (answer) => {
      let said = '';
      answer
        .setEncoding('utf8')
        .on('data', (part: string) => (said += part))
        .on('end', () => {
          const parsed = said === '' ? {} : (JSON.parse(said) as Record<string, unknown>);
          done({ status: answer.statusCode!, body: parsed, cookies: answer.headers['set-cookie'] ?? [] });
        });
    });
    asked.on('timeout', () => asked.destroy(new Error(`no answer within ${LONGEST_STEP_MS} ms`)));
    asked.on('error', (error: NodeJS.ErrnoException) => {
      // The service had just let go of the connection, because it was idle: nothing was asked yet.
      if (asked.reusedSocket && error.code === 'ECONNRESET') ask(url, method, path, cookie, body).then(done, failed);
      else failed(error);
    });
    asked.end(text);
  });
}

async function logIn(url: string, username: string): Promise<string> {
  const { status, cookies } = await ask(url, 'POST', '/api/session', '', { username, password: DEMO_PASSWORD });
  if (status !== 200) throw new Error(`${username} could not log in: ${status}`);
  return cookies[0]!.split(';')[0]!;
}

const STEPS = ['open', 'assign', 'sign', 'reply', 'close'] as const;
type Step = (typeof STEPS)[number];

/** What the steps took, in milliseconds, and what was not as it should be. */
class Figures {
  readonly took = new Map<Step, number[]>(STEPS.map((step) => [step, []]));
  readonly wrong: string[] = [];
  whole = 0;

  async timed(step: Step, work: () => Promise<Answer>): Promise<Answer> {
    const begun = performance.now();
    const answer = await work();
    this.took.get(step)!.push(performance.now() - begun);
    if (answer.status >= 300) throw new Error(`${step}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer;
  }
}

const PROOF = Buffer.from('供水抢修公告').toString('base64');

/** One matter from the alert to its end. What answered 200 is read at once by another: it must be there. */
async function lifecycle(url: string, alertId: string, who: { officer: string; lead: string }, figures: Figures): Promise<void> {
  const opened = await figures.timed('open', () =>
    ask(url, 'POST', `/api/alerts/${alertId}/confirm`, who.officer, { severity: 'IV', reason: '经核实，按一般级别处置' }),
  );
  const caseId = opened.body.caseId as string;
  const tasks = [{ departmentId: 'water-supply', role: 'lead', instruction: '请尽快公布停水范围和恢复时间' }];
  const assigned = await figures.timed('assign', () => ask(url, 'POST', `/api/cases/${caseId}/tasks`, who.officer, { tasks }));
  const taskId = (assigned.body.taskIds as string[])[0]!;
  await figures.timed('sign', () => ask(url, 'POST', `/api/tasks/${taskId}/acknowledgement`, who.lead));
  const evidence = {
    kind: 'statement',
    url: null,
    publishedAt: new Date().toISOString(),
    note: '供水抢修公告已发布',
    file: { name: '公告.txt', contentBase64: PROOF },
  };
  await figures.timed('reply', () =>
    ask(url, 'POST', `/api/tasks/${taskId}/reply`, who.lead, { text: '已发布抢修公告，今晚恢复供水', evidence }),
  );
  await figures.timed('close', () =>
    ask(url, 'POST', `/api/cases/${caseId}/close`, who.officer, { summary: '按时回应，供水已恢复，办结' }),
  );
  figures.whole++;
  if (figures.whole % 20 === 0) {
    const read = await ask(url, 'GET', `/api/cases/${caseId}`, who.lead);
    if (read.body.state !== 'closed') figures.wrong.push(`case ${caseId} was closed and reads ${String(read.body.state)}`);
  }
}

/** Begins lifecycles at the rate, waits for those begun. */
async function run(
  url: string,
  ids: readonly string[],
  perSecond: number,
  who: { officer: string; lead: string },
): Promise<Figures & { seconds: number }> {
  const figures = new Figures();
  const begun = performance.now();
  const all: Promise<void>[] = [];
  for (const [n, id] of ids.entries()) {
    const wait = begun + (n * 1000) / perSecond - performance.now();
    if (wait > 1) await pause(wait);
    all.push(lifecycle(url, id, who, figures).catch((error: Error) => void figures.wrong.push(error.message)));
  }
  await Promise.all(all);
  return Object.assign(figures, { seconds: (performance.now() - begun) / 1000 });
}

function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12]) + Number(fields[13]) + Number(fields[14])) / 100;
}

const percentile = (sorted: readonly number[], share: number) =>
  Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN);

const KEEPS_STATEMENTS = { shared_preload_libraries: 'pg_stat_statements', 'pg_stat_statements.track_planning': 'on' };

/** What the server was asked, by the time it took: planned and executed, for each lifecycle. */
async function printStatements(database: Database, lifecycles: number): Promise<void> {
  const rows = await database.query<Record<'calls' | 'plans' | 'executing' | 'planning' | 'pages' | 'log', number> & { sql: string }>(
    `SELECT calls::float AS calls, plans::float AS plans, total_exec_time AS executing, total_plan_time AS planning,
       shared_blks_hit::float AS pages, wal_bytes::float AS log, query AS sql
     FROM pg_stat_statements ORDER BY total_exec_time + total_plan_time DESC LIMIT 60`,
  );
  console.error('executing ms, planning ms, calls, plans, pages touched, bytes of write-ahead log; of one lifecycle');
  for (const { calls, plans, executing, planning, pages, log, sql } of rows) {
    const each = [executing, planning, calls, plans, pages, log].map((n) => (n / lifecycles).toFixed(2)).join('  ');
    console.error(`${each}  ${sql.replace(/\s+/g, ' ').slice(0, 160)}`);
  }
}

async function startService(databaseUrl: string): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(
    process.execPath,
    [
      ...(process.env.BENCH_PROFILE ? ['--cpu-prof', '--cpu-prof-dir', process.env.BENCH_PROFILE] : []),
      '-r',
      resolve(__dirname, '../support/typescript.cjs'),
      __filename,
      'serve',
      databaseUrl,
    ],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const url = await new Promise<string>((done, failed) => {
    createInterface({ input: child.stdout! }).once('line', done);
    child.once('exit', () => failed(new Error('the service did not start')));
  });
  return { child, url };
}

async function main(): Promise<void> {
  const postgres = await startOwnPostgres(process.env.BENCH_STATEMENTS ? KEEPS_STATEMENTS : {});
  const seeding = await postgres.open(2);
  const storing = performance.now();
  await store(seeding);
  console.error(`bench: ${CASES} cases stored in ${Math.round((performance.now() - storing) / 1000)} s`);
  const [{ pid }] = (await seeding.query<{ pid: number }>(`SELECT pg_backend_pid() AS pid`)) as [{ pid: number }];
  const postmaster = Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')[1]);
  const { child, url } = await startService(postgres.url);
  try {
    const who = { officer: await logIn(url, 'luwenjing'), lead: await logIn(url, 'pengruixue') };
    const warm = await run(url, await raise(seeding, WARM_UP_LIVES), PER_SECOND / 2, who);
    if (warm.wrong.length > 0) throw new Error(`the warm-up failed: ${warm.wrong.slice(0, 3).join('; ')}`);
    const ids = await raise(seeding, PER_SECOND * SECONDS);
    if (process.env.BENCH_STATEMENTS) await seeding.query(`CREATE EXTENSION IF NOT EXISTS pg_stat_statements`);
    if (process.env.BENCH_STATEMENTS) await seeding.query(`SELECT pg_stat_statements_reset()`);
    const [service, server, client] = [cpuSeconds(child.pid!), serverTicks(postmaster), process.cpuUsage()];
    const figures = await run(url, ids, PER_SECOND, who);
    const [serviceCpu, serverCpu] = [cpuSeconds(child.pid!) - service, serverSeconds(postmaster, server)];
    const { user, system } = process.cpuUsage(client);
    if (process.env.BENCH_STATEMENTS) await printStatements(seeding, figures.whole);
    const [kept] = await seeding.query<{ closed: number; untold: number }>(
      `SELECT (SELECT count(*)::int FROM workflow.case_file WHERE alert_id = ANY($1) AND state = 'closed') AS closed,
         (SELECT count(*)::int FROM workflow.outbox_unsent) AS untold`,
      [ids],
    );
    const perLifecycle = (seconds: number) => Math.round((seconds * 10_000) / figures.whole) / 10;
    const every = [...figures.took.values()].flat().sort((a, b) => a - b);
    const byStep = Object.fromEntries(
      [...figures.took].map(([step, took]) => [
        step,
        percentile(
          [...took].sort((a, b) => a - b),
          0.95,
        ),
      ]),
    );
    const result = {
      bench: 'lifecycle',
      storedCases: CASES,
      offeredPerSecond: PER_SECOND,
      lifecycles: ids.length,
      whole: figures.whole,
      dropped: ids.length - figures.whole,
      perSecond: Math.round((figures.whole / figures.seconds) * 10) / 10,
      requests: every.length,
      p50Ms: percentile(every, 0.5),
      p95Ms: percentile(every, 0.95),
      p99Ms: percentile(every, 0.99),
      p95MsByStep: byStep,
      closedInTheTables: kept!.closed,
      notYetTold: kept!.untold,
      cpuMsPerLifecycle: {
        service: perLifecycle(serviceCpu),
        postgres: perLifecycle(serverCpu),
        client: perLifecycle((user + system) / 1e6),
      },
      wrong: figures.wrong.length,
      firstWrong: figures.wrong[0] ?? null,
    };
    console.log(JSON.stringify(result));
    process.exitCode = result.dropped === 0 && kept!.closed === ids.length ? 0 : 1;
  } finally {
    child.kill('SIGTERM');
    await seeding.close();
    await postgres.stop();
  }
  process.exit();
}

const failed = (error: Error): void => {
  console.error(error.stack);
  process.exit(1);
};
if (process.argv[2] === 'serve') serve(process.argv[3]!).catch(failed);
else main().catch(failed);
