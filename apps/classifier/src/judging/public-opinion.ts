import type { Judgement, OpinionCollectedV1, Reason } from '@huiying/contracts';
import type { Facts } from './facts.js';
import type { Incident } from './incident.js';
import type { Jurisdiction } from './jurisdiction.js';
import { judgeKeyCategory } from './key-category.js';
import type { CompiledLexicon, Signal } from './lexicon.js';
import { grouped, quoted, reasonOf, type Hit, type Reading } from './reading.js';
import type { TopicScore } from './topic.js';

/** What has been found so far, for the parts that weigh it. */
export interface Findings {
  jurisdiction: Jurisdiction;
  facts: Facts;
  incident: Incident | null;
  topics: readonly TopicScore[];
}

/** From here on it is 政务舆情. */
const ENOUGH = 0.5;
/** A paper tells of crimes and quarrels of anywhere: a headline that names no place of ours must say more. */
const ENOUGH_UNPLACED_NEWS = 0.65;
/** Where citizens write, what they write is mostly meant for somebody to act on; the press and the portals write about everything. */
const CHANNEL_POINTS: Record<OpinionCollectedV1['data']['channel'], number> = {
  hotline: 0.5,
  forum: 0.2,
  weibo: 0.1,
  other: 0.1,
  wechat: 0,
  'gov-site': 0,
  news: 0,
};
const CHANNEL_NAMES: Partial<Record<OpinionCollectedV1['data']['channel'], string>> = {
  hotline: '12345热线诉求',
  forum: '论坛发帖',
  weibo: '微博',
};
const INCIDENT_POINTS = { title: 0.6, text: 0.4 };
/** A matter of government: a topic of the tree with more than passing words. */
const DUTY = { points: 0.2, from: 3 };
const NAMED_BODY_POINTS = 0.15;
const TITLE_FACTOR = 1.5;
/** Where citizens write, a word of another field is often only a word: 社保基金, 招聘. */
const CITIZENS_UNRELATED = 0.4;
/** Words that speak only where citizens write, and only several together: elsewhere every second headline has one. */
const FAINT = { id: 'faint', most: 3, each: 2 / 3 };

/** Whether this is 政务舆情 of this city: a matter of government duty that somebody complains, asks or is alarmed about. */
export function judgePublicOpinion(found: Findings, reading: Reading, lexicon: CompiledLexicon): Judgement['publicOpinion'] {
  const parts = [channelPart(reading), incidentPart(found, reading), dutyPart(found, reading, lexicon), ...signalParts(reading)];
  const points = parts.reduce((sum, part) => sum + part.points, 0);
  const score = Math.round(Math.min(1, Math.max(0, points)) * 1000) / 1000;
  const isOpinion = score >= enough(reading);
  const verdict = isOpinion && found.jurisdiction.verdict === 'ours';
  const key = verdict ? judgeKeyCategory(found, reading, lexicon) : null;
  const reasons = parts.filter((p) => p.points !== 0).sort((a, b) => Math.abs(b.points) - Math.abs(a.points)).map((p) => p.reason!); // prettier-ignore
  return {
    verdict,
    score,
    keyCategory: key?.category ?? null,
    reasons: [summary(isOpinion, found.jurisdiction), ...(key ? key.reasons : []), ...reasons],
  };
}

function enough(reading: Reading): number {
  const placed = (['place', 'organ', 'self'] as const).some((kind) => reading.hits(kind).length > 0);
  return reading.data.channel === 'news' && !placed ? ENOUGH_UNPLACED_NEWS : ENOUGH;
}

interface Part {
  points: number;
  reason: Reason | null;
}

function summary(isOpinion: boolean, { verdict }: Jurisdiction): Reason {
  if (!isOpinion) return { text: '未见对政府职责范围内事项的诉求、质疑或突发情况，不作政务舆情', matches: [] };
  if (verdict === 'not-ours') return { text: '有诉求或突发情况，但不是本市的事', matches: [] };
  if (verdict === 'unsure') return { text: '有诉求或突发情况，但属地不明，暂不作本市政务舆情', matches: [] };
  return { text: '涉及本市政府职责范围内的事项，且有诉求、质疑或突发情况，属政务舆情', matches: [] };
}

function channelPart({ data }: Reading): Part {
  const points = CHANNEL_POINTS[data.channel];
  const name = CHANNEL_NAMES[data.channel];
  return { points, reason: { text: name ? `来自${name}` : '来自群众可以发言的渠道', matches: [] } };
}

function incidentPart({ incident }: Findings, reading: Reading): Part {
  if (incident === null) return { points: 0, reason: null };
  const points = incident.inTitle ? INCIDENT_POINTS.title : INCIDENT_POINTS.text;
  return { points, reason: reasonOf(reading, `说到${incident.name}：${quoted(reading, incident.hits)}`, incident.hits) };
}

function dutyPart({ topics }: Findings, reading: Reading, lexicon: CompiledLexicon): Part {
  const [best] = topics;
  const named = reading.hits('department');
  const isDuty = best !== undefined && best.score >= DUTY.from;
  const points = (isDuty ? DUTY.points : 0) + (named.length > 0 ? NAMED_BODY_POINTS : 0);
  if (points === 0) return { points, reason: null };
  const about = isDuty ? `事项属“${lexicon.topics[best.topic]!.name}”` : '';
  const bodies = named.length > 0 ? `提到${quoted(reading, named)}` : '';
  return {
    points,
    reason: reasonOf(reading, [about, bodies].filter((t) => t !== '').join('，'), [...(isDuty ? best.hits : []), ...named]),
  };
}

/** Each group of words counts once, with its title bonus, however many of its words are there. */
function signalParts(reading: Reading): Part[] {
  return [...grouped(reading.hits('signal'), (hit) => hit.use.signal)].map(([signal, hits]) => ({
    points: pointsOf(signal, hits, reading),
    reason: reasonOf(reading, `${signal.say}：${quoted(reading, hits)}`, hits),
  }));
}

function pointsOf(signal: Signal, hits: readonly Hit<'signal'>[], reading: Reading): number {
  const citizens = CHANNEL_POINTS[reading.data.channel] > 0;
  if (signal.id === FAINT.id) {
    const words = new Set(hits.map(({ field, start, end }) => reading[field].folded.slice(start, end)));
    return citizens ? signal.weight * FAINT.each * Math.min(FAINT.most, words.size) : 0;
  }
  const share = signal.family === 'unrelated' && citizens ? CITIZENS_UNRELATED : 1;
  return signal.weight * share * (hits.some((hit) => hit.field === 'title') ? TITLE_FACTOR : 1);
}
