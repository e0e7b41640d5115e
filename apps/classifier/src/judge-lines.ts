import { channel, type Judgement, type OpinionCollectedV1 } from '@huiying/contracts';
import { BadInput } from '@huiying/domain';
import { z } from 'zod';

/** What `npm run judge` reads, one a line; `detail` and `text` may both be there, as exports of hotlines have them. */
const judgeLine = z.looseObject({
  id: z.union([z.string(), z.number()]).optional(),
  title: z.string().nullish(),
  text: z.string().nullish(),
  detail: z.string().nullish(),
  channel: channel.optional(),
  /** When it was said: a year before it is the past. */
  time: z.string().nullish(),
});

/** Whether the lines are this city's: `ours` stands for a source of the city, e.g. its own message board. */
export interface JudgeSource {
  ours: boolean;
  channel: OpinionCollectedV1['data']['channel'];
  /** Stands for the time of a line that gives none. */
  now: Date;
}
export const OUR_SOURCE = 'judged-as-ours';

/** One judgement as a line of output: flat, in words, for spreadsheets and for outside measurement. */
export interface JudgedLine {
  id: string | number;
  /** null = unsure. */
  ours: boolean | null;
  publicOpinion: boolean;
  keyCategory: string | null;
  topic: string | null;
  topicCode: string | null;
  topicScores: Record<string, number>;
  departments: { id: string; name: string; role: 'lead' | 'co'; score: number }[];
  /** 事件分级 by law; null where the law grades nothing or nothing that counts is known. */
  severity: string | null;
  /** How grave the matter is to the house, incident or not. */
  attention: string;
  incident: string | null;
  facts: { kind: string; value: number | null; bound: string; phrase: string }[];
  sentiment: { label: string; score: number };
  disposition: string | null;
  routing: { situation: string; responsible: string; coordinator: string } | null;
  rumour: { score: number; refuted: boolean } | null;
  reasons: string[];
}

/** A line of JSON as an opinion; `doubt` says in words what of it was not understood and left aside. @throws BadInput naming the line, the field and the rule */
export function opinionOfLine(
  line: string,
  lineNo: number,
  source: JudgeSource,
): { id: string | number; opinion: OpinionCollectedV1['data']; doubt: string | null } {
  const parsed = judgeLine.safeParse(parseJson(line, lineNo));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new BadInput([{ field: `line ${lineNo}: ${issue!.path.join('.')}`, rule: issue!.message }]);
  }
  const { id, title, text, detail, time, channel: said } = parsed.data;
  const body = detail ?? text ?? '';
  if (!title && !body) throw new BadInput([{ field: `line ${lineNo}`, rule: 'must have a title, text or detail' }]);
  const at = time ? instantOf(time.trim()) : NaN;
  const doubt =
    time && Number.isNaN(at)
      ? `line ${lineNo}: time must be like 2026-11-20 10:00:00 or 2026-11-20; got “${time.slice(0, 40)}”, judged as of now`
      : null;
  return {
    id: id ?? lineNo,
    doubt,
    opinion: {
      opinionId: '00000000-0000-4000-8000-000000000000',
      revision: 1,
      sourceId: source.ours ? OUR_SOURCE : 'judged-file',
      sourceName: source.ours ? '本市来源' : '文件',
      channel: said ?? source.channel,
      title: title ?? '',
      text: body,
      url: null,
      author: null,
      publishedAt: Number.isNaN(at) ? null : new Date(at).toISOString(),
      capturedAt: new Date(Number.isNaN(at) ? source.now.getTime() : at).toISOString(),
      sha256: '0'.repeat(64),
      order: null,
    },
  };
}

/** Milliseconds; NaN where it is no time. Without a zone it is Chinese time. */
function instantOf(time: string): number {
  if (/[zZ]$|\d:\d\d.*[+-]\d\d:?\d\d$/.test(time)) return Date.parse(time);
  return Date.parse(`${time.replace(' ', 'T')}${/\d:\d/.test(time) ? '' : 'T00:00'}+08:00`);
}

function parseJson(line: string, lineNo: number): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new BadInput([{ field: `line ${lineNo}`, rule: 'must be one JSON object', got: line.slice(0, 60) }]);
  }
}

/** The best few, to three places: the rest say nothing. */
const SCORES_SHOWN = 12;

export function scoresOf(topics: readonly { name: string; score: number }[]): Record<string, number> {
  const shown: Record<string, number> = {};
  for (let i = 0; i < topics.length && i < SCORES_SHOWN; i++) shown[topics[i]!.name] = Math.round(topics[i]!.score * 1000) / 1000;
  return shown;
}

export function judgedLine(id: string | number, judgement: Judgement, topicScores: Record<string, number>): JudgedLine {
  const { jurisdiction, publicOpinion, topic, departments, severity, sentiment, disposition, routing, rumour } = judgement;
  const reasons = new Set<string>();
  for (const part of [jurisdiction, publicOpinion, topic, ...departments, severity, disposition, routing, rumour]) {
    if (part) for (const { text } of part.reasons) reasons.add(text);
  }
  return {
    id,
    ours: jurisdiction.verdict === 'unsure' ? null : jurisdiction.verdict === 'ours',
    publicOpinion: publicOpinion.verdict,
    keyCategory: publicOpinion.keyCategory,
    topic: topic?.name ?? null,
    topicCode: topic?.code ?? null,
    topicScores,
    departments: departments.map(({ departmentId, name, role, score }) => ({ id: departmentId, name, role, score })),
    severity: severity.eventLevel ?? null,
    attention: severity.level,
    incident: severity.incident,
    facts: severity.facts,
    sentiment,
    disposition: disposition?.class ?? null,
    routing: routing ? { situation: routing.situation, responsible: routing.responsible, coordinator: routing.coordinator } : null,
    rumour: rumour ? { score: rumour.score, refuted: rumour.refuted } : null,
    reasons: [...reasons],
  };
}
