import type { ChangeOutcome, DeadlineWhy, Problem, RulesPreview, RulesView } from '@huiying/contracts/http';
import type { MovableClock } from '@huiying/domain';
import { AuditTrail, Deadlines, type Database } from '@huiying/persistence';
import { classified, freshCity, type LoggedIn, type WorkflowCity } from '../../../../test/support/workflow-city.js';
import { PeopleDesk } from '../accounts/index.js';
import { AlertRaiser } from '../alerting/index.js';
import { CaseDesk } from '../cases/index.js';
import { previewText } from './rules.command.js';

const STRICTER = 'rules:\n  - id: OP-01\n    version: 望川2026-2\n    length: 3\n';

describe('the deadline rules on the console', () => {
  let city: WorkflowCity;
  let clock: MovableClock;
  let database: Database;
  let drop: () => Promise<void>;
  let administrator: LoggedIn;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    ({ city, clock, database, drop } = await freshCity('2026-11-18T01:00:00Z', {}, { runsByItself: false }));
    await city.app.get(AlertRaiser, { strict: false }).take([classified(clock, { level: 'II' })]);
    const [alert] = await database.query<{ id: string }>(`SELECT alert_id AS id FROM workflow.alert`);
    const actor = await city.app.get(PeopleDesk, { strict: false }).actor('luwenjing', 'spec');
    const { caseId } = await city.app.get(CaseDesk, { strict: false }).confirm(alert!.id, { severity: 'II', reason: '确认' }, actor);
    for (const { deadline } of await new Deadlines(database).ofCases([caseId])) ids[deadline.rule.id] = deadline.id;
    administrator = await city.logIn('linkaiwen');
  });
  afterAll(async () => {
    await city.stop();
    await drop();
  });

  const dueAt = async (rule: string) => (await administrator.get<DeadlineWhy>(`/api/deadlines/${ids[rule]}/why`)).body.deadline.dueAt;
  const preview = async (yaml: string | null) => (await administrator.post<RulesPreview>('/api/rules/preview', { yaml })).body;

  it('show each rule with its source, how sure it is, and the clocks it has open', async () => {
    const { body } = await administrator.get<RulesView>('/api/rules');
    const rule = body.rules.find(({ id }) => id === 'OP-01')!;
    expect(rule).toMatchObject({
      length: '5小时',
      startsFrom: '事件发生、首次发现，取早者',
      warnings: ['已过 50%', '已过 80%'],
      openClockCount: 1,
      isInForce: true,
    });
    expect(body.rules.filter(({ id }) => id === 'PI-01').map(({ isInForce }) => isInForce)).toEqual([false, true]);
    expect(body.rules.find(({ id }) => id === 'HL-06b1')).toMatchObject({ isAdopted: false });
    expect(body.standards.find(({ id }) => id === 'PI-02')).toMatchObject({ measure: '缺方案不得签发' });
    expect(body).toMatchObject({ supplement: null, outdatedClockCount: 0 });
  });

  it('tell a fault with its line and field, and then let nothing be confirmed', async () => {
    const yaml = 'rules:\n  - id: OP-01\n    version: c1\n    length: 6\n';
    expect((await preview(yaml)).faults).toEqual([expect.stringMatching(/^line 4: rules\.0\.length: loosens rule OP-01 .*放宽了/)]);
    const { basis } = await preview(STRICTER);
    expect((await administrator.post<Problem>('/api/rules', { yaml, moveClocks: true, basis })).status).toBe(400);
    expect((await preview('rules: [')).faults[0]).toMatch(/^line \d/);
  });

  it('show in a dry run which open clocks would move, and move none', async () => {
    const dry = await preview(STRICTER);
    expect(dry.changes).toEqual([
      { ruleId: 'OP-01', name: '首次权威信息', before: expect.stringContaining('5小时'), after: expect.stringContaining('3小时') },
    ]);
    expect(dry.clocks).toMatchObject([
      { deadlineId: ids['OP-01'], before: { dueAt: '2026-11-18T06:00:00.000Z' }, after: { dueAt: '2026-11-18T04:00:00.000Z' } },
    ]);
    expect(await dueAt('OP-01')).toBe('2026-11-18T06:00:00.000Z');
  });

  it('print the same dry run on the shell', async () => {
    expect(previewText(await preview(STRICTER)).split('\n')).toEqual([
      '规则变动：',
      expect.stringContaining('  OP-01 首次权威信息：5小时'),
      '会移动 1 个在办时限（已完成、已取消的不变）：',
      expect.stringMatching(/^ {2}望舆〔2026〕1号 首次权威信息：2026-11-18 14:00 5小时（2026-1） → 2026-11-18 12:00 3小时（望川2026-2）$/),
    ]);
    expect(previewText(await preview('rules: ['))).toMatch(/^规则有误：\n {2}line \d/);
  });

  it('leave open clocks alone where that is confirmed, and count them as outdated', async () => {
    const { basis } = await preview(STRICTER);
    expect((await administrator.post<ChangeOutcome>('/api/rules', { yaml: STRICTER, moveClocks: false, basis })).body).toEqual({
      movedCount: 0,
    });
    expect(await dueAt('OP-01')).toBe('2026-11-18T06:00:00.000Z');
    expect((await administrator.get<RulesView>('/api/rules')).body).toMatchObject({
      outdatedClockCount: 1,
      supplement: { yaml: STRICTER },
    });
    expect((await administrator.post<Problem>('/api/rules', { yaml: STRICTER, moveClocks: true, basis })).body.code).toBe('rules-changed');
  });

  it('refuse an edit under a version that was entered before', async () => {
    expect((await preview(STRICTER.replace('length: 3', 'length: 2'))).faults).toEqual([expect.stringContaining('needs a new version')]);
  });

  it('move them later all the same, and tell of it', async () => {
    const { basis, clockCount } = await preview(null);
    expect(clockCount).toBe(1);
    expect((await administrator.post<ChangeOutcome>('/api/rules', { yaml: null, moveClocks: true, basis })).body).toEqual({
      movedCount: 1,
    });
    expect(await dueAt('OP-01')).toBe('2026-11-18T04:00:00.000Z');
    expect(await dueAt('OP-02')).toBe('2026-11-19T01:00:00.000Z');
    const told = await database.query<{ text: string }>(`SELECT text FROM workflow.timeline WHERE kind = 'deadline.moved'`);
    expect(told).toEqual([{ text: '时限规则调整：首次权威信息由 2026-11-18 14:00 改为 2026-11-18 12:00 到期' }]);
    expect((await new AuditTrail(database).of('rules:city')).map(({ detail }) => detail!['movedCount'])).toEqual([0, 1]);
  });

  it('are looked at by the desk and changed by administrators only', async () => {
    const desk = await city.logIn('luwenjing');
    expect((await desk.get('/api/rules')).status).toBe(200);
    expect((await desk.post('/api/rules/preview', { yaml: null })).status).toBe(403);
    expect((await desk.post('/api/rules', { yaml: null, moveClocks: true, basis: '' })).status).toBe(403);
  });
});
