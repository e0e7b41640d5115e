import type { ReportBlock, ReportTable, ReportView } from '@huiying/contracts/http';
import { MovableClock, onTimeRate, rateText, weekOf } from '@huiying/domain';
import { Database } from '@huiying/persistence';
import { freshDatabase } from '../../../../test/support/database.js';
import { fillReportWeek } from '../../../../test/support/report-week.js';
import { CityBook } from '../city/index.js';
import { CHANNEL_NAMES } from '../opinions/index.js';
import { ReportReader } from './report-reader.js';

/** Every figure of a week counted anew, row by row and not by the statements that the report is made of. */
describe('the figures of a report, counted another way', () => {
  const week = weekOf('2026-11-16');
  let database: Database;
  let drop: () => Promise<void>;
  let report: ReportView;
  let reader: ReportReader;

  beforeAll(async () => {
    ({ database, drop } = await freshDatabase());
    await fillReportWeek(database, { opinions: 3_000, orders: 600, tasks: 300 });
    reader = new ReportReader(database, new MovableClock(week.to), CityBook.read('config'));
    report = await reader.read(week);
  }, 60_000);
  afterAll(() => drop());

  const rows = <T>(sql: string): Promise<T[]> => database.query(sql) as unknown as Promise<T[]>;
  const isIn = (at: Date | null) => at !== null && at >= week.from && at < week.to;
  const blocks = () => report.sections.flatMap((section) => section.blocks);
  const text = (index: number) => (report.sections[0]!.blocks[index] as { text: string }).text;
  const table = (key: string) =>
    blocks()
      .find((one): one is ReportTable => one.kind === 'table' && one.key === key)!
      .rows.map(({ cells }) => cells);
  const tally = <T>(list: readonly T[], key: (one: T) => string) => {
    const found = new Map<string, number>();
    for (const one of list) found.set(key(one), (found.get(key(one)) ?? 0) + 1);
    return found;
  };

  it('counts opinions, moods, channels, days and matters', async () => {
    const all = await rows<{ at: Date; channel: string; flagged: boolean; mood: string; topic: string }>(
      `SELECT captured_at AS at, channel, flagged, judgement #>> '{sentiment,label}' AS mood, topic_name AS topic
       FROM workflow.opinion`,
    );
    const now = all.filter(({ at }) => isIn(at));
    const flagged = now.filter((one) => one.flagged);
    expect(now.length).toBeGreaterThan(1_000);
    expect(text(0)).toContain(`采集信息 ${now.length} 条`);
    expect(text(0)).toContain(`政务舆情 ${flagged.length} 条`);
    expect(text(0)).toContain(`负面情绪 ${flagged.filter(({ mood }) => mood === 'negative').length} 条`);
    const channels = tally(now, ({ channel }) => CHANNEL_NAMES[channel]!);
    expect(new Map(table('channels').map(([name, count]) => [name, Number(count)]))).toEqual(channels);
    expect(table('channels').map(([name, , count]) => [name, Number(count)])).toEqual(
      table('channels').map(([name]) => [name, flagged.filter(({ channel }) => CHANNEL_NAMES[channel] === name).length]),
    );
    const days = blocks().find((one): one is Extract<ReportBlock, { kind: 'chart' }> => one.kind === 'chart')!;
    const local = (at: Date) => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(5, 10);
    expect(days.labels.map((label, i) => [label, days.series.map(({ values }) => values[i])])).toEqual(
      days.labels.map((label) => [
        label,
        [
          flagged.filter(({ at }) => local(at) === label).length,
          now.filter(({ at, channel }) => channel === 'hotline' && local(at) === label).length,
        ],
      ]),
    );
    const topics = tally(
      now.filter(({ channel }) => channel === 'hotline'),
      ({ topic }) => topic,
    );
    expect(table('hotline-topics')).toHaveLength(10);
    for (const [name, count] of table('hotline-topics')) expect([name, Number(count)]).toEqual([name, topics.get(name!)]);
    expect(Number(table('hotline-topics')[0]![1])).toBe(Math.max(...topics.values()));
  });

  it('counts alerts, cases and orders', async () => {
    const alerts = (
      await rows<{ at: Date; state: string; decided: Date }>(`SELECT raised_at AS at, state, decided_at AS decided FROM workflow.alert`)
    ).filter(({ at }) => isIn(at));
    const cases = await rows<{ opened: Date; closed: Date | null }>(
      `SELECT opened_at AS opened, closed_at AS closed FROM workflow.case_file`,
    );
    const falseAlarms = alerts.filter(({ state, decided }) => state === 'false-alarm' && decided < week.to);
    expect(text(1)).toContain(`发出预警 ${alerts.length} 条`);
    expect(text(1)).toContain(
      `误报 ${falseAlarms.length} 条；立舆情单 ${cases.filter(({ opened }) => isIn(opened)).length} 份，办结 ${cases.filter(({ closed }) => isIn(closed)).length} 份`,
    );
    const orders = await rows<{
      at: Date;
      closed: Date | null;
      region: string;
      visit: { result: string; satisfaction: string; exempt: boolean } | null;
    }>(`SELECT received_at AS at, closed_at AS closed, region, visit FROM workflow.work_order`);
    const received = orders.filter(({ at }) => isIn(at));
    const closed = orders.filter((one) => isIn(one.closed));
    const asked = closed.filter(({ visit }) => visit?.result === '接通' && !visit.exempt);
    const content = asked.filter(({ visit }) => visit!.satisfaction === '满意');
    const open = orders.filter((one) => one.at < week.to && (one.closed === null || one.closed >= week.to));
    expect(text(2)).toContain(`受理工单 ${received.length} 件`);
    expect(text(2)).toContain(`办结 ${closed.length} 件，期末在办 ${open.length} 件`);
    expect(text(2)).toContain(`有效回访 ${asked.length} 件，满意 ${content.length} 件`);
    expect(new Map(table('hotline-regions').map(([name, count]) => [name, Number(count)]))).toEqual(
      tally(received, ({ region }) => region),
    );
  });

  it('counts clocks by rule and department, and what is overdue', async () => {
    const city = CityBook.read('config');
    const all = await rows<{
      rule: string;
      kind: string;
      department: string;
      start: Date;
      due: Date;
      met: Date | null;
      cancelled: Date | null;
    }>(
      `SELECT rule->>'id' AS rule, rule->>'milestone' AS kind, department_id AS department, start_at AS start, due_at AS due, met_at AS met, cancelled_at AS cancelled FROM workflow.deadline`,
    );
    const standing = all.filter(
      ({ kind, start, cancelled }) =>
        !['reminder', 'window'].includes(kind) && start < week.to && (cancelled === null || cancelled >= week.to),
    );
    const met = ({ met: at }: { met: Date | null }) => at !== null && at < week.to;
    const cells = (of: typeof all) => {
      const onTime = of.filter((one) => met(one) && one.met! <= one.due).length;
      const late = of.filter((one) => met(one) && one.met! > one.due).length;
      const overdue = of.filter((one) => !met(one) && one.due < week.to).length;
      return [
        ...[of.length, onTime, late, overdue, of.length - onTime - late - overdue].map(String),
        rateText(onTimeRate({ onTime, late, overdue })),
      ];
    };
    const due = standing.filter((one) => isIn(one.due));
    expect(due.length).toBeGreaterThan(100);
    for (const [name, , ...rest] of table('clocks-by-rule'))
      expect(rest.slice(0, 6)).toEqual(cells(due.filter(({ rule }) => name!.includes(`（${rule}）`))));
    for (const [name, ...rest] of table('clocks-by-department'))
      expect(rest.slice(0, 6)).toEqual(cells(due.filter(({ department }) => city.departmentName(department) === name)));
    expect(table('overdue')).toHaveLength(Math.min(standing.filter((one) => !met(one) && one.due < week.to).length, 200));
    expect(table('coming')).toHaveLength(
      standing.filter((one) => !met(one) && one.due >= week.to && one.due < new Date(week.to.getTime() + 7 * 86_400_000)).length,
    );
  });

  it('is the same when it is counted again', async () => expect(JSON.stringify(await reader.read(week))).toBe(JSON.stringify(report)));
});
