import type { ReportBlock, ReportTable } from '@huiying/contracts/http';
import { NO_CLOCKS, weekOf, type ClockCounts } from '@huiying/domain';
import type { ClockCountRow, ClockList } from '@huiying/persistence';
import type { ReportData } from './report-data.js';
import { sectionsOf } from './sections.js';

const period = weekOf('2026-11-25');
const NONE = { opinions: 0, flagged: 0, negative: 0, alerts: 0, falseAlarms: 0, casesOpened: 0, casesClosed: 0 };
const NO_ORDERS = { received: 0, closed: 0, open: 0, returned: 0, urged: 0, visited: 0, satisfied: 0 };
const data = (over: Partial<ReportData> = {}): ReportData => ({
  period,
  asOf: period.to,
  isFinal: true,
  overview: { now: NONE, then: NONE },
  channels: { now: [], then: [] },
  days: [],
  orders: { now: NO_ORDERS, then: NO_ORDERS },
  hotlineTopics: [],
  regions: [],
  orderDepartments: [],
  stories: [],
  clocks: [],
  overdue: [],
  coming: [],
  unseen: [],
  sourceName: (id) => id,
  departmentName: (id) => `${id}局`,
  ...over,
});
const blocksOf = (over: Partial<ReportData>): ReportBlock[] => sectionsOf(data(over), 'weekly').flatMap(({ blocks }) => blocks);
const said = (over: Partial<ReportData>): string =>
  blocksOf(over)
    .flatMap((one) => (one.kind === 'paragraph' ? [one.text] : []))
    .join('\n');
const table = (key: string, over: Partial<ReportData>): ReportTable =>
  blocksOf(over).find((one): one is ReportTable => one.kind === 'table' && one.key === key)!;
const clocks = (counts: Partial<ClockCounts>, ruleId = 'OP-01'): ClockCountRow[] => [
  { ...NO_CLOCKS, ...counts, ruleId, ruleName: '首次回应', citation: '文号', departmentId: 'housing', lists: ['cases'] },
];

describe('what has come due', () => {
  it.each<[string, Partial<ClockCounts>, string]>([
    [
      'with some to come',
      { onTime: 49, late: 15, overdue: 22, running: 5 },
      '到期时限 86 个：按时 49 个，逾期办结 15 个，逾期未办结 22 个，按时率 56.9%；另有 5 个未到期。',
    ],
    ['with none to come', { onTime: 1, late: 1 }, '到期时限 2 个：按时 1 个，逾期办结 1 个，逾期未办结 0 个，按时率 50%。'],
    ['with nothing but to come', { running: 5 }, '到期时限 0 个：按时 0 个，逾期办结 0 个，逾期未办结 0 个，按时率 —；另有 5 个未到期。'],
  ])('is the sum of what is told of it, %s', (_, counts, text) => {
    expect(said({ clocks: clocks(counts) })).toContain(text);
    const cells = table('clocks-by-department', { clocks: clocks(counts) })
      .rows[0]!.cells.slice(1, 6)
      .map(Number);
    expect(cells).toEqual([
      cells[1]! + cells[2]! + cells[3]!,
      counts.onTime ?? 0,
      counts.late ?? 0,
      counts.overdue ?? 0,
      counts.running ?? 0,
    ]);
  });

  it.each<[Partial<ClockCounts>, string]>([
    [
      { onTime: 2, overdue: 1, running: 4 },
      '本期应解读 3 件：按时解读 2 件，逾期解读 0 件，逾期未解读 1 件，按时率 66.6%；另有 4 件未到期。',
    ],
    [{ running: 4 }, '本期没有到期的政策解读；另有 4 件未到期。'],
    [{}, '本期没有到期的政策解读。'],
  ])('of interpretations %j', (counts, text) => expect(said({ clocks: clocks(counts, 'PI-01') })).toContain(text));
});

describe('what a report is told against', () => {
  const stories = [
    {
      caseId: 'c',
      caseNo: '1号',
      title: '黄烟',
      severity: 'II',
      state: 'handling',
      leadDepartmentId: null,
      openedAt: period.from,
      closedAt: null,
      opinionsNow: 3,
      opinionsThen: 2,
      sources: [],
      firstSeenAt: period.from,
      firstWordAt: null,
      firstWordUrl: null,
      answerRule: null,
      answerDueAt: null,
      answerMetAt: null,
    },
  ];
  const full = {
    stories,
    overview: { now: { ...NONE, opinions: 4 }, then: { ...NONE, opinions: 2 } },
    channels: { now: [{ channel: 'weibo', opinions: 1, flagged: 1 }], then: [] },
    hotlineTopics: [{ code: 't', name: '供暖', now: 20, then: 5 }],
  };
  const words = (isFinal: boolean) =>
    JSON.stringify(blocksOf({ ...full, isFinal }).filter((one) => !JSON.stringify(one).includes('统计周期')));

  it('is the whole span before, once this one is over', () => expect(words(true)).not.toContain('同时段'));

  it('is the same stretch of it before that, wherever it is named', () => {
    expect(words(false).match(/上期/g)!.length).toBe(words(true).match(/上期/g)!.length);
    expect(words(false)).not.toMatch(/上期(?!同时段)/);
  });
});

describe('where figures lead', () => {
  const span = 'from=2026-11-23&to=2026-11-29';
  const linksOf = (key: string, over: Partial<ReportData>) => table(key, over).rows.map(({ link }) => link);

  it('leads from a unit of the hotline to its orders, and from what no list can be narrowed to nowhere', () => {
    const rows = [
      { name: 'housing', orders: 3 },
      { name: '', orders: 2 },
    ];
    expect(linksOf('hotline-departments', { orderDepartments: rows })).toEqual([`/orders?${span}&shown=all&department=housing`, null]);
    expect(linksOf('hotline-regions', { regions: [{ name: '江东区', orders: 3 }] })).toEqual([null]);
  });

  it.each<[string, string | null, ClockList[][], (string | null)[]]>([
    ['cases alone', 'housing', [['cases']], [`/cases?${span}&state=&by=open&department=housing`]],
    ['orders alone', 'housing', [['orders']], ['/orders?shown=all&department=housing']],
    [
      'both, in whatever order',
      'housing',
      [['orders'], ['cases', 'orders']],
      [`/cases?${span}&state=&by=open&department=housing`, '/orders?shown=all&department=housing'],
    ],
    ['documents alone', 'housing', [['documents']], ['/documents?shown=all&department=housing']],
    ['cases of no unit', null, [['cases']], [`/cases?${span}&state=&by=open`]],
  ])('leads from a unit with clocks of %s to them', (_, departmentId, lists, wanted) => {
    const rows = lists.flatMap((one) => clocks({ overdue: 1 }).map((row) => ({ ...row, departmentId, lists: one })));
    const [row] = table('clocks-by-department', { clocks: rows }).rows;
    expect([row!.link, ...(row!.more ?? []).map(({ link }) => link)]).toEqual(wanted);
  });
});
