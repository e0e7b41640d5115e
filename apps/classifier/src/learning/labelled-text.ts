import type { LearnedTask } from '../judging/index.js';

/** One text of the history with what people said of it. */
export interface LabelledText {
  title: string;
  text: string;
  labels: Partial<Record<LearnedTask, string>>;
}

type Field = 'title' | 'text' | LearnedTask | 'label';

/** Names of columns, the first found that is filled is taken. Compared without case, spaces and underscores. */
const COLUMNS: Readonly<Record<Field, readonly string[]>> = {
  title: ['title', '标题', '工单标题', '诉求标题', '留言主题', '留言标题', '来信标题'],
  text: ['detail', 'content', '诉求内容', '工单内容', '反映内容', '来电内容', '留言详情', '留言内容', '问题描述', '诉求描述', '正文', '内容', 'text', '文本', '全文'],
  topic: ['topic', '一级标签', '一级分类', '诉求分类', '问题分类', '事项分类', '问题类别', '主题分类', '主题', 'category', '分类', '类别'],
  department: ['department', 'dept', 'dept_silver', '承办单位', '主办单位', '办理单位', '责任部门', '责任单位', '牵头部门', '牵头单位', '承办部门', 'leadUnit', '部门'],
  sentiment: ['sentiment', 'mood', '情感', '情感倾向', '情绪'],
  rumour: ['rumour', 'rumor', '谣言', '是否谣言', '是否为谣言'],
  label: ['label', '标签'],
}; // prettier-ignore

/** What people call a mood, in the three that judging tells apart. */
const MOODS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['negative', 'angry', 'anger', 'sad', 'sadness', 'fear', 'disgust', '负面', '消极', '愤怒', '悲伤', '恐惧', '厌恶', '-1'].map((m) => [m, 'negative'])),
  ...Object.fromEntries(['positive', 'happy', 'like', '正面', '积极', '开心', '高兴', '喜悦', '1'].map((m) => [m, 'positive'])),
  ...Object.fromEntries(['neutral', 'surprise', 'none', '中性', '中立', '惊讶', '惊奇', '0'].map((m) => [m, 'neutral'])),
}; // prettier-ignore
const RUMOURS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['rumor', 'rumour', 'rumors', '谣言', '是', 'true', 'yes', 'fake'].map((m) => [m, 'rumour'])),
  ...Object.fromEntries(['non-rumor', 'non-rumour', 'nonrumor', 'not-rumor', 'not-rumour', '非谣言', '否', 'false', 'no', 'real'].map((m) => [m, 'none'])),
}; // prettier-ignore

/** The columns of which one must be there, for the search of a table's header. */
export function isKnownColumn(name: string): boolean {
  return KNOWN.has(plain(name));
}

/**
 * A row of a history as a labelled text; null where it has no words. A column `label` is of the kind that its values are:
 * moods, rumour or not, or else topics.
 */
export function labelledText(row: Readonly<Record<string, unknown>>): LabelledText | null {
  const byName = new Map(Object.entries(row).map(([name, value]) => [plain(name), value]));
  const of = (field: Field) => COLUMNS[field].map((name) => written(byName.get(plain(name)))).find((value) => value !== '') ?? '';
  const [title, text] = [of('title'), of('text')];
  if (title === '' && text === '') return null;
  const labels: LabelledText['labels'] = {};
  const label = of('label');
  const lower = label.toLowerCase();
  const topic = of('topic') || (lower in MOODS || lower in RUMOURS ? '' : label);
  const mood = MOODS[of('sentiment').toLowerCase()] ?? MOODS[lower];
  const rumour = RUMOURS[of('rumour').toLowerCase()] ?? RUMOURS[lower];
  if (topic !== '') labels.topic = topic;
  if (of('department') !== '') labels.department = of('department');
  if (mood !== undefined) labels.sentiment = mood;
  if (rumour !== undefined) labels.rumour = rumour;
  return { title, text, labels };
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/[\s_]/g, '')
    .replace(/[(（].*$/, '');
}

function written(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value).trim() : '';
}

const KNOWN = new Set(Object.values(COLUMNS).flatMap((names) => names.map(plain)));
