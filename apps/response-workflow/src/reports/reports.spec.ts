import { randomUUID } from 'node:crypto';
import { strFromU8, unzipSync } from 'fflate';
import type { ReportBlock, ReportIssueLine, ReportIssueView, ReportTable, ReportView } from '@huiying/contracts/http';
import { onTimeRate, rateText, weekOf, type MovableClock } from '@huiying/domain';
import { SourceCoverage, type Database } from '@huiying/persistence';
import { classified, freshCity, type LoggedIn, type OpinionSketch, type WorkflowCity } from '../../../../test/support/workflow-city.js';
import { AlertRaiser } from '../alerting/index.js';

const HOUR = 3_600_000;
/** Monday 2026-11-16 to Sunday 2026-11-22. */
const WEEK = weekOf('2026-11-18');

interface Clock {
  rule: { id: string; milestone: string };
  due_at: Date;
  met_at: Date | null;
  cancelled_at: Date | null;
}

describe('a weekly report', () => {
  let city: WorkflowCity;
  let clock: MovableClock;
  let database: Database;
  let drop: () => Promise<void>;
  let officer: LoggedIn;

  const take = async (sketches: OpinionSketch[]): Promise<void> => {
    for (const sketch of sketches) await city.app.get(AlertRaiser, { strict: false }).take([classified(clock, sketch)]);
  };
  const report = async (query = `week=${WEEK.firstDay}`): Promise<ReportView> =>
    (await officer.get<ReportView>(`/api/reports?${query}`)).body;
  const blocks = (view: ReportView): ReportBlock[] => view.sections.flatMap((section) => section.blocks);
  const said = (view: ReportView): string => JSON.stringify(blocks(view));
  const table = (view: ReportView, key: string): string[][] =>
    blocks(view)
      .find((block): block is ReportTable => block.kind === 'table' && block.key === key)!
      .rows.map(({ cells }) => cells);

  beforeAll(async () => {
    ({ city, clock, drop, database } = await freshCity('2026-11-15T15:59:00Z', {}, { runsByItself: false }));
    officer = await city.logIn('luwenjing');
    // Sunday 23:59 is last week; a minute later is this one.
    await take([{ flagged: false }, { channel: 'hotline', sourceId: 'hotline', level: 'IV' }]);
    clock.advance({ minutes: 1 });
    const storyId = randomUUID();
    await take([
      { storyId, level: 'II', title: '化工园冒黄烟' },
      { storyId, level: 'II', title: '黄烟又来了', channel: 'weibo', sourceId: 'weibo' },
      { channel: 'hotline', sourceId: 'hotline', level: 'IV', title: '路灯不亮' },
      { flagged: false, channel: 'news', sourceId: 'daily' },
    ]);
    const [alert] = await database.query<{ alert_id: string }>(`SELECT alert_id FROM workflow.alert WHERE story_id = $1`, [storyId]);
    const confirmed = await officer.post(`/api/alerts/${alert!.alert_id}/confirm`, { severity: 'II', reason: '属实' });
    expect(confirmed.status).toBeLessThan(300);
    await new SourceCoverage(database).put([
      {
        data: { sourceId: 'weibo', from: new Date(clock.now().getTime() + 2 * HOUR).toISOString(), to: null, cause: 'certificate' },
      } as never,
    ]);
    clock.advance({ hours: 24 * 6 + 1 });
    await city.tick();
    officer = await city.logIn('luwenjing'); // a session ends in less than a week
  }, 180_000);
  afterAll(async () => {
    await city.stop();
    await drop();
  });

  it('says what week it is of, and that it has not ended', async () => {
    expect(await report()).toMatchObject({
      title: '望川市政务舆情周报',
      issue: '2026年第47期',
      firstDay: '2026-11-16',
      lastDay: '2026-11-22',
      isFinal: false,
      takenAt: clock.now().toISOString(),
    });
    expect((await report('from=2026-11-01&to=2026-11-22')).issue).toBeNull();
  });

  it('gives no figures of a week that has not begun, and says so', async () => {
    const view = await report('week=2026-11-23');
    expect(view).toMatchObject({ firstDay: '2026-11-23', isFinal: false, takenAt: clock.now().toISOString() });
    expect(view.sections.map(({ heading }) => heading)).toEqual(['本期尚未开始']);
    expect(said(view)).not.toMatch(/比上期|率|\d+ [条件个份]/);
  });

  it('tells how far it is while it counts, and then the same report', async () => {
    const answer = await fetch(`${city.url}/api/reports/steps?week=${WEEK.firstDay}`, { headers: { cookie: officer.cookie } });
    const lines = (await answer.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { done: number; of: number; report?: ReportView });
    const told = lines.slice(0, -1);
    expect(told.map(({ done }) => done)).toEqual(told.map((_, i) => i));
    expect(told.every(({ of }) => of === told.length)).toBe(true);
    expect(lines.at(-1)!.report).toEqual(await report());
    expect((await officer.get('/api/reports/steps?week=2026-02-30')).status).toBe(400);
  });

  it('counts what another way of counting gives', async () => {
    const view = await report();
    const opinions = await database.query<{ captured_at: Date; flagged: boolean; channel: string }>(
      `SELECT captured_at, flagged, channel FROM workflow.opinion`,
    );
    const inWeek = opinions.filter(({ captured_at }) => captured_at >= WEEK.from && captured_at < WEEK.to);
    expect(inWeek.length).toBe(4);
    expect(said(view)).toContain(`本期共采集信息 ${inWeek.length} 条，比上期同时段增加 4；`);
    expect(said(view)).toContain(`政务舆情 ${inWeek.filter(({ flagged }) => flagged).length} 条`);
    for (const [channel, word] of [
      ['hotline', '12345热线'],
      ['weibo', '微博'],
      ['news', '新闻'],
    ])
      expect(table(view, 'channels').find(([name]) => name === word)![1]).toBe(
        String(inWeek.filter((one) => one.channel === channel).length),
      );
  });

  it('counts clocks by what is kept of each, the overdue against the rate', async () => {
    const view = await report();
    const now = clock.now();
    const clocks = (await database.query<Clock>(`SELECT rule, due_at, met_at, cancelled_at FROM workflow.deadline`)).filter(
      ({ rule, due_at, cancelled_at }) =>
        due_at >= WEEK.from && due_at < WEEK.to && cancelled_at === null && !['reminder', 'window'].includes(rule.milestone),
    );
    expect(clocks.length).toBeGreaterThan(1);
    for (const id of new Set(clocks.map(({ rule }) => rule.id))) {
      const of = clocks.filter(({ rule }) => rule.id === id);
      const onTime = of.filter(({ met_at, due_at }) => met_at !== null && met_at <= due_at).length;
      const late = of.filter(({ met_at, due_at }) => met_at !== null && met_at > due_at).length;
      const overdue = of.filter(({ met_at, due_at }) => met_at === null && due_at < now).length;
      const row = table(view, 'clocks-by-rule').find(([name]) => name!.includes(`（${id}）`))!;
      expect(row.slice(2, 8)).toEqual(
        [onTime + late + overdue, onTime, late, overdue, of.length - onTime - late - overdue]
          .map(String)
          .concat(rateText(onTimeRate({ onTime, late, overdue }))),
      );
    }
    expect(table(view, 'overdue').some(([, title, rule]) => title === '化工园冒黄烟' && rule === '首次权威信息')).toBe(true);
    expect(said(view)).toContain('建议督办');
  });

  it('counts visits as the hotline’s indicators do: who was reached, was asked and is not exempt', async () => {
    const visits = [
      { result: '接通', satisfaction: '满意', exempt: false },
      { result: '接通', satisfaction: '不满意', exempt: false },
      { result: '接通', satisfaction: '不满意', exempt: true },
      { result: '接通', satisfaction: null, exempt: false },
      { result: '未接', satisfaction: null, exempt: false },
    ];
    for (const [n, visit] of visits.entries())
      await database.query(
        `INSERT INTO workflow.work_order (order_no, opinion_id, version, seq, changed_at, title, content, received_at, is_repeat, appeal, state,
           co_units, co_department_ids, extensions, returns, urges, reworks, closed_at, visit)
         VALUES ($1, $2, 1, 1, $3, '路灯', '不亮', $3, false, '{}', 'closed', '[]', '[]', 0, 0, 0, 0, $3, $4)`,
        [`V${n}`, randomUUID(), new Date(WEEK.from.getTime() + HOUR), JSON.stringify(visit)],
      );
    expect(said(await report())).toContain('有效回访 2 件，满意 1 件，满意率 50%');
  });

  it('tells of one case, its conclusion first and short, each sentence on something, the same when asked again', async () => {
    const [row] = await database.query<{ id: string; story: string }>(`SELECT case_id AS id, story_id AS story FROM workflow.case_file`);
    const view = await report(`case=${row!.id}`);
    expect(view).toMatchObject({ title: '望川市政务舆情专报', firstDay: '2026-11-16', issue: null });
    expect(view.sections.map(({ heading }) => heading)).toEqual([
      '核心结论',
      '一、起因经过与关键节点',
      '二、声量走势与传播',
      '三、各方观点',
      '四、处置与时限',
      '五、研判',
      '六、建议',
    ]);
    const [first] = blocks(view);
    expect(first).toMatchObject({
      kind: 'paragraph',
      text: expect.stringMatching(/^化工园冒黄烟（II级）于 2026-11-16 .*共 2 条信息，负面 2 条，涉及信源 2 个。/),
    });
    expect((first as { text: string }).text.length).toBeLessThanOrEqual(200);
    const seen = await database.query(`SELECT 1 FROM workflow.opinion WHERE story_id = $1`, [row!.story]);
    const sum = (key: string) => table(view, key).reduce((all, cells) => all + Number(cells[1]), 0);
    expect([sum('channels'), sum('sources')]).toEqual([seen.length, seen.length]);
    expect(table(view, 'clocks').some(([name, , , , state]) => name === '首次权威信息' && state!.startsWith('已逾期'))).toBe(true);
    for (const block of blocks(view)) if (block.kind === 'paragraph') expect(block.cites.length).toBeGreaterThan(0);
    expect((await report(`case=${row!.id}`)).sha256).toBe(view.sha256);
    expect((await officer.get(`/api/reports?case=${randomUUID()}`)).status).toBe(404);
  });

  it('scores every department by the clocks that fell due', async () => {
    const span = `from=${WEEK.firstDay}&to=${WEEK.lastDay}`;
    const card = (await officer.get<ReportView>(`/api/reports/scorecard?${span}`)).body;
    const weekly = table(await report(), 'clocks-by-department');
    const scores = table(card, 'scores');
    expect(scores.length).toBeGreaterThan(0);
    for (const [name, onTime] of scores) if (onTime !== '—') expect(weekly.find(([unit]) => unit === name)![6]).toBe(onTime);
    const sheet = await fetch(`${city.url}/api/reports/scorecard/report.xlsx?${span}`, { headers: { cookie: officer.cookie } });
    expect(sheet.status).toBe(200);
    const appendix = JSON.stringify(card.sections.find(({ heading }) => heading.startsWith('附录')));
    expect(appendix).toContain('时限按时率（权重 60）= 按时 ÷（按时 + 逾期办结 + 逾期未办结）');
    expect(appendix).toContain('得分 × 4 ÷ 100');
  });

  it('tells what was not watched', async () => {
    const [row] = table(await report(), 'unseen');
    expect(row).toEqual(['weibo', '143', '2026-11-16 02:00 至 现在', '证书问题']);
  });

  it('says nothing that stands on nothing', async () => {
    for (const block of blocks(await report())) if (block.kind === 'paragraph') expect(block.cites.length).toBeGreaterThan(0);
  });

  it('leads from each count to a list of as many rows', async () => {
    const [, alerts] = (await report()).sections[0]!.blocks as { text: string; cites: { text: string; link: string }[] }[];
    const counts = /发出预警 (\d+) 条.*误报 (\d+) 条；立舆情单 (\d+) 份，办结 (\d+) 份/.exec(alerts!.text)!.slice(1).map(Number);
    const totals = [];
    for (const { link } of alerts!.cites)
      totals.push((await officer.get<{ total: number }>(`/api${link}`.replace('&state=&', '&').replace(/&state=$/, ''))).body.total);
    expect(totals).toEqual(counts);
    expect(counts[0]).toBeGreaterThan(0);
    expect((await officer.get<{ total: number }>(`/api/cases?from=2026-11-09&to=2026-11-15`)).body.total).toBe(0);
  });

  it('gives the same bytes for the same data, as Word and as a workbook, and names itself', async () => {
    const get = async (kind: string) => {
      const answer = await fetch(`${city.url}/api/reports/report.${kind}?week=2026-11-18`, { headers: { cookie: officer.cookie } });
      expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent('望川市政务舆情周报2026年第47期'));
      return Buffer.from(await answer.arrayBuffer());
    };
    const [one, sheets] = [await get('docx'), await get('xlsx')];
    await new Promise((resolve) => setTimeout(resolve, 2_100)); // an archive's times go by two seconds
    expect((await get('docx')).equals(one)).toBe(true);
    expect((await get('xlsx')).equals(sheets)).toBe(true);
    expect((await report()).sha256).toBe((await report()).sha256);
    const text = strFromU8(unzipSync(one)['word/document.xml']!);
    for (const words of ['望川市政务舆情周报', '四、时限执行', '化工园冒黄烟', '内部资料 注意保存']) expect(text).toContain(words);
  });

  it('does not change afterwards by what happens afterwards', async () => {
    clock.set(new Date(WEEK.to.getTime() + HOUR));
    officer = await city.logIn('luwenjing');
    const before = await report();
    expect(before).toMatchObject({ isFinal: true, takenAt: WEEK.to.toISOString() });
    expect(said(before)).toContain('比上期增加 2（+100.0%）');
    clock.advance({ hours: 5 });
    officer = await city.logIn('luwenjing');
    await take([{ level: 'IV' }]);
    await database.query(`UPDATE workflow.deadline SET met_at = $1 WHERE met_at IS NULL`, [clock.now()]);
    expect((await report()).sha256).toBe(before.sha256);
  });

  describe('as an issue', () => {
    const act = (who: LoggedIn, id: string, step: string, body?: unknown) => {
      clock.advance({ minutes: 1 });
      return who.post<{ id: string }>(`/api/reports/issues/${id}/${step}`, body);
    };
    const issue = async (id: string): Promise<ReportIssueView> => (await officer.get<ReportIssueView>(`/api/reports/issues/${id}`)).body;
    const allowed = async (who: LoggedIn, id: string): Promise<string[]> =>
      (await who.get<ReportIssueView>(`/api/reports/issues/${id}`)).body.actions.filter((one) => one.allowed).map((one) => one.action);
    let leader: LoggedIn;
    let id: string;

    beforeAll(async () => {
      leader = await city.logIn('yanshuhua');
    });

    it('is drafted once, of a week that has ended', async () => {
      expect(await officer.post('/api/reports/issues', { week: '2026-11-24' })).toMatchObject({
        status: 409,
        body: { code: 'report-span-not-over' },
      });
      const made = await officer.post<{ id: string }>('/api/reports/issues', { week: '2026-11-18' });
      expect(made.status).toBe(200);
      id = made.body.id;
      expect(await leader.post('/api/reports/issues', { week: '2026-11-20' })).toMatchObject({
        status: 409,
        body: { code: 'report-exists' },
      });
      expect((await issue(id)).report.sha256).toBe((await report()).sha256);
    });

    it('takes editors’ notes and keeps the figures; refuses a heading that is none', async () => {
      const heading = '六、研判与风险提示';
      expect((await act(officer, id, 'notes', { notes: [{ heading: '八、', text: '补充' }] })).status).toBe(400);
      expect((await act(officer, id, 'notes', { notes: [{ heading, text: '下周有寒潮，注意供热。' }] })).status).toBe(204);
      expect((await issue(id)).notes).toEqual([{ heading, text: '下周有寒潮，注意供热。' }]);
      const answer = await fetch(`${city.url}/api/reports/issues/${id}/report.docx`, { headers: { cookie: officer.cookie } });
      const text = strFromU8(unzipSync(Buffer.from(await answer.arrayBuffer()))['word/document.xml']!);
      expect(text).toContain('下周有寒潮');
    });

    it('is approved by a leader, not by who submitted it, and is told to the leaders once', async () => {
      expect(await allowed(officer, id)).toEqual(['edit', 'recount', 'submit', 'withdraw']);
      expect((await act(officer, id, 'submit')).status).toBe(204);
      expect((await act(officer, id, 'notes', { notes: [] })).status).toBe(409);
      expect((await act(officer, id, 'approve')).status).toBe(403);
      expect((await act(leader, id, 'return', { reason: '第二部分请补充处置情况' })).status).toBe(204);
      expect((await act(leader, id, 'submit')).status).toBe(204);
      expect((await act(leader, id, 'approve')).status).toBe(403);
      expect(await allowed(leader, id)).toEqual(['return']);
      expect((await act(leader, id, 'return', { reason: '改由值班员送审' })).status).toBe(204);
      expect((await act(officer, id, 'submit')).status).toBe(204);
      expect((await act(leader, id, 'approve')).status).toBe(204);
      expect(await issue(id)).toMatchObject({ state: 'approved', volume: 1, version: 1, decidedBy: '严淑华' });
      const notices = (await database.query<{ payload: string }>(`SELECT payload FROM workflow.outbox WHERE topic = 'notice.requested'`))
        .map(({ payload }) => (JSON.parse(payload) as { data: { title: string; fact: string; recipientId: string } }).data)
        .filter(({ title }) => title.startsWith('【报告待签】'));
      expect(new Set(notices.map(({ fact }) => fact)).size).toBe(3); // submitted three times
      expect(new Set(notices.map(({ fact, recipientId }) => `${fact} ${recipientId}`)).size).toBe(notices.length);
    });

    it('stays as it was frozen, and is corrected by a version that says what changed', async () => {
      const frozen = await issue(id);
      await database.query(`UPDATE workflow.opinion SET channel = 'wechat' WHERE channel = 'weibo'`);
      expect((await act(officer, id, 'recount')).status).toBe(409);
      expect((await issue(id)).sha256).toBe(frozen.sha256);
      const corrected = await act(leader, id, 'correct', { reason: '渠道归类有误' });
      const next = await issue(corrected.body.id);
      expect(next).toMatchObject({ version: 2, state: 'draft', change: '渠道归类有误', notes: frozen.notes });
      expect(next.changes).toContainEqual({
        heading: '一、本期概况',
        before: expect.stringContaining('微博 1 1'),
        after: expect.stringContaining('微信 1 1'),
      });
      expect((await act(leader, id, 'correct', { reason: '再改一次' })).status).toBe(409);
      await act(officer, next.id, 'submit');
      expect((await act(leader, next.id, 'approve')).status).toBe(204);
      expect([await issue(id), await issue(next.id)]).toMatchObject([
        { state: 'corrected', volume: 1 },
        { state: 'approved', volume: 1 },
      ]);
    });

    it('is withdrawn with a reason by a leader, and may be drafted anew', async () => {
      const [last] = (await officer.get<ReportIssueLine[]>('/api/reports/issues?week=2026-11-18')).body;
      expect((await act(officer, last!.id, 'withdraw', { reason: '发错范围' })).status).toBe(403);
      expect((await act(leader, last!.id, 'withdraw', { reason: '发错范围' })).status).toBe(204);
      const again = await officer.post<{ id: string }>('/api/reports/issues', { week: '2026-11-18' });
      expect(await issue(again.body.id)).toMatchObject({ version: 3, state: 'draft' });
      const audit = await database.query<{ action: string }>(
        `SELECT action FROM workflow.audit WHERE action LIKE 'report.%' ORDER BY audit_id`,
      );
      expect(audit.map(({ action }) => action)).toEqual(
        [
          'make',
          'edit',
          'submit',
          'return',
          'submit',
          'return',
          'submit',
          'approve',
          'correct',
          'submit',
          'approve',
          'withdraw',
          'make',
        ].map((a) => `report.${a}`),
      );
    });
  });

  it.each([
    ['week=yesterday', 'week'],
    ['week=2026-02-30', 'week'],
    ['from=2026-11-22&to=2026-11-16', 'from'],
  ])('refuses %s, naming the field', async (query, field) =>
    expect(await officer.get(`/api/reports?${query}`)).toMatchObject({ status: 400, body: { faults: [{ field }] } }),
  );

  it('is not for a department', async () => expect((await (await city.logIn(await someLead())).get('/api/reports')).status).toBe(403));

  async function someLead(): Promise<string> {
    const [row] = await database.query<{ username: string }>(`SELECT username FROM workflow.person WHERE role = 'department-lead' LIMIT 1`);
    return row!.username;
  }
});
