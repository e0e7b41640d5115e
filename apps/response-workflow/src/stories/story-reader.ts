import { Inject, Injectable } from '@nestjs/common';
import type { Page, StoryDetail, StoryView } from '@huiying/contracts/http';
import { dateOf, dayNumber, heatFacts, heatOf, localDateOf, NotFound, PAST_DAYS, surgeOfAges, type Surge } from '@huiying/domain';
import {
  AuditTrail,
  JudgedOpinions,
  StoryGroups,
  StoryReadings,
  type StoryActRow,
  type StoryListRow,
  type StoryPulse,
} from '@huiying/persistence';
import { isAtDesk, type Actor } from '../accounts/index.js';
import { CityBook } from '../city/index.js';
import { csvFile } from '../query/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { STORY_COLUMNS } from './story-csv.js';

const DAY_MS = 86_400_000;
const LISTED_DAYS = 30;
/** A page of the list. */
const LISTED = 100;
/** So many, those seen last, are ranked by heat, counted and exported; a city has fewer in 30 days. */
const RANKED = 2_000;

export type StorySort = 'heat' | 'newest';
const TREND_DAYS = 60;
const OPINIONS_SHOWN = 100;
const ACTS_SHOWN = 30;
export const DEFAULT_HALF_LIFE_HOURS = 24;

/** Stories as people read them. */
@Injectable()
export class StoryReader {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(CityBook) private readonly city: CityBook,
  ) {}

  /** @param from how many stories stand before the page */
  async list(q: string | undefined, sort: StorySort, from = 0): Promise<Page<StoryView>> {
    const now = this.store.now();
    const rows = await this.ranked(q, sort, now);
    const items = await this.views(rows.slice(from, from + LISTED), now);
    return { items, next: from + LISTED < rows.length ? String(from + LISTED) : null, total: rows.length < RANKED ? rows.length : null };
  }

  /** The whole list as CSV; exports are audited. */
  async csv(q: string | undefined, sort: StorySort, actor: Actor): Promise<string> {
    const at = this.store.now();
    const views = await this.views(await this.ranked(q, sort, at), at);
    const asked: [string, string][] = [
      ['关键词', q ?? ''],
      ['排序', sort === 'heat' ? '热度' : '最新'],
    ];
    const entry = { at, personId: actor.id, who: actor.name, action: 'story.export', subject: 'stories', origin: actor.origin };
    await new AuditTrail(this.store.database).add({ ...entry, detail: Object.fromEntries(asked) });
    return csvFile({ name: '事件', at, by: actor.name, asked }, views, STORY_COLUMNS);
  }

  /** @throws NotFound */
  async detail(id: string, actor: Actor): Promise<StoryDetail> {
    const now = this.store.now();
    const groups = new StoryGroups(this.store.database);
    const root = (await groups.roots([id])).get(id) ?? id;
    const readings = new StoryReadings(this.store.database);
    const row = await readings.find(root);
    if (!row) throw new NotFound('story', id);
    const [view] = await this.views([row], now);
    const opinions = await new JudgedOpinions(this.store.database).ofStory(root, OPINIONS_SHOWN);
    const canDecide = isAtDesk(actor);
    return {
      ...view!,
      opinions: opinions.map((one) => ({
        id: one.id,
        title: one.title || one.text.slice(0, 40),
        sourceName: one.sourceName,
        channel: one.channel,
        publishedAt: one.publishedAt?.toISOString() ?? null,
        capturedAt: one.capturedAt.toISOString(),
        relation: one.relation,
      })),
      days: everyDay(await readings.days(root, new Date(now.getTime() - TREND_DAYS * DAY_MS)), now),
      channels: await readings.channels(root),
      candidates: await readings.candidates(root),
      acts: (await groups.actsOf(root, ACTS_SHOWN)).filter((act) => act.kind !== 'perhaps').map((act) => actView(act, canDecide)),
      canDecide,
    };
  }

  private async ranked(q: string | undefined, sort: StorySort, now: Date): Promise<StoryListRow[]> {
    const since = new Date(now.getTime() - LISTED_DAYS * DAY_MS);
    const readings = new StoryReadings(this.store.database);
    const rows = await readings.recent(since, q, RANKED);
    if (sort === 'newest') return rows;
    const ids = rows.map((row) => row.id);
    const pulses = grouped(await readings.pulses(ids, since));
    const heats = new Map(rows.map((row) => [row.id, this.heat(row, pulses.get(row.id) ?? [], now).heat]));
    return rows.sort((a, b) => heats.get(b.id)! - heats.get(a.id)!);
  }

  private heat({ sourceCount }: StoryListRow, pulses: readonly StoryPulse[], now: Date) {
    const halfLifeHours = this.city.parts.alerting.heatHalfLifeHours ?? DEFAULT_HALF_LIFE_HOURS;
    const ages = pulses.map(({ at, isHotline }) => ({ ageMs: now.getTime() - at.getTime(), isHotline }));
    return { ...heatOf(heatFacts(ages, sourceCount, { halfLifeHours })), halfLifeHours };
  }

  private async views(rows: readonly StoryListRow[], now: Date): Promise<StoryView[]> {
    const readings = new StoryReadings(this.store.database);
    const ids = rows.map((row) => row.id);
    const pulses = grouped(await readings.pulses(ids, new Date(now.getTime() - LISTED_DAYS * DAY_MS)));
    const byAge = await readings.byAge(ids, now, PAST_DAYS + 1);
    return rows.map((row) => this.view(row, pulses.get(row.id) ?? [], surgeOfAges(byAge.get(row.id)!, row.firstSeenAt, now), now));
  }

  private view(row: StoryListRow, pulses: readonly StoryPulse[], surge: Surge, now: Date): StoryView {
    const { alertId, alertState, caseId, firstSeenAt, lastSeenAt, ...rest } = row;
    return {
      ...rest,
      firstSeenAt: firstSeenAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
      heat: this.heat(row, pulses, now),
      surge,
      alert: alertId === null ? null : { id: alertId, state: alertState!, caseId },
    };
  }
}

/** A day on which nothing was said has its place in the trend too. */
function everyDay(days: readonly { day: string; count: number }[], now: Date): { day: string; count: number }[] {
  const [first] = days;
  if (first === undefined) return [];
  const counts = new Map(days.map(({ day, count }) => [day, count]));
  const from = dayNumber(first.day);
  return Array.from({ length: dayNumber(localDateOf(now)) - from + 1 }, (_, i) => dateOf(from + i)).map((day) => ({
    day,
    count: counts.get(day) ?? 0,
  }));
}

function grouped(pulses: readonly StoryPulse[]): Map<string, StoryPulse[]> {
  const byStory = new Map<string, StoryPulse[]>();
  for (const pulse of pulses) {
    const known = byStory.get(pulse.storyId);
    if (known) known.push(pulse);
    else byStory.set(pulse.storyId, [pulse]);
  }
  return byStory;
}

function actView(act: StoryActRow, canDecide: boolean): StoryDetail['acts'][number] {
  const canUndo = canDecide && act.settledAt === null && (act.kind === 'merge' || act.kind === 'split');
  const { id, kind, otherStoryId, otherTitle, reason, byWhom, at, outcome } = act;
  return { id, kind: kind, otherStoryId, otherTitle, reason, by: byWhom, at: at.toISOString(), outcome, canUndo };
}
