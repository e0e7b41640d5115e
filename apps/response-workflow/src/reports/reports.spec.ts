import { randomUUID } from 'node:crypto';
import { strFromU8, unzipSync } from 'fflate';
import type { ReportBlock, ReportTable, ReportView } from '@huiying/contracts/http';
import { onTimeRate, rateText, weekOf, type MovableClock } from '@huiying/domain';
import { SourceCoverage, type Database } from '@huiying/persistence';
import { classified, freshCity, type LoggedIn, type OpinionSketch, type WorkflowCity } from '../../../../test/support/workflow-city.js';
import { AlertRaiser } from '../alerting/index.js';
import { DeadlineEngine } from '../deadlines/index.js';

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
    while ((await city.app.get(DeadlineEngine, { strict: false }).tick()) > 0);
    officer = await city.logIn('luwenjing'); // a session ends in less than a week
  }, 60_000);
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

  it('counts what another way of counting gives', async () => {
    const view = await report();
    const opinions = await database.query<{ captured_at: Date; flagged: boolean; channel: string }>(
      `SELECT captured_at, flagged, channel FROM workflow.opinion`,
    );
    const inWeek = opinions.filter(({ captured_at }) => captured_at >= WEEK.from && captured_at < WEEK.to);
    expect(inWeek.length).toBe(4);
    expect(said(view)).toContain(`本期共采集信息 ${inWeek.length} 条，比上期增加 2（+100.0%）`);
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
        [of.length, onTime, late, overdue, of.length - onTime - late - overdue]
          .map(String)
          .concat(rateText(onTimeRate({ onTime, late, overdue }))),
      );
    }
    expect(table(view, 'overdue').some(([, title, rule]) => title === '化工园冒黄烟' && rule === '首次权威信息')).toBe(true);
    expect(said(view)).toContain('建议督办');
  });

  it('tells what was not watched', async () => {
    const [row] = table(await report(), 'unseen');
    expect(row).toEqual(['weibo', '143', '2026-11-16 02:00 至 现在', '证书问题']);
  });

  it('says nothing that stands on nothing', async () => {
    for (const block of blocks(await report())) if (block.kind === 'paragraph') expect(block.cites.length).toBeGreaterThan(0);
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
    clock.advance({ hours: 5 });
    officer = await city.logIn('luwenjing');
    await take([{ level: 'IV' }]);
    await database.query(`UPDATE workflow.deadline SET met_at = $1 WHERE met_at IS NULL`, [clock.now()]);
    expect((await report()).sha256).toBe(before.sha256);
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
