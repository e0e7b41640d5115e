import { SOURCE_CAUSE_WORDS, type ReportBlock, type ReportCite, type ReportSection, type ReportTable } from '@huiying/contracts/http';
import {
  added,
  cameDue,
  changeText,
  hoursUnseen,
  localTimeText,
  NO_CLOCKS,
  onTimeRate,
  rateText,
  spanText,
  type ClockCounts,
  type LocalDate,
  type ReportKind,
} from '@huiying/domain';
import type { ClockLine, ClockList } from '@huiying/persistence';
import { CHANNEL_NAMES } from '../opinions/index.js';
import type { ReportData } from './report-data.js';
import { keyStoryBlocks } from './key-stories.js';
import { suggestionBlocks } from './suggestions.js';
import { rivalWord } from './unfinished.js';

/** The parts of a 周报, 月报 or report of any span in the order in which they are read; a 日报 keeps to what a day can tell. Pure. */
export function sectionsOf(data: ReportData, kind: ReportKind): ReportSection[] {
  const all: [name: string, blocks: ReportBlock[], inDaily: boolean][] = [
    ['本期概况', overviewBlocks(data), true],
    ['重点舆情', keyStoryBlocks(data), true],
    ['热线热点', hotlineBlocks(data), true],
    ['时限执行', clockBlocks(data), true],
    ['政策解读', interpretationBlocks(data), false],
    ['研判与风险提示', outlookBlocks(data), true],
    ['工作建议与督办事项', suggestionBlocks(data), true],
  ];
  const parts = all.filter(([, , inDaily]) => inDaily || kind !== 'daily');
  return [
    ...parts.map(([name, blocks], i) => ({ heading: `${NUMERALS[i]}、${name}`, blocks })),
    { heading: '附：未监测情况与口径说明', blocks: appendixBlocks(data) },
  ];
}

const NUMERALS = '一二三四五六七八九十';

const number = (name: string) => ({ name, isNumber: true });
const words = (name: string) => ({ name, isNumber: false });

/** The list of the console that shows the rows behind a count. */
export function listLink(path: string, { firstDay, lastDay }: { firstDay: LocalDate; lastDay: LocalDate }, more = ''): string {
  return `${path}?from=${firstDay}&to=${lastDay}${more}`;
}

/** Alerts in whatever state; without, the list shows what waits. */
const ANY_ALERT = '&state=open,seen,confirmed,false-alarm,merged';
/** Orders in whatever state. */
const ANY_ORDER = '&shown=all';

function overviewBlocks({ overview: { now, then }, channels, days, period, orders, isFinal }: ReportData): ReportBlock[] {
  const last = rivalWord({ isFinal });
  const cite = (text: string, path: string, more = ''): ReportCite => ({ text, link: listLink(path, period, more) });
  const before = new Map(channels.then.map((one) => [one.channel, one]));
  return [
    {
      kind: 'paragraph',
      text: `本期共采集信息 ${now.opinions} 条，比${last}${changeText(now.opinions, then.opinions)}；其中研判为政务舆情 ${now.flagged} 条，比${last}${changeText(now.flagged, then.flagged)}，负面情绪 ${now.negative} 条。`,
      cites: [cite('信息', '/opinions'), cite('政务舆情', '/opinions', '&verdict=flagged')],
    },
    {
      kind: 'paragraph',
      text: `发出预警 ${now.alerts} 条，比${last}${changeText(now.alerts, then.alerts)}，其中经研判为误报 ${now.falseAlarms} 条；立舆情单 ${now.casesOpened} 份，办结 ${now.casesClosed} 份。`,
      cites: [
        cite('预警', '/alerts', ANY_ALERT),
        cite('误报', '/alerts', '&state=false-alarm'),
        cite('立单', '/cases', '&state='),
        cite('办结', '/cases', '&state=&by=closed'),
      ],
    },
    {
      kind: 'paragraph',
      text: `12345 热线受理工单 ${orders.now.received} 件，比${last}${changeText(orders.now.received, orders.then.received)}；办结 ${orders.now.closed} 件，期末在办 ${orders.now.open} 件，申请退单 ${orders.now.returned} 件次，催办 ${orders.now.urged} 件次。${visitText(orders.now)}`,
      cites: [cite('工单', '/orders', ANY_ORDER)],
    },
    {
      kind: 'chart',
      key: 'days',
      title: '每日政务舆情与热线来件（条）',
      labels: days.map(({ day }) => day.slice(5)),
      series: [
        { name: '政务舆情', values: days.map(({ flagged }) => flagged) },
        { name: '热线来件', values: days.map(({ hotline }) => hotline) },
      ],
    },
    {
      kind: 'table',
      key: 'channels',
      title: '渠道分布',
      columns: [words('渠道'), number('信息'), number('政务舆情'), number(`${last}信息`), words(`比${last}`)],
      rows: channels.now.map(({ channel, opinions, flagged }) => {
        const earlier = before.get(channel)?.opinions ?? 0;
        return {
          cells: [CHANNEL_NAMES[channel] ?? channel, String(opinions), String(flagged), String(earlier), changeText(opinions, earlier)],
          link: listLink('/opinions', period, `&channel=${channel}`),
        };
      }),
      empty: '本期没有采集到信息。',
    },
  ];
}

function visitText({ visited, satisfied }: { visited: number; satisfied: number }): string {
  return visited === 0 ? '' : `本期办结的工单中有效回访 ${visited} 件，满意 ${satisfied} 件，满意率 ${rateText(satisfied / visited)}。`;
}

function hotlineBlocks({ hotlineTopics, regions, orderDepartments, period, departmentName, isFinal }: ReportData): ReportBlock[] {
  const last = rivalWord({ isFinal });
  const [first] = hotlineTopics;
  const table = (key: string, title: string, name: string, rows: { name: string; orders: number; link: string | null }[]): ReportTable => ({
    kind: 'table',
    key,
    title,
    columns: [words(name), number('工单')],
    rows: rows.map((row) => ({ cells: [row.name, String(row.orders)], link: row.link })),
    empty: '本期没有工单。',
  });
  return [
    ...(first === undefined
      ? []
      : [
          {
            kind: 'paragraph' as const,
            text: `反映最多的是“${first.name}”，${first.now} 件，比${last}${changeText(first.now, first.then)}。`,
            cites: [{ text: first.name, link: listLink('/opinions', period, `&channel=hotline&topic=${first.code}`) }],
          },
        ]),
    {
      kind: 'table',
      key: 'hotline-topics',
      title: '热线事项（前十）',
      columns: [words('事项'), number('本期'), number(last), words(`比${last}`)],
      rows: hotlineTopics.map(({ code, name, now, then }) => ({
        cells: [name, String(now), String(then), changeText(now, then)],
        link: listLink('/opinions', period, `&channel=hotline&topic=${code}`),
      })),
      empty: '本期没有热线来件。',
    },
    table(
      'hotline-regions',
      '辖区（前十）',
      '辖区',
      regions.map((row) => ({ ...row, name: row.name || '未注明', link: null })),
    ),
    table(
      'hotline-departments',
      '承办单位（前十）',
      '承办单位',
      orderDepartments.map(({ name: id, orders }) =>
        id
          ? { name: departmentName(id), orders, link: listLink('/orders', period, `${ANY_ORDER}&department=${id}`) }
          : { name: '未派单', orders, link: null },
      ),
    ),
  ];
}

const COUNT_COLUMNS = [
  number('到期'),
  number('按时'),
  number('逾期办结'),
  number('逾期未办结'),
  number('未到期'),
  words('按时率'),
  number('延期'),
  number('暂停'),
];

function countCells(counts: ClockCounts): string[] {
  const { onTime, late, overdue, running, extended, paused } = counts;
  return [...[cameDue(counts), onTime, late, overdue, running].map(String), rateText(onTimeRate(counts)), String(extended), String(paused)];
}

/** What falls due later in the span: no part of what came due. */
function notYetDue({ running }: ClockCounts, unit: string): string {
  return running === 0 ? '' : `；另有 ${running} ${unit}未到期`;
}

function clockBlocks({ clocks, overdue, departmentName, period, asOf }: ReportData): ReportBlock[] {
  const sum = clocks.reduce(added, NO_CLOCKS);
  const by = <K>(key: (row: (typeof clocks)[number]) => K) => {
    const groups = new Map<K, ClockCounts>();
    for (const row of clocks) groups.set(key(row), added(groups.get(key(row)) ?? NO_CLOCKS, row));
    return groups;
  };
  const rules = new Map(clocks.map((row) => [row.ruleId, row]));
  return [
    {
      kind: 'paragraph',
      text: `本期到期时限 ${cameDue(sum)} 个：按时 ${sum.onTime} 个，逾期办结 ${sum.late} 个，逾期未办结 ${sum.overdue} 个，按时率 ${rateText(onTimeRate(sum))}${notYetDue(sum, '个')}。以上时限中，经批准延期 ${sum.extended} 个，依规则暂停过 ${sum.paused} 个。`,
      cites: [
        { text: '时限规则', link: '/rules' },
        { text: '舆情单', link: listLink('/cases', period, '&state=&by=open') },
      ],
    },
    {
      kind: 'table',
      key: 'clocks-by-rule',
      title: '各项时限',
      columns: [words('时限'), words('依据'), ...COUNT_COLUMNS],
      rows: [...by((row) => row.ruleId)].map(([id, counts]) => ({
        cells: [`${rules.get(id)!.ruleName}（${id}）`, rules.get(id)!.citation, ...countCells(counts)],
        link: `/rules?q=${id}`,
      })),
      empty: '本期没有到期的时限。',
    },
    {
      kind: 'table',
      key: 'clocks-by-department',
      title: '各单位',
      columns: [words('责任单位'), ...COUNT_COLUMNS],
      rows: [...by((row) => row.departmentId)].map(([id, counts]) => ({
        cells: [id === null ? '值班室' : departmentName(id), ...countCells(counts)],
        ...unitLinks(id, clocks, period),
      })),
      empty: '本期没有到期的时限。',
    },
    {
      kind: 'table',
      key: 'overdue',
      title: `逾期未办结清单（截至 ${localTimeText(asOf)}，含以前到期的）`,
      columns: [words('事项'), words('标题'), words('时限'), words('责任单位'), words('到期'), words('已逾期')],
      rows: overdue.map((line) => ({
        cells: [...lineCells(line, departmentName), spanText(asOf.getTime() - line.dueAt.getTime())],
        link: line.link,
      })),
      empty: '没有逾期未办结的时限。',
    },
  ];
}

/** Where the cases, orders and documents are found whose clocks a unit has; these two lists know no day on which a clock falls due. */
function unitLinks(
  id: string | null,
  clocks: ReportData['clocks'],
  period: ReportData['period'],
): Pick<ReportTable['rows'][number], 'link' | 'more'> {
  const had = new Set(clocks.filter(({ departmentId }) => departmentId === id).flatMap(({ lists }) => lists));
  const unit = id === null ? '' : `&department=${id}`;
  const lists: [list: ClockList, text: string, link: string][] = [
    ['cases', '舆情单', listLink('/cases', period, `&state=&by=open${unit}`)],
    ['orders', '工单', `/orders?shown=all${unit}`],
    ['documents', '文件', `/documents?shown=all${unit}`],
  ];
  const [first, ...more] = lists.filter(([list]) => had.has(list)).map(([, text, link]) => ({ text, link }));
  return { link: first?.link ?? null, ...(more.length === 0 ? {} : { more }) };
}

function lineCells({ no, title, ruleName, departmentId, dueAt }: ClockLine, departmentName: (id: string) => string): string[] {
  return [no, title, ruleName, departmentId === null ? '值班室' : departmentName(departmentId), localTimeText(dueAt)];
}

function interpretationBlocks({ clocks, period }: ReportData): ReportBlock[] {
  const of = clocks.filter(({ ruleId }) => ruleId.startsWith('PI-'));
  const sum = of.reduce(added, NO_CLOCKS);
  const cites = [{ text: '政策解读', link: listLink('/documents', period) }];
  if (cameDue(sum) === 0) return [{ kind: 'paragraph', text: `本期没有到期的政策解读${notYetDue(sum, '件')}。`, cites }];
  return [
    {
      kind: 'paragraph',
      text: `本期应解读 ${cameDue(sum)} 件：按时解读 ${sum.onTime} 件，逾期解读 ${sum.late} 件，逾期未解读 ${sum.overdue} 件，按时率 ${rateText(onTimeRate(sum))}${notYetDue(sum, '件')}。`,
      cites,
    },
  ];
}

function outlookBlocks({ coming, departmentName }: ReportData): ReportBlock[] {
  const [first] = coming;
  return [
    ...(first === undefined
      ? []
      : [
          {
            kind: 'paragraph' as const,
            text: `下期已有 ${coming.length} 个时限将到期，最早的是“${first.title}”的${first.ruleName}，${localTimeText(first.dueAt)} 到期。`,
            cites: [{ text: first.no, link: first.link }],
          },
        ]),
    {
      kind: 'table',
      key: 'coming',
      title: '下期到期节点',
      columns: [words('事项'), words('标题'), words('时限'), words('责任单位'), words('到期')],
      rows: coming.map((line) => ({ cells: lineCells(line, departmentName), link: line.link })),
      empty: '下期尚无将到期的时限。',
    },
  ];
}

function appendixBlocks({ unseen, period, asOf, sourceName }: ReportData): ReportBlock[] {
  const end = new Date(Math.min(period.to.getTime(), asOf.getTime()));
  const spans = new Map<string, typeof unseen>();
  for (const span of unseen) spans.set(span.sourceId, [...(spans.get(span.sourceId) ?? []), span]);
  const sources = [...spans].map(([id, list]) => ({ id, list, hours: hoursUnseen(list, period.from, end).length }));
  const rules = [{ text: '时限规则', link: '/rules' }];
  return [
    {
      kind: 'table',
      key: 'unseen',
      title: '本期未能监测到的信源与时段',
      columns: [words('信源'), number('未监测小时'), words('时段'), words('原因')],
      rows: sources
        .sort((a, b) => b.hours - a.hours || (a.id < b.id ? -1 : 1))
        .map(({ id, list, hours }) => ({
          cells: [
            sourceName(id),
            String(hours),
            list.map(({ from, to }) => `${localTimeText(from)} 至 ${to ? localTimeText(to) : '现在'}`).join('；'),
            [...new Set(list.map(({ cause }) => SOURCE_CAUSE_WORDS[cause]))].join('、'),
          ],
          link: `/sources?source=${encodeURIComponent(id)}`,
        })),
      empty: '本期各信源均在监测之中。',
    },
    ...DEFINITIONS.map((text): ReportBlock => ({ kind: 'paragraph', text, cites: rules })),
  ];
}

const DEFINITIONS = [
  '统计周期：日报为当日 00:00 至 24:00，周报为周一 00:00 至周日 24:00，月报为自然月（均为北京时间）；信息按采集时间计，工单按受理时间计，时限按到期时间计。上期为紧邻的等长时段，月报为上一自然月；期中数据只与上期同时段（期初至同一时刻）相比。',
  '到期 = 按时 + 逾期办结 + 逾期未办结，按时率 = 按时 ÷ 到期，向下取一位小数；未到期的不计，逾期未办结的计入分母。延期后的时限以批准的新期限计，并单列件数。',
  '截止时点：各项数据以报告截止时点为准，其后发生的办理情况不计入本期。',
];
