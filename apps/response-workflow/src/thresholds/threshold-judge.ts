import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OpinionClassifiedV1 } from '@huiying/contracts';
import { thresholdBody, type ThresholdBody } from '@huiying/contracts/http';
import { firingWords, stableId, thresholdFirings, type ThresholdSource } from '@huiying/domain';
import { groupKey, Thresholds, type ThresholdFiringRow, type ThresholdHitRow, type ThresholdRuleRow, type Tx } from '@huiying/persistence';
import { ENVIRONMENT } from '@huiying/platform';
import { readCity, type Environment } from '@huiying/settings';
import { CityBook } from '../city/index.js';
import { ThresholdGroups } from './threshold-groups.js';

const HOUR_MS = 3_600_000;
/** The longest window a rule may have, and as much again for what comes late. */
const KEPT_MS = 2 * 168 * HOUR_MS;
const PRUNED_AT_ONCE = 1_000;

/** A rule that was reached by an opinion of this batch. */
export interface ThresholdFired {
  /** The newest of the batch in this group: its story is told of. */
  event: OpinionClassifiedV1;
  row: Omit<ThresholdFiringRow, 'storyId' | 'alertId'>;
  /** 预警规则“同一小区三单一帖”：和平里 24小时内热线3件、帖文1条 */
  reason: string;
}

export interface ActiveRule {
  id: string;
  name: string;
  body: ThresholdBody;
}

interface Counted {
  rule: ActiveRule;
  event: OpinionClassifiedV1;
  hit: ThresholdHitRow;
}

/** Counts opinions for the threshold rules as they are judged, and says which rules they reach. A few rows are asked for each, whatever the archive. */
@Injectable()
export class ThresholdJudge {
  readonly groups: ThresholdGroups;

  constructor(@Inject(ENVIRONMENT) { configFolder }: Environment, @Inject(CityBook) city: CityBook) {
    const logger = new Logger('thresholds');
    const nameOf = (code: string) => city.parts.topics.find((one) => one.code === code)?.name ?? code;
    this.groups = new ThresholdGroups(readCity(configFolder), nameOf, (sentence) => logger.warn(sentence));
  }

  /** Under the groups' locks, so that of two batches that reach a rule together one fires. */
  async judge(tx: Tx, events: readonly OpinionClassifiedV1[], now: Date): Promise<ThresholdFired[]> {
    const thresholds = new Thresholds(tx);
    const rules = (await thresholds.active()).map(ruleOf);
    if (rules.length === 0) return [];
    const counted = events.flatMap((event) => this.counted(rules, event, now));
    if (counted.length === 0) return [];
    const quiet = await thresholds.lockGroups(counted.map(({ hit }) => hit));
    await thresholds.count(counted.map(({ hit }) => hit));
    const asked = [...byGroup(counted).values()].filter((all) => all.some((one) => isOpen(one, quiet)));
    const near = await thresholds.within(asked.map((all) => ({ ...all[0]!.hit, ...stretchOf(all) })));
    const hits = new Map<string, ThresholdHitRow[]>();
    for (const one of near) {
      const key = groupKey(one);
      const held = hits.get(key);
      if (held) held.push(one);
      else hits.set(key, [one]);
    }
    const fired = asked.flatMap((all) => {
      const key = groupKey(all[0]!.hit);
      return firedBy(all, hits.get(key) ?? [], quiet.get(key) ?? null, now);
    });
    await thresholds.prune(new Date(now.getTime() - KEPT_MS), PRUNED_AT_ONCE);
    return fired;
  }

  /** What is older than a rule's window is history: a trial finds it, nobody is told of it. */
  private counted(rules: readonly ActiveRule[], event: OpinionClassifiedV1, now: Date): Counted[] {
    const { opinion, judgement } = event.data;
    const captured = new Date(opinion.capturedAt);
    const published = opinion.publishedAt === null ? captured : new Date(opinion.publishedAt);
    const at = published < captured ? published : captured;
    const read = this.groups.reader({
      ...opinion,
      topicCode: judgement.topic?.code ?? null,
      jurisdiction: judgement.jurisdiction.verdict,
      places: judgement.jurisdiction.places,
    });
    return rules
      .filter(({ body }) => at.getTime() > now.getTime() - body.windowHours * HOUR_MS)
      .flatMap((rule) => {
        const found = read(rule.body);
        return (found?.groups ?? []).map((group) => ({
          rule,
          event,
          hit: { ruleId: rule.id, group, id: opinion.opinionId, source: found!.source, at },
        }));
      });
  }
}

export function ruleOf({ id, name, body }: ThresholdRuleRow): ActiveRule {
  return { id, name, body: thresholdBody.parse(body) };
}

function byGroup(counted: readonly Counted[]): Map<string, Counted[]> {
  const groups = new Map<string, Counted[]>();
  for (const one of counted) {
    const key = groupKey(one.hit);
    const held = groups.get(key);
    if (held) held.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}

/** Nothing is asked of a group that fired and is still quiet. */
function isOpen({ rule, hit }: Counted, quiet: ReadonlyMap<string, Date | null>): boolean {
  const until = quiet.get(groupKey(hit)) ?? null;
  return until === null || hit.at.getTime() >= until.getTime() + rule.body.windowHours * HOUR_MS;
}

/** What may stand in one window with any of these. */
function stretchOf(counted: readonly Counted[]): { from: Date; to: Date } {
  const times = counted.map(({ hit }) => hit.at.getTime());
  const length = counted[0]!.rule.body.windowHours * HOUR_MS;
  return { from: new Date(Math.min(...times) - length), to: new Date(Math.max(...times) + length) };
}

function firedBy(counted: readonly Counted[], near: readonly ThresholdHitRow[], quietUntil: Date | null, now: Date): ThresholdFired[] {
  const { rule, hit } = counted[0]!;
  const hits = near.map((one) => ({ ...one, source: one.source as ThresholdSource }));
  const event = counted.reduce((newest, one) => (one.hit.at >= newest.hit.at ? one : newest)).event;
  return thresholdFirings(rule.body, hits, quietUntil).map(({ from, to, counts, hits: reached }) => {
    const words = firingWords(rule.body, counts);
    const id = stableId('threshold-firing', rule.id, hit.group, to.toISOString());
    return {
      event,
      reason: `预警规则“${rule.name}”：${hit.group} ${words}`,
      row: {
        id,
        ruleId: rule.id,
        ruleName: rule.name,
        group: hit.group,
        words,
        from,
        to,
        firedAt: now,
        opinionIds: reached.map((one) => one.id),
      },
    };
  });
}
