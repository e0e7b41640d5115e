import { Inject, Injectable } from '@nestjs/common';
import type { ClaimedBundle } from '@huiying/persistence';
import type { OpenChannel } from './channel-book.js';
import { MessageMaker } from './message-maker.js';
import type { SendOutcome } from './notifier.js';
import { SentMarks, type InHand } from './sent-marks.js';

/** Makes a message of what is due to one person and hands it to its channel, once as far as anybody can know. */
@Injectable()
export class BundleSender {
  constructor(
    @Inject(MessageMaker) private readonly maker: MessageMaker,
    @Inject(SentMarks) private readonly marks: SentMarks,
  ) {}

  /** @param instead the answer without asking, where the channel is broken */
  send(open: OpenChannel, bundle: ClaimedBundle, instead: SendOutcome | null, keep: (answer: SendOutcome) => Promise<void>): Promise<void> {
    return this.marks.once(inHand(bundle), async () => instead ?? this.answerTo(open, bundle), keep);
  }

  private async answerTo({ notifier }: OpenChannel, bundle: ClaimedBundle): Promise<SendOutcome> {
    try {
      return await notifier.send(this.maker.messageOf(bundle));
    } catch (error) {
      return { outcome: 'retry', reason: (error as Error).message };
    }
  }
}

function inHand({ bundleId, channel, isRepeat, notices }: ClaimedBundle): InHand {
  return { id: bundleId, channel, isRepeat, begunAt: notices[0]!.firstAttemptAt };
}
