/**
 * The clocks' engine at a million armed clocks, as JSON: `node -r ./test/support/typescript.cjs test/bench/deadlines.bench.ts [CLOCKS]`.
 * The whole service runs in this process with its loops on, the auditor's too; PostgreSQL runs as in production beside it.
 */
import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createService, startPlatform } from '@huiying/platform';
import type { Database } from '@huiying/persistence';
import { readEnvironment, readRules, SystemClock } from '@huiying/settings';
import { stampedRule } from '@huiying/domain';
import { ResponseWorkflowModule } from '../../apps/response-workflow/src/response-workflow.module.js';
import { DEMO_ACCOUNTS } from '../../apps/standalone/src/demo-city/demo-city.js';
import { startOwnPostgres } from '../support/event-log/own-postgres.js';
import { serverSeconds, serverTicks } from './server-time.js';

const CLOCKS = Number(process.argv[2] ?? 1_000_000);
const CASES = 1_000;
const IDLE_SECONDS = 65; // one pass of the auditor among them
const DUE_PER_SECOND = 100;
const DUE_SECONDS = 20;
const MISSED = 20_000;
const OUTAGE_MINUTES = 30;
const CONFIG = resolve(__dirname, '../../config');

async function arm(database: Database): Promise<void> {
  const rule = JSON.stringify(stampedRule(readRules(CONFIG).find(({ id }) => id === 'OP-03')!));
  await database.query(
    `INSERT INTO workflow.alert (alert_id, story_id, opinion_id, state, title, summary, suggested_severity, departments, places, reason, raised_at)
     SELECT gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'confirmed', '青梧区某小区停水', '', 'IV', '[]', '{}', '', now()
     FROM generate_series(1, ${CASES})`,
  );
  await database.query(
    `INSERT INTO workflow.case_file (case_id, case_no, alert_id, story_id, title, state, severity, not_before, opened_at, opened_by)
     SELECT gen_random_uuid(), '望舆〔2026〕' || row_number() OVER () || '号', alert_id, story_id, title, 'handling', 'IV', now(), now(), '何静'
     FROM workflow.alert`,
  );
  await database.query(
    `INSERT INTO workflow.deadline (deadline_id, subject_kind, subject_id, case_id, rule, start_fact, start_at, stated_by, due_at,
       length_seconds, provisional, next_step_at)
     SELECT gen_random_uuid(), 'case', c.case_id, c.case_id, $1, 'detected', s.at, '系统', s.at + interval '48 hours', 172800, false,
       s.at + interval '24 hours'
     FROM workflow.case_file c, LATERAL (SELECT now() + (n * interval '31 seconds') AS at FROM generate_series(1, ${CLOCKS / CASES}) n) s`,
    [rule],
  );
  await database.query(
    `INSERT INTO workflow.deadline_step (deadline_id, percent, kind, scheduled_at)
     SELECT deadline_id, p.percent, p.kind, start_at + p.percent / 100.0 * interval '48 hours'
     FROM workflow.deadline, (VALUES (50, 'warn'), (80, 'warn'), (100, 'breach')) AS p(percent, kind)`,
  );
  await database.query(`VACUUM ANALYZE workflow.deadline`);
  await database.query(`VACUUM ANALYZE workflow.deadline_step`);
}

/** Makes the first step of `count` waiting clocks due from `from` on, `perSecond` of them in each second. */
async function makeDue(database: Database, count: number, from: Date, perSecond: number): Promise<void> {
  await database.query(
    `WITH taken AS (
       SELECT deadline_id, row_number() OVER () AS n FROM (
         SELECT d.deadline_id FROM workflow.deadline d WHERE next_step_at > now() + interval '12 hours' LIMIT $1) t),
     due AS (
       UPDATE workflow.deadline d SET next_step_at = $2::timestamptz + (n / $3::real) * interval '1 second'
       FROM taken t WHERE d.deadline_id = t.deadline_id RETURNING d.deadline_id, d.next_step_at)
     UPDATE workflow.deadline_step s SET scheduled_at = due.next_step_at FROM due WHERE s.deadline_id = due.deadline_id AND s.percent = 50`,
    [count, from, perSecond],
  );
}

async function waiting(database: Database): Promise<number> {
  const [row] = await database.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM workflow.deadline WHERE next_step_at <= now() + interval '5 minutes'`,
  );
  return row!.n;
}

/** How long after its time a step's commit was, in milliseconds, sorted. */
async function lateness(database: Database, since: Date): Promise<number[]> {
  const rows = await database.query<{ late: number }>(
    `SELECT extract(epoch FROM pg_xact_commit_timestamp(xmin) - scheduled_at)::float8 * 1000 AS late FROM workflow.deadline_step
     WHERE fired_at >= $1 ORDER BY 1`,
    [since],
  );
  return rows.map(({ late }) => Math.round(late));
}

function processSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

async function main(): Promise<void> {
  const postgres = await startOwnPostgres({ track_commit_timestamp: 'on' });
  const seeding = await postgres.open(2);
  const armStarted = performance.now();
  await arm(seeding);
  const armSeconds = (performance.now() - armStarted) / 1000;
  console.error(`bench: ${CLOCKS} clocks armed in ${armSeconds.toFixed(0)} s`);
  const environment = readEnvironment({ HUIYING_CONFIG: CONFIG, HUIYING_DATABASE_URL: postgres.url, HUIYING_LOG_LEVEL: 'error' });
  const platform = await startPlatform({
    environment,
    clock: new SystemClock(),
    databaseUrl: postgres.url,
    name: 'bench',
    schemas: ['workflow'],
  });
  const app = await createService(platform, [ResponseWorkflowModule.with({ accounts: DEMO_ACCOUNTS })]);
  await app.startAllMicroservices();
  await app.listen(0, '127.0.0.1');
  const [{ pid }] = (await seeding.query<{ pid: number }>(`SELECT pg_backend_pid() AS pid`)) as [{ pid: number }];
  const postmaster = Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')[1]);

  await pause(10_000); // what starting costs is over
  const [ours, servers, started] = [processSeconds(), serverTicks(postmaster), performance.now()];
  await pause(IDLE_SECONDS * 1000);
  const elapsed = (performance.now() - started) / 1000;
  const idle = { service: (processSeconds() - ours) / elapsed, postgres: serverSeconds(postmaster, servers) / elapsed };

  const from = new Date(Date.now() + 5_000);
  await makeDue(seeding, DUE_PER_SECOND * DUE_SECONDS, from, DUE_PER_SECOND);
  await pause(from.getTime() - Date.now() + DUE_SECONDS * 1000);
  while ((await waiting(seeding)) > 0) await pause(100);
  const late = await lateness(seeding, from);

  // 30 minutes of outage: steps of that time, all still to fire.
  await app.close();
  const back = new Date();
  await makeDue(seeding, MISSED, new Date(back.getTime() - OUTAGE_MINUTES * 60_000), MISSED / (OUTAGE_MINUTES * 60));
  const again = await createService(platform, [ResponseWorkflowModule.with({ accounts: DEMO_ACCOUNTS })]);
  const [cpuBefore, serverBefore, caughtFrom] = [processSeconds(), serverTicks(postmaster), performance.now()];
  await again.startAllMicroservices();
  await again.listen(0, '127.0.0.1');
  while ((await waiting(seeding)) > 0) await pause(50);
  const catchUpSeconds = (performance.now() - caughtFrom) / 1000;
  const [serviceCpu, serverCpu] = [processSeconds() - cpuBefore, serverSeconds(postmaster, serverBefore)];
  const [told] = await seeding.query<{ lines: number; events: number }>(
    `SELECT (SELECT count(*)::int FROM workflow.timeline WHERE kind = 'deadline.warned' AND at >= $1) AS lines,
       (SELECT count(DISTINCT event_id)::int FROM workflow.outbox WHERE topic = 'deadline.warned' AND occurred_at >= $1) AS events`,
    [back],
  );
  const result = {
    bench: 'deadlines',
    clocks: CLOCKS,
    idleCores: { service: round(idle.service), postgres: round(idle.postgres), both: round(idle.service + idle.postgres) },
    lateness: {
      steps: late.length,
      p50Ms: late[Math.floor(late.length / 2)],
      p99Ms: late[Math.floor(late.length * 0.99)],
      mostMs: late.at(-1),
    },
    outage: {
      missed: MISSED,
      seconds: round(catchUpSeconds),
      serviceCpuSeconds: round(serviceCpu),
      postgresCpuSeconds: round(serverCpu),
      timelineLines: told!.lines,
      events: told!.events,
    },
  };
  await again.close();
  await platform.stop();
  await seeding.close();
  await postgres.stop();
  console.log(JSON.stringify(result));
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

main().then(
  () => process.exit(0),
  (error: Error) => {
    console.error(error);
    process.exit(1);
  },
);
