import { localTimeText, PAST_DAYS, SURGE_QUIET_DAYS, surgeOfAges, type SeverityLevel, type Surge } from '@huiying/domain';
import { Stories, StoryReadings, type StoryRow, type Tx } from '@huiying/persistence';
import type { DutyDesk } from '../duty/index.js';
import { noticeRequests } from '../notifying/index.js';
import { record, SYSTEM } from '../timeline/index.js';

const DAY_MS = 86_400_000;
/** Smaller stories cannot surge. */
const LEAST_OPINIONS = 5;

/** A story with its living alert, where it has one. */
export interface GrownStory {
  story: StoryRow;
  alert: { id: string; caseId: string | null; suggestedSeverity: SeverityLevel } | null;
}

/** Tells the desk of stories that grow far beyond their own past: once per story and week, under the story's lock. */
export async function tellSurges(tx: Tx, duty: DutyDesk, grown: readonly GrownStory[], causedBy: string, now: Date): Promise<void> {
  const asked = grown.filter(({ story }) => story.opinionCount >= LEAST_OPINIONS && story.flaggedCount > 0 && mayTell(story, now));
  if (asked.length === 0) return;
  const ids = asked.map(({ story }) => story.storyId);
  const byAge = await new StoryReadings(tx).byAge(ids, now, PAST_DAYS + 1);
  const surging = asked.flatMap((one) => {
    const surge = surgeOfAges(byAge.get(one.story.storyId)!, one.story.firstSeenAt, now);
    return surge.isSurge ? [{ ...one, surge }] : [];
  });
  if (surging.length === 0) return;
  await new Stories(tx).markSurges(
    surging.map(({ story }) => story.storyId),
    now,
  );
  const people = await duty.tellable(tx, now);
  for (const { story, alert, surge } of surging) {
    const text = surgeWords(surge);
    await record(tx, now, SYSTEM, [
      {
        kind: 'story.surged',
        text,
        title: story.title,
        subject: { kind: 'story', id: story.storyId },
        storyId: story.storyId,
        alertId: alert?.id ?? null,
        caseId: alert?.caseId ?? null,
        detail: { ...surge },
      },
    ]);
    const severity = alert?.suggestedSeverity ?? 'IV';
    const fact = `story:${story.storyId}:surge:${now.toISOString().slice(0, 10)}`;
    const about = { kind: 'alert-raised' as const };
    const words = { title: `【突增】${story.title}`, body: `${text}（截至${localTimeText(now)}）` };
    const link = `/stories/${story.storyId}`;
    tx.send(...noticeRequests({ fact, about, severity, urgency: 'normal', link, caseId: null, ...words, causedBy }, people, now));
  }
}

function mayTell({ surgeToldAt }: StoryRow, now: Date): boolean {
  return surgeToldAt === null || now.getTime() - surgeToldAt.getTime() >= SURGE_QUIET_DAYS * DAY_MS;
}

function surgeWords({ last24h, expected }: Surge): string {
  return `近24小时${last24h}条，按其自身过往约${expected.toFixed(1)}条`;
}
