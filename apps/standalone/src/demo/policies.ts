import { leaderAt } from './duty.js';
import { after, before, localStamp, wallTime } from './moments.js';
import { leadOf } from './people.js';

/** 市政府网站政策文件库: a list of documents that the collector reads for the register. */
export const POLICIES_SOURCE_ID = 'city-policies';
export const POLICIES_PATH = '/zc/wjk/index.html';

interface Policy {
  key: string;
  /** Before the year, e.g. 望政办发; null for one without a number on its page. */
  series: string | null;
  number: number;
  title: string;
  office: string;
  departmentId: string | null;
  /** null while it is not public. */
  publishedHoursBefore: number | null;
  lines: string[];
  interpretation: { hoursBefore: number; title: string; form: string; lines: string[] } | null;
}

const POLICIES: readonly Policy[] = [
  {
    key: 'elevator',
    series: '望政办发',
    number: 28,
    title: '望川市既有住宅加装电梯实施办法',
    office: '市住房和城乡建设局',
    departmentId: 'housing',
    publishedHoursBefore: 148,
    lines: [
      '第一条 为规范本市既有住宅加装电梯工作，改善居住条件，制定本办法。',
      '第二条 本市城镇范围内四层以上、未设电梯的既有住宅适用本办法。',
      '第三条 加装电梯应当经本单元专有部分面积占比三分之二以上且人数占比三分之二以上的业主参与表决，并依法同意。',
      '第四条 财政对符合条件的项目每部补助二十万元。',
    ],
    interpretation: {
      hoursBefore: 101,
      title: '一图读懂：老楼加装电梯怎么申请、补多少',
      form: '图解',
      lines: [
        '为什么出台：全市没有电梯的多层住宅有三千一百多个单元，老人上下楼难是反映最集中的事。',
        '谁能申请：四层及以上、没有电梯的楼，同一单元业主商量好就能报名。',
        '怎么办：到街道便民服务中心领表，十五个工作日内给答复。',
        '补多少：每部补二十万元，验收后一次到账。和老办法相比，不再要求一楼业主书面签字。',
      ],
    },
  },
  {
    key: 'parking',
    series: '望政规',
    number: 7,
    title: '望川市城市停车设施管理办法',
    office: '市城市管理局',
    departmentId: 'urban-management',
    publishedHoursBefore: 20,
    lines: [
      '第一条 为加强城市停车设施规划、建设和管理，规范停车秩序，制定本办法。',
      '第二条 路内停车泊位实行分区分时收费，医院、学校周边三十分钟内免费。',
      '第三条 鼓励机关、企事业单位停车场在夜间和休息日向社会开放。',
    ],
    interpretation: null,
  },
  {
    key: 'clinic',
    series: '望医保规',
    number: 3,
    title: '望川市城乡居民医保门诊统筹实施细则',
    office: '市医疗保障局',
    departmentId: 'medical-security',
    publishedHoursBefore: 169,
    lines: [
      '第一条 为完善城乡居民医保门诊统筹制度，制定本细则。',
      '第二条 在基层医疗机构就诊的，政策范围内费用按百分之六十支付，年度限额四百元。',
    ],
    interpretation: null,
  },
  {
    key: 'heating',
    series: '望政办发',
    number: 33,
    title: '望川市城市供热应急保障预案',
    office: '市政府办公室',
    departmentId: null,
    publishedHoursBefore: 3,
    lines: ['一、供热单位应当储备不少于七日用量的燃料。', '二、停热超过四小时的，应当启用临时供暖点并向社会公告。'],
    interpretation: null,
  },
  {
    key: 'greening',
    series: '望政办发',
    number: 11,
    title: '望川市城市绿化补偿费征收使用办法',
    office: '市政府办公室',
    departmentId: null,
    publishedHoursBefore: 24 * 63,
    lines: ['第一条 经批准占用城市绿地的，应当缴纳绿化补偿费。', '第二条 绿化补偿费专项用于异地补建绿地。'],
    interpretation: null,
  },
  {
    key: 'canteen',
    series: null,
    number: 0,
    title: '望川市中小学校食堂管理办法（修订稿）',
    office: '市教育局',
    departmentId: 'education',
    publishedHoursBefore: null,
    lines: [],
    interpretation: null,
  },
];

/** What is done with a document of the register; `key` names it in this script. */
export type DocumentAct =
  | {
      do: 'register';
      title: string;
      documentNo: string | null;
      departmentId: string;
      url: string | null;
      publishedAt: Date | null;
      text: string | null;
    }
  | { do: 'plan'; outline: string; forms: string[]; channels: string[]; plannedOn: string | null; responsible: string }
  | { do: 'submit' | 'sign' }
  | { do: 'publish'; path: string; publishedAt: Date }
  | { do: 'interpret'; path: string; title: string; form: string; publishedAt: Date };
export interface DocumentStep {
  kind: 'document';
  at: Date;
  key: string;
  by: string;
  act: DocumentAct;
}

const numberOf = ({ series, number }: Policy, startedAt: Date): string | null =>
  series === null ? null : `${series}〔${wallTime(startedAt).year}〕${number}号`;
const publishedAt = (policy: Policy, startedAt: Date): Date => wholeMinute(before(startedAt, { hours: policy.publishedHoursBefore! }));
/** Pages print the minute; what is stated and what is read back must be the same. */
const wholeMinute = (at: Date): Date => new Date(Math.floor(at.getTime() / 60_000) * 60_000);
const pathOf = ({ key }: Policy): string => `/zc/wjk/${key}.html`;
const interpretationPath = ({ key }: Policy): string => `/zc/jd/${key}.html`;

/** The register's past: one document went the whole way, one owes its interpretation, one is late, one is being drafted. */
export function policySteps(startedAt: Date): DocumentStep[] {
  const of = (key: string) => POLICIES.find((policy) => policy.key === key)!;
  const h = (hours: number) => before(startedAt, { hours });
  const step = (key: string, at: Date, by: string, act: DocumentAct): DocumentStep => ({ kind: 'document', key, at, by, act });
  const whole = (key: string, hours: { registered: number; submitted: number; signed: number }): DocumentStep[] => {
    const policy = of(key);
    const by = leadOf(policy.departmentId!);
    const at = publishedAt(policy, startedAt);
    const plan: DocumentAct = {
      do: 'plan',
      outline: '为什么出台、适用于谁、怎么办、补多少或收多少、与原规定有何不同',
      forms: ['文字', '图解'],
      channels: ['政府网站政策解读专栏', '政务新媒体'],
      plannedOn: localStamp(after(at, { days: 1 })).slice(0, 10),
      responsible: `${policy.office}主要负责人`,
    };
    return [
      step(key, h(hours.registered), by, registered(policy, startedAt, false)),
      step(key, h(hours.registered - 3), by, plan),
      step(key, h(hours.submitted), by, { do: 'submit' }),
      step(key, h(hours.signed), leaderAt(h(hours.signed)), { do: 'sign' }),
      step(key, after(at, { minutes: 20 }), by, { do: 'publish', path: pathOf(policy), publishedAt: at }),
    ];
  };
  const elevator = of('elevator');
  const explained = wholeMinute(h(elevator.interpretation!.hoursBefore));
  return [
    ...whole('elevator', { registered: 300, submitted: 280, signed: 200 }),
    step('elevator', after(explained, { minutes: 25 }), leadOf('housing'), {
      do: 'interpret',
      path: interpretationPath(elevator),
      title: elevator.interpretation!.title,
      form: elevator.interpretation!.form,
      publishedAt: explained,
    }),
    ...whole('parking', { registered: 260, submitted: 190, signed: 44 }),
    step('clinic', h(168), leadOf('medical-security'), registered(of('clinic'), startedAt, true)),
    step('canteen', h(70), leadOf('education'), registered(of('canteen'), startedAt, false)),
    step('canteen', h(69), leadOf('education'), {
      do: 'plan',
      outline: '修订背景、陪餐与公示、家长监督',
      forms: [],
      channels: [],
      plannedOn: null,
      responsible: '',
    }),
  ];
}

function registered(policy: Policy, startedAt: Date, isPublic: boolean): DocumentAct {
  return {
    do: 'register',
    title: policy.title,
    documentNo: numberOf(policy, startedAt),
    departmentId: policy.departmentId!,
    url: isPublic ? pathOf(policy) : null,
    publishedAt: isPublic ? publishedAt(policy, startedAt) : null,
    text: policy.lines.length === 0 ? null : policy.lines.join('\n'),
  };
}

/** The list, a document's page or an interpretation's; null for another path, or what is not published yet. */
export function policyPage(startedAt: Date, path: string, now: Date): Buffer | null {
  const shown = POLICIES.filter((one) => one.publishedHoursBefore !== null && publishedAt(one, startedAt) <= now);
  if (path === POLICIES_PATH) return Buffer.from(listOf(shown, startedAt));
  const policy = shown.find((one) => pathOf(one) === path);
  if (policy) return Buffer.from(documentPage(policy, startedAt, now));
  const explained = shown.find((one) => interpretationPath(one) === path && isExplained(one, startedAt, now));
  return explained ? Buffer.from(interpretationPage(explained, startedAt)) : null;
}

function isExplained({ interpretation }: Policy, startedAt: Date, now: Date): boolean {
  return interpretation !== null && wholeMinute(before(startedAt, { hours: interpretation.hoursBefore })) <= now;
}

const head = (title: string, metas = '') =>
  `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>${title}-望川市人民政府</title>${metas}</head>`;
const NAV = `<div class="nav"><a href="/">网站首页</a><a href="/zc/">政策</a><a href="/zc/jd/">政策解读</a></div>`;
const FOOT = `<div class="footer">主办：望川市人民政府办公室（演示内容，单位、人物均为虚构）</div></body></html>`;
const minuteOf = (at: Date) => localStamp(at).slice(0, 16);

function listOf(policies: readonly Policy[], startedAt: Date): string {
  const rows = policies.map((policy) => {
    const at = localStamp(publishedAt(policy, startedAt)).slice(0, 10);
    return `<li><a href="${pathOf(policy)}" title="${policy.title}">${policy.title}</a><span class="date">${at}</span></li>`;
  });
  return `${head('政策文件库')}<body>${NAV}<div class="main"><ul class="list">${rows.join('')}</ul></div>${FOOT}`;
}

function documentPage(policy: Policy, startedAt: Date, now: Date): string {
  const at = minuteOf(publishedAt(policy, startedAt));
  const lines = [`发文字号：${numberOf(policy, startedAt)}`, ...policy.lines].map((line) => `<p>${line}</p>`).join('');
  const link = isExplained(policy, startedAt, now)
    ? `<p class="jd">政策解读：<a href="${interpretationPath(policy)}">${policy.interpretation!.title}</a></p>`
    : '';
  return article(policy.title, policy.office, at, `${lines}${link}`);
}

function interpretationPage(policy: Policy, startedAt: Date): string {
  const { title, lines, hoursBefore } = policy.interpretation!;
  const text = lines.map((line) => `<p>${line}</p>`).join('');
  return article(
    title,
    policy.office,
    minuteOf(before(startedAt, { hours: hoursBefore })),
    `${text}<p>文件原文：<a href="${pathOf(policy)}">${policy.title}</a></p>`,
  );
}

function article(title: string, office: string, at: string, body: string): string {
  const metas = `<meta name="ArticleTitle" content="${title}"><meta name="PubDate" content="${at}"><meta name="ContentSource" content="${office}">`;
  return `${head(title, metas)}<body>${NAV}<h1>${title}</h1><div class="info">发布时间：${at} 来源：${office}</div><div id="zoom" class="TRS_Editor">${body}</div>${FOOT}`;
}
