import type { TimelineEntry } from '@huiying/contracts/http';
import type { TimelineRow } from '@huiying/persistence';

export function toTimelineEntry({ id, at, kind, text, actor, detail }: TimelineRow): TimelineEntry {
  return { id, at: at.toISOString(), kind, text, actor, detail };
}
