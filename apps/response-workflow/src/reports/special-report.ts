import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { ReportBlock, ReportCite, ReportSection, ReportView } from '@huiying/contracts/http';
import { ANALYSIS_PARTS, Clock, localDateOf, localTimeText, maskText, NotFound, spanText, type AnalysisParts } from '@huiying/domain';
import {
  Casework,
  Database,
  SpecialFigures,
  type AnalysisRow,
  type NodeRow,
  type SpecialCaseRow,
  type SpecialClockRow,
  type SpecialTaskRow,
  type SpreadRow,
  type VoiceRow,
  type VolumeRow,
  type WordRow,
} from '@huiying/persistence';
import { CityBook } from '../city/index.js';
import { CHANNEL_NAMES } from '../opinions/index.js';

const NODES = 60;
const SOURCES = 15;
const VOICES = 10;
/** A trend of fewer hours is told by the hour. */
const BY_HOUR = 48;
const MEDIA = ['news', 'gov-site'];

/** Everything a special report is composed of. */
export interface SpecialData {
  case: SpecialCaseRow;
  asOf: Date;
  volume: { step: 'hour' | 'day'; rows: VolumeRow[] };
  channels: SpreadRow[];
  sources: SpreadRow[];
  nodes: NodeRow[];
  words: WordRow[];
  media: VoiceRow[];
  people: VoiceRow[];
  clocks: SpecialClockRow[];
  tasks: SpecialTaskRow[];
  analysis: AnalysisRow | null;
  departmentName: (id: string) => string;
}

/** Makes a special report (专报) of one case from what is kept, up to the end of a day or now. */
@Injectable()
export class SpecialReader {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(CityBook) private readonly city: CityBook,
  ) {}

  /** @throws NotFound */
  async read(caseId: string): Promise<ReportView> {
    const data = await this.gather(caseId);
    const cityName = this.city.parts.name;
    const content = {
      title: `${cityName}政务舆情专报`,
      issue: null,
      secrecy: '内部资料 注意保存',
      publisher: `${cityName}政务舆情值班室`,
      firstDay: localDateOf(data.case.firstSeenAt ?? data.case.openedAt),
      lastDay: localDateOf(data.asOf),
      takenAt: data.asOf.toISOString(),
      isFinal: true,
      sections: specialSections(data),
    };
    return { ...content, sha256: createHash('sha256').update(JSON.stringify(content)).digest('hex') };
  }

  private async gather(caseId: string): Promise<SpecialData> {
    const asOf = this.clock.now();
    return this.database.transaction(async (tx) => {
      await tx.query(`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY`);
      const figures = new SpecialFigures(tx, caseId, asOf);
      const row = await figures.case();
      if (row === null) throw new NotFound('case', caseId);
      const hours = await figures.volume('hour');
      const step = hours.length > BY_HOUR ? 'day' : 'hour';
      const analysis = await new Casework(tx).analysis(caseId);
      const channels = Object.keys(CHANNEL_NAMES);
      return {
        case: row,
        asOf,
        volume: { step, rows: step === 'hour' ? hours : await figures.volume('day') },
        channels: await figures.spread('channel', SOURCES),
        sources: await figures.spread('source_name', SOURCES),
        nodes: await figures.nodes(NODES),
        words: await figures.words(),
        media: await figures.voices(MEDIA, VOICES),
        people: await figures.voices(
          channels.filter((channel) => !MEDIA.includes(channel)),
          VOICES,
        ),
        clocks: await figures.clocks(),
        tasks: await figures.tasks(),
        analysis: analysis !== null && analysis.submittedAt !== null && analysis.submittedAt < asOf ? analysis : null,
        departmentName: (id) => this.city.departmentName(id),
      };
    });
  }
}

/** The conclusion first, then how it came, how it spread, who said what, what was done, what it means and what to do. Pure. */
export function specialSections(data: SpecialData): ReportSection[] {
  return [
    { heading: '核心结论', blocks: [{ kind: 'paragraph', text: conclusion(data), cites: [caseCite(data)] }] },
    { heading: '一、起因经过与关键节点', blocks: courseBlocks(data) },
    { heading: '二、声量走势与传播', blocks: spreadBlocks(data) },
    { heading: '三、各方观点', blocks: voiceBlocks(data) },
    { heading: '四、处置与时限', blocks: workBlocks(data) },
    { heading: '五、研判', blocks: judgementBlocks(data, ['nature', 'trend', 'risks']) },
    { heading: '六、建议', blocks: adviceBlocks(data) },
  ];
}

const CONCLUSION_AT_MOST = 200;

/** At most 200 characters; the title gives way. */
export function conclusion(data: SpecialData): string {
  const { case: row, words, clocks, asOf, departmentName } = data;
  const overdue = overdueOf(data).length;
  const [first] = words;
  const rest = [
    `（${row.severity}级）`,
    row.firstSeenAt === null ? '。' : `于 ${localTimeText(row.firstSeenAt)} 首次出现，`,
    `至 ${localTimeText(asOf)} 共 ${row.opinions} 条信息，负面 ${row.negative} 条，涉及信源 ${row.sources} 个。`,
    row.leadDepartmentId === null ? '尚未确定牵头单位，' : `${departmentName(row.leadDepartmentId)}牵头，`,
    first === undefined ? '尚未公开回应；' : `${localTimeText(first.at)} 首次公开回应；`,
    `${clocks.length} 个时限中 ${overdue} 个逾期未办结；`,
    row.closedAt === null ? '仍在办理。' : `${localTimeText(row.closedAt)} 办结。`,
  ].join('');
  return `${[...row.title].slice(0, CONCLUSION_AT_MOST - [...rest].length).join('')}${rest}`;
}

function caseCite({ case: { caseId, caseNo } }: SpecialData): ReportCite {
  return { text: caseNo, link: `/cases/${caseId}` };
}

function overdueOf({ clocks, asOf }: SpecialData): SpecialClockRow[] {
  return clocks.filter(({ metAt, dueAt }) => metAt === null && dueAt < asOf);
}

const words = (name: string) => ({ name, isNumber: false });
const number = (name: string) => ({ name, isNumber: true });

function courseBlocks({ nodes, case: { caseId } }: SpecialData): ReportBlock[] {
  return [
    {
      kind: 'table',
      key: 'nodes',
      title: '关键节点',
      columns: [words('时间'), words('经过'), words('经办')],
      rows: nodes.map(({ at, text, actor }) => ({ cells: [localTimeText(at), maskText(text), actor], link: `/cases/${caseId}` })),
      empty: '没有记录。',
    },
  ];
}

function spreadBlocks({ volume, channels, sources, case: { storyId } }: SpecialData): ReportBlock[] {
  const label = (at: Date) => localTimeText(at).slice(volume.step === 'day' ? 5 : 8, volume.step === 'day' ? 10 : 13);
  const table = (key: string, title: string, name: string, rows: SpreadRow[], called: (row: SpreadRow) => string): ReportBlock => ({
    kind: 'table',
    key,
    title,
    columns: [words(name), number('信息'), number('负面'), words('最早')],
    rows: rows.map((row) => ({
      cells: [called(row), String(row.opinions), String(row.negative), localTimeText(row.firstAt)],
      link: `/stories/${storyId}`,
    })),
    empty: '没有信息。',
  });
  return [
    {
      kind: 'chart',
      key: 'volume',
      title: volume.step === 'day' ? '每日声量（条）' : '逐时声量（条）',
      labelName: volume.step === 'day' ? '日期' : '日 时',
      labels: volume.rows.map(({ at }) => label(at)),
      series: [
        { name: '网络信息', values: volume.rows.map(({ posts }) => posts) },
        { name: '热线来件', values: volume.rows.map(({ calls }) => calls) },
      ],
    },
    table('channels', '平台分布', '平台', channels, ({ name }) => CHANNEL_NAMES[name] ?? name),
    table('sources', '传播节点（按条数）', '信源', sources, ({ name }) => name),
  ];
}

function voiceBlocks({ words: said, media, people, case: row }: SpecialData): ReportBlock[] {
  const voices = (key: string, title: string, rows: VoiceRow[]): ReportBlock => ({
    kind: 'table',
    key,
    title,
    columns: [words('标题'), words('信源'), words('时间')],
    rows: rows.map(({ opinionId, title: text, sourceName, at }) => ({
      cells: [maskText(text), sourceName, localTimeText(at)],
      link: `/opinions/${opinionId}`,
    })),
    empty: '没有信息。',
  });
  return [
    {
      kind: 'table',
      key: 'official',
      title: '官方发布',
      columns: [words('时间'), words('形式'), words('内容')],
      rows: said.map(({ at, kind, note }) => ({
        cells: [localTimeText(at), WORD_KINDS[kind] ?? kind, maskText(note)],
        link: `/cases/${row.caseId}`,
      })),
      empty: '尚未公开回应。',
    },
    voices('media', '媒体报道（各信源最早一条）', media),
    voices('people', '网民与热线反映（各信源最早一条）', people),
  ];
}

const WORD_KINDS: Record<string, string> = {
  statement: '权威信息',
  'press-conference': '新闻发布会',
  clarification: '澄清',
  interpretation: '政策解读',
};
const TASK_WORDS: Record<string, string> = {
  assigned: '待签收',
  acknowledged: '办理中',
  returned: '已退回',
  replied: '已反馈',
  closed: '已办结',
};

function workBlocks(data: SpecialData): ReportBlock[] {
  const {
    clocks,
    tasks,
    asOf,
    departmentName,
    case: { caseId },
  } = data;
  const link = `/cases/${caseId}`;
  const state = ({ dueAt, metAt }: SpecialClockRow) => {
    if (metAt !== null) return `${localTimeText(metAt)} ${metAt <= dueAt ? '按时' : '逾期办结'}`;
    return dueAt < asOf ? `已逾期 ${spanText(asOf.getTime() - dueAt.getTime())}` : '未到期';
  };
  const at = (instant: Date | null) => (instant === null ? '—' : localTimeText(instant));
  return [
    {
      kind: 'table',
      key: 'tasks',
      title: '承办单位',
      columns: ['单位', '状态', '交办', '签收', '反馈'].map(words),
      rows: tasks.map((task) => ({
        cells: [
          departmentName(task.departmentId),
          TASK_WORDS[task.state] ?? task.state,
          at(task.assignedAt),
          at(task.acknowledgedAt),
          at(task.repliedAt),
        ],
        link,
      })),
      empty: '尚未交办。',
    },
    {
      kind: 'table',
      key: 'clocks',
      title: '时限',
      columns: ['时限', '依据', '责任单位', '到期', '办理'].map(words),
      rows: clocks.map((clock) => ({
        cells: [
          clock.ruleName,
          clock.citation,
          clock.departmentId === null ? '值班室' : departmentName(clock.departmentId),
          localTimeText(clock.dueAt),
          state(clock),
        ],
        link,
      })),
      empty: '没有时限。',
    },
  ];
}

/** The words of the analysis report that was handed in: a person's, cited. */
function judgementBlocks(data: SpecialData, parts: (keyof AnalysisParts)[]): ReportBlock[] {
  const { analysis } = data;
  if (analysis === null) return [{ kind: 'paragraph', text: '尚未提交舆情分析报告。', cites: [caseCite(data)] }];
  return parts.map((part, i) => ({
    kind: 'paragraph',
    heading: `（${'一二三四'[i]}）${ANALYSIS_PARTS[part]}`,
    text: analysis[part],
    cites: [{ text: `${analysis.submittedBy}提交的分析报告`, link: `/cases/${data.case.caseId}` }],
  }));
}

function adviceBlocks(data: SpecialData): ReportBlock[] {
  const blocks: ReportBlock[] = data.analysis === null ? [] : judgementBlocks(data, ['proposal']);
  const overdue = overdueOf(data);
  if (overdue.length > 0)
    blocks.push({
      kind: 'paragraph',
      text: `建议督办逾期未办结的 ${overdue.length} 个时限：${overdue.map(({ ruleName }) => ruleName).join('、')}。`,
      cites: [caseCite(data)],
    });
  if (data.words.length === 0 && data.case.closedAt === null)
    blocks.push({ kind: 'paragraph', text: '建议尽快公开回应：至今没有公开发布的记录。', cites: [caseCite(data)] });
  return blocks.length > 0
    ? blocks
    : [{ kind: 'paragraph', text: '没有逾期未办结的时限，已有公开回应，无督办建议。', cites: [caseCite(data)] }];
}
