import { randomUUID } from 'node:crypto';
import type { FigureCell, FiguresView, ReportTable, ReportView } from '@huiying/contracts/http';
import { weekOf, type ReportPeriod } from '@huiying/domain';
import { classified, freshCity, type LoggedIn, type OpinionSketch } from '../../../../test/support/workflow-city.js';
import { AlertRaiser } from '../alerting/index.js';

const LAST_WEEK = weekOf('2026-11-11');
const THIS_WEEK = weekOf('2026-11-18');

describe('departments compared', () => {
  let running: Awaited<ReturnType<typeof freshCity>>;
  let officer: LoggedIn;

  const take = (sketch: OpinionSketch) => running.city.app.get(AlertRaiser, { strict: false }).take([classified(running.clock, sketch)]);
  const figures = async (query: string): Promise<FiguresView> => (await officer.get<FiguresView>(`/api/figures?${query}`)).body;
  const cellOf = (view: FiguresView, department: string | null, span: number, measure: string): FigureCell =>
    view.rows.find(({ departmentId }) => departmentId === department)!.cells[span]![view.measures.findIndex(({ id }) => id === measure)]!;
  const query = (sql: string, ...parameters: unknown[]) => running.database.query<Record<string, never>>(sql, parameters);
  const order = (no: string, department: string | null, received: Date, closed: Date | null, visit: object | null) =>
    query(
      `INSERT INTO workflow.work_order (order_no, opinion_id, version, seq, changed_at, title, content, received_at, is_repeat, appeal, state,
         co_units, co_department_ids, extensions, returns, urges, reworks, closed_at, visit, department_id)
       VALUES ($1, $2, 1, 1, $3, '路灯', '不亮', $3, false, '{}', 'closed', '[]', '[]', 0, 0, 0, 0, $4, $5, $6)`,
      no,
      randomUUID(),
      received,
      closed,
      visit === null ? null : JSON.stringify(visit),
      department,
    );

  beforeAll(async () => {
    running = await freshCity('2026-11-09T00:00:00+08:00', {}, { runsByItself: false });
    const { clock } = running;
    officer = await running.city.logIn('luwenjing');
    // The first instant of last week, and the last of it: both are of it. One is nobody's.
    await take({ level: 'II', title: '化工园冒黄烟' });
    const [alert] = await query(`SELECT alert_id AS id FROM workflow.alert`);
    await officer.post(`/api/alerts/${alert!.id}/confirm`, { severity: 'II', reason: '属实' });
    const [caseFile] = await query(`SELECT case_id AS id FROM workflow.case_file`);
    const assigned = await officer.post(`/api/cases/${caseFile!.id}/tasks`, {
      tasks: [{ departmentId: 'emergency', role: 'lead', instruction: '核实' }],
    });
    expect(assigned.status).toBe(200);
    clock.set(new Date(LAST_WEEK.to.getTime() - 1));
    await take({ lead: 'education', level: 'IV' });
    await take({ lead: null, level: 'IV' });
    await take({ lead: 'education', level: 'IV', flagged: false });
    clock.set(THIS_WEEK.from);
    await take({ lead: 'education', level: 'IV' });
    const [reached, satisfied] = [{ result: '接通', exempt: false }, '满意'];
    await order('A1', 'water', LAST_WEEK.from, THIS_WEEK.from, { ...reached, satisfaction: satisfied });
    await order('A2', 'water', LAST_WEEK.from, THIS_WEEK.from, { ...reached, satisfaction: '不满意' });
    await order('A3', null, LAST_WEEK.from, null, null);
    clock.set(new Date(THIS_WEEK.from.getTime() + 3_600_000));
    officer = await running.city.logIn('luwenjing');
  }, 180_000);
  afterAll(async () => {
    await running.city.stop();
    await running.drop();
  });

  it('counts each department in each span, and the city with what is nobody’s', async () => {
    const view = await figures('from=2026-11-09&to=2026-11-16&step=week');
    expect(view.spans).toEqual([
      { firstDay: '2026-11-09', lastDay: '2026-11-15', isFinal: true },
      { firstDay: '2026-11-16', lastDay: '2026-11-22', isFinal: false },
    ]);
    const told = (department: string | null, measure: string) => [0, 1].map((span) => cellOf(view, department, span, measure).value);
    expect(view.rows[0]!.departmentName).toBe('全市');
    expect({ city: told(null, 'opinions'), education: told('education', 'opinions') }).toEqual({ city: [3, 1], education: [1, 1] });
    expect([told('emergency', 'cases'), told('emergency', 'tasks'), told('education', 'cases')]).toEqual([
      [1, 0],
      [1, 0],
      [0, 0],
    ]);
    expect([told(null, 'orders'), told('water', 'orders'), told('water', 'orders-closed')]).toEqual([
      [3, 0],
      [2, 0],
      [0, 2],
    ]);
    expect(cellOf(view, 'water', 1, 'satisfaction')).toEqual({ value: 0.5, part: 1, whole: 2 });
    expect(cellOf(view, 'water', 0, 'satisfaction')).toEqual({ value: null, part: 0, whole: 0 });
  });

  it('counts clocks as the week’s report does, by the sums of its table', async () => {
    const report = (await officer.get<ReportView>(`/api/reports?week=${LAST_WEEK.firstDay}`)).body;
    const table = report.sections
      .flatMap(({ blocks }) => blocks)
      .find((block): block is ReportTable => block.kind === 'table' && block.key === 'clocks-by-rule')!;
    const column = (name: string) => table.columns.findIndex((one) => one.name === name);
    const sum = (name: string) => table.rows.reduce((total, { cells }) => total + Number(cells[column(name)]), 0);
    const view = await figures('from=2026-11-09&to=2026-11-15&step=week');
    expect(cellOf(view, null, 0, 'clocks').value).toBe(sum('按时') + sum('逾期办结') + sum('逾期未办结'));
    expect(cellOf(view, null, 0, 'overdue').value).toBe(sum('逾期未办结'));
    expect(cellOf(view, null, 0, 'overdue').value).toBeGreaterThan(1);
  });

  it('counts what a plain walk over the clocks gives, for each department', async () => {
    const clocks = await query(`SELECT department_id, rule, start_at, due_at, met_at, cancelled_at FROM workflow.deadline`);
    const inSpan = ({ from, to }: ReportPeriod) =>
      (
        clocks as unknown as { department_id: string | null; rule: { milestone: string }; due_at: Date; cancelled_at: Date | null }[]
      ).filter(
        ({ rule, due_at, cancelled_at }) =>
          due_at >= from && due_at < to && cancelled_at === null && !['reminder', 'window', 'evaluation'].includes(rule.milestone),
      );
    const view = await figures('from=2026-11-09&to=2026-11-15');
    for (const department of ['emergency', 'education']) {
      const expected = inSpan(LAST_WEEK).filter(({ department_id }) => department_id === department).length;
      if (department === 'emergency') expect(expected).toBeGreaterThan(0);
      const row = view.rows.find(({ departmentId }) => departmentId === department)!;
      expect(row.cells[0]![view.measures.findIndex(({ id }) => id === 'clocks')]!.value).toBe(expected);
    }
  });

  it('stands one span beside the one before, or a year ago', async () => {
    const before = await figures('from=2026-11-16&to=2026-11-22&rival=previous');
    expect(before.spans.map(({ firstDay }) => firstDay)).toEqual(['2026-11-09', '2026-11-16']);
    expect(cellOf(before, null, 0, 'opinions').value).toBe(3);
    const year = await figures('from=2026-11-16&to=2026-11-22&rival=year-ago');
    expect([year.spans[0]!.firstDay, cellOf(year, null, 0, 'opinions').value]).toEqual(['2025-11-16', 0]);
  });

  it('gives all of it as CSV', async () => {
    const { body, headers } = await officer.get<string>('/api/figures?from=2026-11-09&to=2026-11-15&format=csv');
    expect(headers.get('content-type')).toContain('text/csv');
    expect(body).toMatch(/^\uFEFF?各单位统计\r\n/);
    expect(body).toContain('2026-11-09 至 2026-11-15,全市,政务舆情,3,,,');
    expect(body).not.toContain('期中数据');
  });

  it.each([
    ['from=2026-11-09', 'to'],
    ['from=2026-11-09&to=2026-11-08', 'to'],
    ['from=2026-11-31&to=2026-12-08', 'from'],
    ['from=2020-01-01&to=2026-11-08&step=day', 'to'],
    ['from=2026-11-09&to=2026-11-15&step=hour', 'step'],
  ])('names what is wrong with %s', async (asked, field) => {
    const { status, body } = await officer.get<{ faults: { field: string }[] }>(`/api/figures?${asked}`);
    expect([status, body.faults[0]!.field]).toEqual([400, field]);
  });

  it('is not for department leads', async () => {
    const lead = await running.city.logIn('fanlixin');
    expect((await lead.get('/api/figures?from=2026-11-09&to=2026-11-15')).status).toBe(403);
  });
});
