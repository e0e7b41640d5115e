import type { ThresholdFiringView, ThresholdRowView } from '@huiying/contracts/http';
import { thresholdSource } from '@huiying/domain';
import { Thresholds, type Queries, type ThresholdFiringRow } from '@huiying/persistence';

const TITLE_CHARACTERS = 40;

interface Row {
  id: string;
  title: string;
  text: string;
  channel: string;
  sourceName: string;
  at: Date;
}

export function toRowView({ id, title, text, channel, sourceName, at }: Row): ThresholdRowView {
  return { id, title: title || text.slice(0, TITLE_CHARACTERS), source: thresholdSource(channel), sourceName, at: at.toISOString() };
}

/** Firings with the rows behind them. */
export async function firingViews(on: Queries, rows: readonly ThresholdFiringRow[]): Promise<ThresholdFiringView[]> {
  const opinions = await new Thresholds(on).rows([...new Set(rows.flatMap(({ opinionIds }) => opinionIds))]);
  return rows.map(({ from, to, firedAt, opinionIds, ...rest }) => {
    const own = new Set(opinionIds);
    return {
      ...rest,
      from: from.toISOString(),
      to: to.toISOString(),
      firedAt: firedAt.toISOString(),
      opinions: opinions.filter(({ id }) => own.has(id)).map(toRowView),
    };
  });
}
