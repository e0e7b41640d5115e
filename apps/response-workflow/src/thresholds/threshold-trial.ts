import { createHash } from 'node:crypto';
import type { ThresholdBody, ThresholdTrial } from '@huiying/contracts/http';
import { DAY_MS, firingWords, thresholdFirings, type ThresholdHit } from '@huiying/domain';
import type { Thresholds, ThresholdTriedRow } from '@huiying/persistence';
import type { ThresholdGroups } from './threshold-groups.js';
import { toRowView } from './threshold-view.js';

const PAGE = 1_000;
/** Newest opinions looked at; beyond them a trial would take longer than somebody waits. */
const MOST = 50_000;
const FIRINGS_SHOWN = 50;
const ROWS_SHOWN = 20;

type Hit = ThresholdHit & { row: ThresholdTriedRow };

/** What a rule would have told in the last days, by the very rules by which it is judged; nothing is kept. */
export async function tryThreshold(
  thresholds: Thresholds,
  groups: ThresholdGroups,
  { body, days, now }: { body: ThresholdBody; days: number; now: Date },
): Promise<ThresholdTrial> {
  const from = new Date(now.getTime() - days * DAY_MS);
  const byGroup = new Map<string, Hit[]>();
  const counted = new Set<string>();
  let opinions = 0;
  let after: ThresholdTriedRow | null = null;
  while (opinions < MOST) {
    const page = await thresholds.tried(from, after, PAGE);
    for (const row of page) {
      const found = groups.reader(row)(body);
      if (found === null) continue;
      counted.add(row.id);
      for (const group of found.groups) {
        const held = byGroup.get(group) ?? [];
        // Its text is not needed any more, and there may be many.
        held.push({ id: row.id, source: found.source, at: row.at, row: { ...row, text: row.text.slice(0, 40) } });
        byGroup.set(group, held);
      }
    }
    opinions += page.length;
    after = page.at(-1) ?? after;
    if (page.length < PAGE) break;
  }
  const firings = [...byGroup]
    .flatMap(([group, hits]) => thresholdFirings(body, hits).map((one) => ({ ...one, group })))
    .sort((a, b) => b.to.getTime() - a.to.getTime());
  return {
    days,
    opinions,
    cut: opinions >= MOST,
    counted: counted.size,
    groups: byGroup.size,
    fired: firings.length,
    firings: firings.slice(0, FIRINGS_SHOWN).map(({ group, counts, from: begins, to, hits }) => ({
      group,
      words: firingWords(body, counts),
      from: begins.toISOString(),
      to: to.toISOString(),
      opinions: hits.slice(-ROWS_SHOWN).map(({ row }) => toRowView(row)),
    })),
    tried: thresholdMark(body),
  };
}

/** The same rule has the same mark: what is saved was tried as it stands. */
export function thresholdMark(body: ThresholdBody): string {
  return createHash('sha256').update(JSON.stringify(body)).digest('hex').slice(0, 32);
}
