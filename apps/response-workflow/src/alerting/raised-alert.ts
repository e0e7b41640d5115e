import type { Judgement } from '@huiying/contracts';
import { stableId } from '@huiying/domain';
import type { NewAlert, StoryRow } from '@huiying/persistence';

/** An alert that an opinion raises, before it is told; `eventId` = the opinion.classified that it follows from. */
export interface RaisedAlert {
  alert: Omit<NewAlert, 'raisedAt' | 'prospectiveDueAt'>;
  eventId: string;
}

interface RaisingOpinion {
  opinionId: string;
  title: string;
  text: string;
  capturedAt: Date;
}

interface Raising {
  story: Pick<StoryRow, 'storyId'>;
  /** Alerts that the story has had. */
  earlier: number;
  reason: string;
  eventId: string;
}

const LONGEST_TITLE = 40;
const LONGEST_SUMMARY = 120;

export function alertOfOpinion(opinion: RaisingOpinion, judgement: Judgement, { story, earlier, reason, eventId }: Raising): RaisedAlert {
  return {
    eventId,
    alert: {
      // Of two processes that race for a story, alert_living keeps one. The opinion stands in it because an alert can leave its story with it.
      id: stableId('alert', story.storyId, opinion.opinionId, earlier),
      storyId: story.storyId,
      opinionId: opinion.opinionId,
      firstSeenAt: opinion.capturedAt,
      title: opinion.title || summaryOf(opinion.text, LONGEST_TITLE),
      summary: summaryOf(opinion.text, LONGEST_SUMMARY),
      suggestedSeverity: judgement.severity.level,
      topicCode: judgement.topic?.code ?? null,
      topicName: judgement.topic?.name ?? null,
      departments: judgement.departments.map(({ departmentId, name, role }) => ({ departmentId, name, role })),
      places: judgement.jurisdiction.places,
      reason,
    },
  };
}

function summaryOf(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const characters = [...line];
  return characters.length <= most ? line : `${characters.slice(0, most).join('')}…`;
}
