import { Inject, Injectable } from '@nestjs/common';
import type { ClaimedBundle } from '@huiying/persistence';
import type { OpenChannel } from './channel-book.js';
import { MessageMaker } from './message-maker.js';
import type { SendOutcome } from './notifier.js';
import { SentMarks, type InHand } from './sent-marks.js';

/** Hands a message to its channel, and remembers beyond the end of this process what the other end took. */
@Injectable()
export class BundleSender {
  constructor(
    @Inject(MessageMaker) private readonly maker: MessageMaker,
    @Inject(SentMarks) private readonly marks: SentMarks,
  ) {}

  /** The answer that somebody heard before and could not commit: then the message must not go out again. */
  known(bundle: ClaimedBundle): SendOutcome | null {
    return this.marks.find(inHand(bundle));
  }

  async answerTo({ notifier }: OpenChannel, bundle: ClaimedBundle): Promise<SendOutcome> {
    try {
      const answer = await notifier.send(this.maker.messageOf(bundle));
      if (answer.outcome === 'accepted') this.marks.put(inHand(bundle), answer.receipt);
      return answer;
    } catch (error) {
      return { outcome: 'retry', reason: (error as Error).message };
    }
  }

  /** What became of it is committed. */
  settled(bundle: ClaimedBundle): void {
    this.marks.drop(inHand(bundle));
  }
}

function inHand({ bundleId, channel, isRepeat, notices }: ClaimedBundle): InHand {
  return { id: bundleId, channel, isRepeat, begunAt: notices[0]!.firstAttemptAt };
}
