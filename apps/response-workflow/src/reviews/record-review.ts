import { TOPICS, type ReviewedAspect } from '@huiying/contracts';
import { stableId } from '@huiying/domain';
import { outgoing } from '@huiying/messaging';
import { JudgedOpinions, Reviews, type Tx } from '@huiying/persistence';
import { judgedValue } from './judged-value.js';

export interface Said {
  opinionId: string;
  aspect: ReviewedAspect;
  value: string;
  by: string;
  reason: string | null;
  at: Date;
}

/**
 * Keeps what a person said of a part of a judgement, and tells the classifier, in the commit of the step it belongs to. A step that decides
 * (误报, 研判定级) says something of the judgement too, whether or not the officer thinks of it as a correction.
 * @returns false where the opinion is not known
 */
export async function recordReview(tx: Tx, { opinionId, aspect, value, by, reason, at }: Said): Promise<boolean> {
  const opinion = await new JudgedOpinions(tx).find(opinionId);
  if (!opinion) return false;
  const { judgement, title, text } = opinion;
  const was = judgedValue(aspect, judgement);
  await new Reviews(tx).put({ opinionId, aspect, was, now: value, judgedBy: judgement.judgedBy, by, at, reason });
  const about = { id: stableId('judgement.corrected', opinionId, aspect, at.toISOString()), occurredAt: at, causedBy: null };
  tx.send(
    outgoing(TOPICS.judgementCorrected, opinionId, about, {
      opinionId,
      title,
      text,
      aspect,
      was,
      now: value,
      judgedBy: judgement.judgedBy,
      by,
    }),
  );
  return true;
}
