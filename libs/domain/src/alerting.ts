import type { AlertState } from './alert.js';
import { isAtLeast, SEVERITY_NAMES, type SeverityLevel } from './severity-level.js';

/** What a judgement (研判) says that alerting needs; the judgement of opinion.classified fits. */
export interface AlertingJudgement {
  jurisdiction: { verdict: 'ours' | 'not-ours' | 'unsure' };
  publicOpinion: { verdict: boolean; keyCategory: string | null };
  severity: { level: SeverityLevel };
  /** Staff's keyword schemes that it matches; those of effect alert raise whatever else was judged, but for matters of other cities. */
  schemes?: readonly { name: string; effect: 'mark' | 'alert' }[] | undefined;
}

/** config/alerting.yaml: when a story is brought before the duty officer. */
export interface AlertingRules {
  /** This level and graver ones raise at once. */
  raiseFromSeverity: SeverityLevel;
  /** Key categories (需重点回应) that raise at any level. */
  raiseForKeyCategories: readonly string[];
  /** Urgencies of hotline orders that raise at any level, e.g. 紧急. */
  raiseForUrgencies: readonly string[];
  /** A story of so many opinions raises at any level; null = never for its size alone. */
  raiseAtStorySize: number | null;
  /** The same for its hotline orders alone. */
  raiseAtHotlineOrders: number | null;
  /** 热度: after so many hours an opinion counts half; 24 where not given. */
  heatHalfLifeHours?: number | undefined;
}

export interface StoryAlert {
  id: string;
  state: AlertState;
  suggestedSeverity: SeverityLevel;
}

export interface AlertQuestion {
  judgement: AlertingJudgement;
  /** Of the hotline order this opinion is, else null. */
  urgency: string | null;
  /** Opinions in the story, this one included, and of those hotline orders. */
  story: { opinions: number; hotlineOrders: number };
  /** The story's alert that is open, seen or confirmed. */
  storyOpenAlert: StoryAlert | null;
  /** The story's latest alert that was marked 误报. */
  storyClosedAlert: StoryAlert | null;
  rules: AlertingRules;
  /** Threshold rules (预警规则) that it reaches, in words; like schemes they raise whatever else was judged, but for matters of other cities. */
  thresholds?: readonly string[];
}

export type AlertDecision =
  | { outcome: 'raised'; reason: string }
  /** `rises`: the opinion is judged graver than the alert it joins, so the duty officer should look again. */
  | { outcome: 'joined'; alertId: string; rises: boolean; reason: string }
  | { outcome: 'none'; reason: string };

/**
 * Whether a judged opinion raises an alert, joins its story's alert, or neither; each with its reason in Chinese, so that
 * 「为何没有预警」 has an answer too. One story has one living alert; a 误报 stays one until the story grows graver.
 */
export function decideAlert(question: AlertQuestion): AlertDecision {
  const { judgement, storyOpenAlert, storyClosedAlert } = question;
  const { level } = judgement.severity;
  const named = `${level}级（${SEVERITY_NAMES[level]}）`;
  if (storyOpenAlert) {
    const rises = concernsUs(judgement) === null && isGraver(level, storyOpenAlert.suggestedSeverity);
    return {
      outcome: 'joined',
      alertId: storyOpenAlert.id,
      rises,
      reason: rises ? `同一事件已有预警，研判升为${named}` : '同一事件已有预警，并入',
    };
  }
  const isAsked = schemesOf(judgement).length > 0 || thresholdsOf(question).length > 0;
  const unconcerned = isAsked ? null : concernsUs(judgement);
  if (unconcerned !== null) return { outcome: 'none', reason: unconcerned };
  if (storyClosedAlert) {
    if (!isGraver(level, storyClosedAlert.suggestedSeverity)) return { outcome: 'none', reason: '同一事件已标为误报，且级别未升高' };
    return { outcome: 'raised', reason: `同一事件曾标为误报，现研判升为${named}` };
  }
  const grounds = groundsOf(question);
  return grounds === null ? { outcome: 'none', reason: `${named}，未达预警条件` } : { outcome: 'raised', reason: grounds };
}

/** Names of the schemes that bring it before the duty officer by themselves. */
function schemesOf({ jurisdiction, schemes }: AlertingJudgement): string[] {
  if (jurisdiction.verdict === 'not-ours') return [];
  return (schemes ?? []).filter(({ effect }) => effect === 'alert').map(({ name }) => `“${name}”`);
}

function thresholdsOf({ judgement, thresholds = [] }: AlertQuestion): readonly string[] {
  return judgement.jurisdiction.verdict === 'not-ours' ? [] : thresholds;
}

function concernsUs(judgement: AlertingJudgement): string | null {
  if (judgement.jurisdiction.verdict === 'not-ours') return '不涉及本市';
  if (judgement.jurisdiction.verdict === 'unsure') return '是否涉及本市尚不明确';
  return judgement.publicOpinion.verdict ? null : '不属政务舆情';
}

function groundsOf(question: AlertQuestion): string | null {
  const { judgement, urgency, story, rules } = question;
  const { level } = judgement.severity;
  const { keyCategory } = judgement.publicOpinion;
  const grounds: string[] = [];
  const schemes = schemesOf(judgement);
  if (schemes.length > 0) grounds.push(`命中关键词方案${schemes.join('')}`);
  grounds.push(...thresholdsOf(question).map((one) => `达到${one}`));
  if (concernsUs(judgement) !== null) return grounds.length === 0 ? null : grounds.join('，');
  if (isAtLeast(level, rules.raiseFromSeverity)) grounds.push(`研判为${level}级（${SEVERITY_NAMES[level]}）`);
  if (keyCategory !== null && rules.raiseForKeyCategories.includes(keyCategory)) grounds.push('属需重点回应的政务舆情');
  if (urgency !== null && rules.raiseForUrgencies.includes(urgency)) grounds.push(`热线工单为${urgency}件`);
  if (rules.raiseAtStorySize !== null && story.opinions >= rules.raiseAtStorySize) grounds.push(`同一事件已有${story.opinions}条信息`);
  if (rules.raiseAtHotlineOrders !== null && story.hotlineOrders >= rules.raiseAtHotlineOrders)
    grounds.push(`同一事件已有${story.hotlineOrders}件热线工单`);
  return grounds.length === 0 ? null : grounds.join('，');
}

function isGraver(level: SeverityLevel, than: SeverityLevel): boolean {
  return level !== than && isAtLeast(level, than);
}
