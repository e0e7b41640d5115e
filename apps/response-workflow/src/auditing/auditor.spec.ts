import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AuditorView } from '@huiying/contracts/http';
import type { MovableClock } from '@huiying/domain';
import { isPipelineIdle, Deadlines, type Database } from '@huiying/persistence';
import { eventually, classified, freshCity, type WorkflowCity } from '../../../../test/support/workflow-city.js';
import { PeopleDesk } from '../accounts/index.js';
import { AlertRaiser } from '../alerting/index.js';
import { CaseDesk } from '../cases/index.js';
import { Auditor, AuditorLoop } from './index.js';

describe('the auditor', () => {
  let city: WorkflowCity;
  let clock: MovableClock;
  let database: Database;
  let drop: () => Promise<void>;
  let caseId: string;
  let server: Server;
  let heartbeats = 0;
  let loop: AuditorLoop;

  beforeAll(async () => {
    server = createServer((_request, response) => {
      heartbeats += 1;
      response.end('ok');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/beat`;
    ({ city, clock, database, drop } = await freshCity('2026-11-18T01:00:00Z', { HUIYING_HEARTBEAT_URL: url }, { runsByItself: false }));
    await city.app.get(AlertRaiser, { strict: false }).take([classified(clock, { level: 'II' })]);
    const [alert] = await database.query<{ id: string }>(`SELECT alert_id AS id FROM workflow.alert`);
    const actor = await city.app.get(PeopleDesk, { strict: false }).actor('luwenjing', 'spec');
    ({ caseId } = await city.app.get(CaseDesk, { strict: false }).confirm(alert!.id, { severity: 'II', reason: '确认' }, actor));
    const { environment } = city.platform;
    loop = new AuditorLoop(city.app.get(Auditor, { strict: false }), environment);
  });
  afterAll(async () => {
    server.close();
    await city.stop();
    await drop();
  });

  const pass = async () => (await city.app.get(Auditor, { strict: false }).pass())!;
  const clockOf = async (rule: string) =>
    (await new Deadlines(database).ofCases([caseId])).find(({ deadline }) => deadline.rule.id === rule)!.deadline;
  const told = () =>
    database
      .query<{ n: number }>(`SELECT count(*)::int AS n FROM workflow.outbox WHERE topic IN ('deadline.warned', 'deadline.breached')`)
      .then(([row]) => row!.n);

  it('finds nothing where all is as it should be, and then the heartbeat goes out', async () => {
    await loop.round();
    expect(heartbeats).toBe(1);
    expect(await pass()).toEqual({ isClean: true, findings: [] });
  });

  it('fires what a dead engine did not, in order and once, reports it, and sends no heartbeat', async () => {
    clock.advance({ hours: 5, minutes: 2 }); // OP-01 and the analysis (OP-14): 50 %, 80 % and the breach are due; OP-02 none
    const before = heartbeats;
    await loop.round();
    expect(heartbeats).toBe(before);
    const steps = (await clockOf('OP-01')).steps;
    expect(steps.map(({ firedAt }) => firedAt)).toEqual([clock.now(), clock.now(), clock.now()]);
    expect(await told()).toBe(6);
    // What the late breaches began to climb is the escalation engine's to make up for.
    await eventually(() => isPipelineIdle(database), 'what follows');
    await city.climb();
    expect(await pass()).toEqual({ isClean: true, findings: [] });
    const kinds = await database.query<{ kind: string; text: string }>(`SELECT kind, text FROM workflow.auditor_finding`);
    expect(kinds).toContainEqual({ kind: 'step-missing', text: '首次权威信息的50%一步应于 2026-11-18 11:30 触发而未触发，已补发' });
    expect(kinds.filter(({ kind }) => kind === 'step-missing')).toHaveLength(2);
    await loop.round();
    expect(heartbeats).toBe(before + 1);
    expect(await told()).toBe(6);
  });

  it('fires a step whose wake-up was lost, which the engine alone would never see again', async () => {
    await database.query(`UPDATE workflow.deadline SET next_step_at = NULL WHERE rule->>'id' = 'OP-02'`);
    clock.advance({ hours: 8 }); // 13 h: OP-02's 50 %
    await city.tick();
    await city.climb();
    expect((await clockOf('OP-02')).steps[0]!.firedAt).toBeNull();
    expect((await pass()).findings.map(({ kind }) => kind)).toEqual(['step-missing']);
    expect((await clockOf('OP-02')).steps[0]!.firedAt).toEqual(clock.now());
    expect((await pass()).isClean).toBe(true);
  });

  it('gives the engine a minute before it calls a step missed', async () => {
    const [step] = (await clockOf('OP-02')).steps.filter(({ firedAt }) => firedAt === null);
    clock.set(new Date(step!.at.getTime() + 59_000));
    expect((await pass()).isClean).toBe(true);
    clock.advance({ seconds: 2 });
    expect((await pass()).isClean).toBe(false);
  });

  it('puts right a due instant and a step that are not as the facts have them', async () => {
    const right = await clockOf('OP-02');
    await database.query(`UPDATE workflow.deadline SET due_at = due_at + interval '1 day' WHERE deadline_id = $1`, [right.id]);
    await database.query(`DELETE FROM workflow.deadline_step WHERE deadline_id = $1 AND percent = 100`, [right.id]);
    const { findings } = await pass();
    expect(findings.map(({ kind }) => kind)).toEqual(['clock-wrong']);
    expect(findings[0]!.text).toContain('到期应为 2026-11-19 09:00，记为 2026-11-20 09:00');
    expect(await clockOf('OP-02')).toMatchObject({ dueAt: right.dueAt, steps: [{}, {}, { percent: 100, at: right.dueAt }] });
    expect((await pass()).isClean).toBe(true);
  });

  it('stamps a case that lost its clocks, by its severity and first sight', async () => {
    await database.query(
      `DELETE FROM workflow.deadline_step WHERE deadline_id IN (SELECT deadline_id FROM workflow.deadline WHERE rule->>'id' = 'OP-01')`,
    );
    await database.query(`DELETE FROM workflow.deadline WHERE rule->>'id' = 'OP-01'`);
    const { findings } = await pass();
    expect(findings.map(({ kind }) => kind).sort()).toEqual(['clock-missing', 'step-missing']);
    expect(await clockOf('OP-01')).toMatchObject({ dueAt: new Date('2026-11-18T06:00:00Z'), start: { fact: 'detected' } });
    expect((await pass()).isClean).toBe(true);
  });

  it('tells of events and notices that do not get out', async () => {
    const [event] = await database.query<{ position: string }>(`SELECT position FROM workflow.outbox LIMIT 1`);
    await database.query(`INSERT INTO workflow.outbox_unsent (position) VALUES ($1) ON CONFLICT DO NOTHING`, [event!.position]);
    const { findings } = await pass();
    expect(findings).toEqual([{ kind: 'outbox-stuck', subject: 'outbox', text: expect.stringContaining('1 个事件'), repaired: false }]);
  });

  it('passes once where two try', async () => {
    const auditor = city.app.get(Auditor, { strict: false });
    const passes = await Promise.all([auditor.pass(), auditor.pass(), auditor.pass()]);
    expect(passes.some((one) => one === null)).toBe(true);
  });

  it('shows on request when it passed and what it found', async () => {
    const { body } = await (await city.logIn('linkaiwen')).get<AuditorView>('/api/auditor');
    expect(body.passedAt).toBe(clock.now().toISOString());
    expect(body.findings.length).toBeGreaterThan(3);
  });
});
