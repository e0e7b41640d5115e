import type { ReportBlock, ReportTable, ReportView } from '@huiying/contracts/http';
import { changeText, localTimeText, MovableClock, onTimeRate, rateText, spanText, weekOf } from '@huiying/domain';
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
    await fillTheRest(database);
    reader = new ReportReader(database, new MovableClock(week.to), CityBook.read('config'));
    report = await reader.read(week);
  }, 180_000);
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

  it('counts returns, urges, and orders by the unit that has them', async () => {
    const city = CityBook.read('config');
    const events = (await rows<{ at: Date; action: string }>(`SELECT at, action FROM workflow.work_order_event`)).filter(({ at }) =>
      isIn(at),
    );
    const [returned, urged] = ['return', 'urge'].map((action) => events.filter((one) => one.action === action).length);
    expect(Math.min(returned!, urged!)).toBeGreaterThan(10);
    expect(returned).not.toBe(urged);
    expect(text(2)).toContain(`申请退单 ${returned} 件次，催办 ${urged} 件次`);
    const orders = await rows<{ at: Date; department: string }>(
      `SELECT received_at AS at, department_id AS department FROM workflow.work_order`,
    );
    const units = tally(
      orders.filter(({ at }) => isIn(at)),
      ({ department }) => city.departmentName(department),
    );
    expect(new Map(table('hotline-departments').map(([name, count]) => [name, Number(count)]))).toEqual(units);
  });

  it('tells of every case that was open what it was in the span, the gravest and loudest first', async () => {
    const city = CityBook.read('config');
    const cases = await rows<
      Record<'id' | 'title' | 'severity' | 'lead' | 'story', string> & { opened: Date; closed: Date | null; seen: Date }
    >(
      `SELECT case_id AS id, c.title, severity, lead_department_id AS lead, c.story_id AS story, opened_at AS opened, closed_at AS closed, s.first_seen_at AS seen
       FROM workflow.case_file c, workflow.story s WHERE s.story_id = c.story_id`,
    );
    const opinions = await rows<{ at: Date; story: string }>(`SELECT captured_at AS at, story_id AS story FROM workflow.opinion`);
    const words = await rows<{ id: string; at: Date; kind: string }>(
      `SELECT case_id AS id, published_at AS at, kind FROM workflow.evidence`,
    );
    const clocks = await rows<{ id: string; clock: string; due: Date; met: Date | null; cancelled: Date | null; name: string }>(
      `SELECT case_id AS id, deadline_id AS clock, due_at AS due, met_at AS met, cancelled_at AS cancelled, rule->>'name' AS name
       FROM workflow.deadline WHERE rule->>'milestone' = 'first-response'`,
    );
    const before = new Date(week.from.getTime() - 7 * 86_400_000);
    const counted = (story: string, from: Date, to: Date) =>
      opinions.filter((one) => one.story === story && one.at >= from && one.at < to).length;
    const wanted = cases
      .filter(({ opened, closed }) => opened < week.to && (closed === null || closed >= week.from))
      .map((one) => ({ ...one, now: counted(one.story, week.from, week.to), then: counted(one.story, before, week.from) }))
      .sort(
        (a, b) =>
          Number(a.severity > b.severity) - Number(a.severity < b.severity) ||
          b.now - a.now ||
          a.opened.getTime() - b.opened.getTime() ||
          (a.id < b.id ? -1 : 1),
      )
      .map((one, i) => {
        const word = words
          .filter(({ id, kind, at }) => id === one.id && kind !== 'reply' && at < week.to)
          .sort((a, b) => a.at.getTime() - b.at.getTime())[0];
        const clock = clocks
          .filter(({ id, cancelled }) => id === one.id && (cancelled === null || cancelled >= week.to))
          .sort((a, b) => a.due.getTime() - b.due.getTime() || (a.clock < b.clock ? -1 : 1))[0];
        const state = (met: Date | null, due: Date) =>
          met !== null && met < week.to ? (met <= due ? '按时' : '逾期') : due < week.to ? '已逾期' : '尚未到期';
        const said = word
          ? `${localTimeText(word.at)} 首次公开回应，距首次发现 ${spanText(word.at.getTime() - one.seen.getTime())}`
          : '尚未公开回应';
        return [
          `${i + 1}. ${one.title}（${one.severity}级）。${localTimeText(one.seen)} 首次发现，本期 ${one.now} 条，比上期${changeText(one.now, one.then)}，涉及信源 2 个。`,
          `牵头单位：${city.departmentName(one.lead)}。${said}`,
          clock ? `，${clock.name}时限 ${localTimeText(clock.due)}，${state(clock.met, clock.due)}。` : '。',
          one.closed !== null && one.closed < week.to ? `已于 ${localTimeText(one.closed)} 办结。` : '仍在办理。',
        ].join('');
      });
    const told = report.sections[1]!.blocks.map((one) => (one as { text: string }).text);
    expect(told.length).toBeGreaterThan(5);
    expect(told).toEqual(wanted.slice(0, told.length));
    expect(told.some((one) => one.includes('首次公开回应，距'))).toBe(true);
  });

  it('tells every time in which a source was not watched, with its hours', async () => {
    const all = await rows<{ source: string; from: Date; to: Date | null }>(
      `SELECT source_id AS source, from_at AS "from", to_at AS "to" FROM workflow.source_unseen`,
    );
    const now = all.filter(({ from, to }) => from < week.to && (to === null || to > week.from));
    // Minute by minute: an hour is unseen where half of its minutes or more are.
    const minutes = (source: string, hour: number) =>
      Array.from({ length: 60 }, (_, i) => hour + i * 60_000 + 30_000).filter((at) =>
        now.some((one) => one.source === source && at >= one.from.getTime() && at < (one.to?.getTime() ?? Infinity)),
      ).length;
    const hours = (source: string) =>
      Array.from({ length: 168 }, (_, i) => week.from.getTime() + i * 3_600_000).filter((hour) => minutes(source, hour) >= 30).length;
    const sources = [...new Set(now.map(({ source }) => source))];
    expect(sources.length).toBeGreaterThan(2);
    expect(new Map(table('unseen').map(([name, count]) => [name, Number(count)]))).toEqual(
      new Map(sources.map((one) => [one, hours(one)])),
    );
    for (const [name, , spans] of table('unseen'))
      expect(spans!.split('；')).toHaveLength(now.filter(({ source }) => source === name).length);
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
        ...[onTime + late + overdue, onTime, late, overdue, of.length - onTime - late - overdue].map(String),
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

  it('leads from each clock to what it is of', () => {
    const [links, coming] = ['overdue', 'coming'].map((key) =>
      blocks()
        .find((one): one is ReportTable => one.kind === 'table' && one.key === key)!
        .rows.map(({ cells, link }) => [cells[0], link] as const),
    );
    expect(links!.filter(([no]) => no === 'GD1' || no === '规1')).toEqual([
      ['GD1', '/orders/00000000-0000-4000-8000-000000000001'],
      ['规1', '/documents/00000000-0000-4000-8000-000000000002'],
    ]);
    expect([...links!, ...coming!].every(([, link]) => link !== null)).toBe(true);
  });

  it('is the same when it is counted again', async () => expect(JSON.stringify(await reader.read(week))).toBe(JSON.stringify(report)));
});

/** What a week has beside opinions, clocks and orders: steps of orders, public words on cases, times in which sources were not watched. */
async function fillTheRest(database: Database): Promise<void> {
  const spread = (salt: number) =>
    `timestamptz '2026-11-16 00:00+08' + make_interval(mins => ((hashint8extended(g, ${salt}) & 1048575) % 20160)::int - 10080)`;
  await database.query(
    `INSERT INTO workflow.work_order_event (order_no, seq, at, action, actor, state, text, detail)
     SELECT 'W' || g, 1, ${spread(1)}, CASE g % 5 WHEN 0 THEN 'return' WHEN 1 THEN 'urge' WHEN 2 THEN 'urge' ELSE 'sign' END, '何建国', 'handling', '', '{}'
     FROM generate_series(1, 500) g`,
  );
  await database.query(
    `INSERT INTO workflow.evidence (evidence_id, case_id, kind, published_at, note, registered_at, registered_by)
     SELECT md5('v' || g)::uuid, md5('c' || g)::uuid, CASE g % 4 WHEN 0 THEN 'reply' WHEN 1 THEN 'press-conference' ELSE 'statement' END, ${spread(2)}, '', ${spread(2)}, '值班员'
     FROM generate_series(1, 45) g`,
  );
  await database.query(
    `INSERT INTO workflow.source_unseen (source_id, from_at, to_at, cause)
     SELECT 's' || g % 6, ${spread(3)}, CASE WHEN g % 7 > 0 THEN ${spread(3)} + make_interval(mins => g * 13) END, 'unreachable' FROM generate_series(1, 24) g`,
  );
  await database.query(
    `INSERT INTO workflow.deadline (deadline_id, subject_kind, subject_id, department_id, rule, start_fact, start_at, stated_by, due_at, length_seconds, provisional,
       subject_no, subject_title, subject_severity)
     SELECT gen_random_uuid(), kind, id::uuid, 'health', jsonb_build_object('id', rule, 'name', '办结', 'document', '文号', 'milestone', 'finish'), 'dispatched',
       timestamptz '2026-11-08 09:00+08', '值班员', timestamptz '2026-11-09 09:00+08' + age, 86400, false, no, '事项', 'IV'
     FROM (VALUES ('order', '00000000-0000-4000-8000-000000000001', 'HL-09', 'GD1', interval '0'),
       ('document', '00000000-0000-4000-8000-000000000002', 'PI-09', '规1', interval '1 minute')) t(kind, id, rule, no, age)`,
  );
  // At the edges: over the beginning, up to it, over the end.
  await database.query(
    `INSERT INTO workflow.source_unseen (source_id, from_at, to_at, cause) VALUES
       ('s7', '2026-11-15 20:00+08', '2026-11-16 03:20+08', 'unreachable'),
       ('s8', '2026-11-15 20:00+08', '2026-11-16 00:00+08', 'unreachable'),
       ('s9', '2026-11-22 21:40+08', '2026-11-23 08:00+08', 'unreachable')`,
  );
}
