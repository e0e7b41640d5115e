import type { AlertDetail } from '@huiying/contracts/http';
import { DISPOSITION_WORDS, KEY_CATEGORY_WORDS, SEVERITY_MARKS } from '../marks/labels.js';
import type { Reason } from '../marks/highlight.js';

type Judgement = AlertDetail['judgement'];

/** The questions a judgement answers, in the order an officer asks them. */
export const ASPECTS = [
  'severity',
  'jurisdiction',
  'publicOpinion',
  'topic',
  'departments',
  'routing',
  'disposition',
  'rumour',
  'schemes',
] as const;
export type Aspect = (typeof ASPECTS)[number];

/** One answer: the question, the verdict in words, and what it rests on. */
export interface AspectView {
  aspect: Aspect;
  question: string;
  verdict: string;
  reasons: Reason[];
}

const JURISDICTION_WORDS = { ours: '属本市', 'not-ours': '不属本市', unsure: '待核实是否属本市' } as const;
const percent = (score: number) => `${Math.round(score * 100)}%`;

/** Of judgements from before a question was asked: nothing to say. */
const unsaid = (aspect: Aspect): AspectView => ({ aspect, question: '', verdict: '', reasons: [] });

type Handling = 'routing' | 'disposition' | 'rumour' | 'schemes';

export function aspectView(judgement: Judgement, aspect: Aspect): AspectView {
  return isHandling(aspect) ? handlingView(judgement, aspect) : findingView(judgement, aspect);
}

function isHandling(aspect: Aspect): aspect is Handling {
  return ['routing', 'disposition', 'rumour', 'schemes'].includes(aspect);
}

/** What is to be made of it. */
function handlingView(judgement: Judgement, aspect: Handling): AspectView {
  switch (aspect) {
    case 'routing': {
      const { routing } = judgement;
      if (!routing) return unsaid(aspect);
      const verdict = `${routing.responsible} · ${routing.coordinator}协调`;
      return { aspect, question: '第一责任主体', verdict, reasons: routing.reasons };
    }
    case 'disposition': {
      const { disposition } = judgement;
      if (!disposition) return unsaid(aspect);
      const verdict = `${DISPOSITION_WORDS[disposition.class]} · ${disposition.action}`;
      return { aspect, question: '分类处置', verdict, reasons: disposition.reasons };
    }
    case 'schemes': {
      const schemes = judgement.schemes ?? [];
      if (schemes.length === 0) return unsaid(aspect);
      const verdict = schemes.map(({ name, effect }) => (effect === 'alert' ? `${name}（命中即预警）` : name)).join('、');
      return { aspect, question: '命中方案', verdict, reasons: schemes.flatMap(({ reasons }) => reasons) };
    }
    case 'rumour': {
      const { rumour } = judgement;
      if (!rumour) return unsaid(aspect);
      const verdict = rumour.refuted ? '文中已有辟谣、否认' : `表述像传言（${percent(rumour.score)}），待核实`;
      return { aspect, question: '传言提示', verdict, reasons: rumour.reasons };
    }
  }
}

/** What was found. */
function findingView(judgement: Judgement, aspect: Exclude<Aspect, Handling>): AspectView {
  switch (aspect) {
    case 'severity':
      return { aspect, question: '级别', verdict: severityWords(judgement), reasons: judgement.severity.reasons };
    case 'jurisdiction': {
      const { verdict, places, reasons } = judgement.jurisdiction;
      return { aspect, question: '属地', verdict: [JURISDICTION_WORDS[verdict], places.join('、')].filter(Boolean).join(' · '), reasons };
    }
    case 'publicOpinion': {
      const { verdict, score, keyCategory, reasons } = judgement.publicOpinion;
      const category = keyCategory === null ? '' : ` · 重点回应：${KEY_CATEGORY_WORDS[keyCategory]}`;
      return { aspect, question: '政务舆情', verdict: `${verdict ? '是' : '否'}（${percent(score)}）${category}`, reasons };
    }
    case 'topic':
      return {
        aspect,
        question: '主题',
        verdict: topicWords(judgement),
        reasons: judgement.topic?.reasons ?? [],
      };
    case 'departments': {
      const names = judgement.departments.map(({ name, role }) => (role === 'lead' ? `${name}（牵头）` : name));
      return {
        aspect,
        question: '责任单位',
        verdict: names.join('、') || '未识别',
        reasons: judgement.departments.flatMap(({ reasons }) => reasons),
      };
    }
  }
}

/** The topic, and beneath it code and path in the city's catalogue. */
function topicWords({ topic }: Judgement): string {
  if (topic === null) return '未归类';
  const { filed } = topic;
  const place = filed === undefined ? '' : ` · ${filed.code} ${filed.path.join(' › ')}`;
  return `${topic.name}（${percent(topic.score)}）${place}`;
}

function severityWords({ severity }: Judgement): string {
  const { numeral, word } = SEVERITY_MARKS[severity.level];
  const facts = severity.facts.map(({ phrase }) => phrase).join('、');
  const scale = severity.eventLevel === null ? ' · 不属法定事件级别' : '';
  return `${numeral}级（${word}）${scale}${facts === '' ? '' : ` · ${facts}`}`;
}

/** Every aspect of a judgement, those without a word to say left out. */
export function aspectViews(judgement: Judgement): AspectView[] {
  return ASPECTS.map((aspect) => aspectView(judgement, aspect)).filter(({ question }) => question !== '');
}
