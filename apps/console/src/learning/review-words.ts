import type { ReviewRequest } from '@huiying/contracts/http';
import type { AlertDetail, FilterChoices } from '@huiying/contracts/http';
import { DISPOSITION_WORDS } from '../marks/labels.js';

export type ReviewedAspect = ReviewRequest['aspect'];
type Judgement = AlertDetail['judgement'];

export interface ReviewQuestion {
  aspect: ReviewedAspect;
  word: string;
  /** What was judged, as a review says it; null where nothing was. */
  value: string | null;
  said: string;
  /** 拿不准: the system asks. */
  isUnsure: boolean;
  choices: { value: string; label: string }[];
  /** The next likeliest, one click away. */
  next?: { value: string; label: string }[];
  /** Several may be chosen; the value is their names in order of the alphabet, with commas, or none. */
  takesSeveral?: true;
}

export const ASPECT_WORDS: Record<ReviewedAspect, string> = {
  jurisdiction: '属地',
  'public-opinion': '政务舆情',
  topic: '主题',
  department: '牵头单位',
  'co-departments': '协办单位',
  severity: '级别',
  sentiment: '情感',
  rumour: '传言提示',
  disposition: '处置分类',
};

/** As the judging has it: below half nobody should act on the topic unasked. */
const SURE_FROM = 0.5;
const LEVELS = ['I', 'II', 'III', 'IV'].map((value) => ({ value, label: `${value}级` }));
const MOODS = { negative: '负面', neutral: '中性', positive: '正面' };
const PLACES = { ours: '本市', 'not-ours': '非本市', unsure: '不明' };
const NONE = 'none';
/** With the lead these are the top three. */
const NEXT_SHOWN = 2;

/** Several values as a review says them. */
export function joinedValue(values: readonly string[]): string {
  return values.length === 0 ? NONE : [...values].sort().join(',');
}

function choicesOf(names: Record<string, string>): { value: string; label: string }[] {
  return Object.entries(names).map(([value, label]) => ({ value, label }));
}

/** What an officer can say of a judgement, in the order it is asked. */
export function reviewQuestions(judgement: Judgement, choices: FilterChoices | undefined): ReviewQuestion[] {
  return [...questionsOfMatter(judgement, choices), ...questionsOfBodies(judgement, choices), ...questionsOfNature(judgement)];
}

type Asked = Omit<ReviewQuestion, 'aspect' | 'word' | 'isUnsure'> & { isUnsure?: boolean };

function question(aspect: ReviewedAspect, asked: Asked): ReviewQuestion {
  return { aspect, word: ASPECT_WORDS[aspect], isUnsure: false, ...asked };
}

function questionsOfMatter({ jurisdiction, publicOpinion, topic }: Judgement, choices: FilterChoices | undefined): ReviewQuestion[] {
  return [
    question('jurisdiction', {
      value: jurisdiction.verdict === 'unsure' ? null : jurisdiction.verdict,
      said: PLACES[jurisdiction.verdict],
      isUnsure: jurisdiction.verdict === 'unsure',
      choices: choicesOf({ ours: PLACES.ours, 'not-ours': PLACES['not-ours'] }),
    }),
    question('public-opinion', {
      value: publicOpinion.verdict ? 'yes' : 'no',
      said: publicOpinion.verdict ? '是' : '否',
      choices: choicesOf({ yes: '是政务舆情', no: '不是政务舆情' }),
    }),
    question('topic', {
      value: topic?.code ?? null,
      said: topic?.name ?? '未归类',
      isUnsure: topic === null || topic.score < SURE_FROM,
      choices: choices?.topics.map(({ code, name }) => ({ value: code, label: name })) ?? [],
    }),
  ];
}

function questionsOfBodies({ departments }: Judgement, choices: FilterChoices | undefined): ReviewQuestion[] {
  const lead = departments.find(({ role }) => role === 'lead');
  const co = departments.filter(({ role }) => role === 'co').map(({ departmentId, name }) => ({ value: departmentId, label: name }));
  const bodies = choices?.departments.map(({ id, name }) => ({ value: id, label: name })) ?? [];
  return [
    question('department', {
      value: lead?.departmentId ?? null,
      said: lead?.name ?? '未识别',
      isUnsure: lead === undefined,
      choices: bodies,
      next: co.slice(0, NEXT_SHOWN),
    }),
    question('co-departments', {
      value: joinedValue(co.map(({ value }) => value)),
      said: co.length === 0 ? '无' : co.map(({ label }) => label).join('、'),
      choices: bodies.filter(({ value }) => value !== lead?.departmentId),
      takesSeveral: true,
    }),
  ];
}

function questionsOfNature({ severity, sentiment, rumour, disposition }: Judgement): ReviewQuestion[] {
  return [
    question('severity', { value: severity.level, said: `${severity.level}级`, choices: LEVELS }),
    question('sentiment', { value: sentiment.label, said: MOODS[sentiment.label], choices: choicesOf(MOODS) }),
    question('rumour', {
      value: rumour ? 'yes' : 'no',
      said: rumour ? '像传言' : '未见',
      choices: choicesOf({ yes: '像传言', no: '不像传言' }),
    }),
    question('disposition', {
      value: disposition?.class ?? NONE,
      said: disposition ? DISPOSITION_WORDS[disposition.class] : '无',
      choices: choicesOf({ ...DISPOSITION_WORDS, [NONE]: '不作处置分类' }),
    }),
  ];
}
