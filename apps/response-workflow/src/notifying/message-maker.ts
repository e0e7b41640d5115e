import { Inject, Injectable } from '@nestjs/common';
import type { ClaimedBundle } from '@huiying/persistence';
import { ENVIRONMENT, secretKey } from '@huiying/platform';
import type { Environment } from '@huiying/settings';
import { AcknowledgeLinks, LINK_LASTS_MS } from './acknowledge-link.js';
import type { Message } from './notifier.js';

/** Makes the message of notices that go out together, with the addresses that it leads to. */
@Injectable()
export class MessageMaker {
  readonly links: AcknowledgeLinks;

  constructor(@Inject(ENVIRONMENT) private readonly environment: Environment) {
    this.links = new AcknowledgeLinks(secretKey(environment), environment.publicUrl);
  }

  messageOf({ bundleId, address, recipientName, isRepeat, notices }: ClaimedBundle): Message {
    return {
      id: bundleId,
      address,
      recipientName,
      isRepeat,
      items: notices.map(({ id: noticeId, urgency, title, body, link, firstAttemptAt }) => ({
        noticeId,
        urgency,
        title: title.replace(/\s+/g, ' '),
        body,
        viewUrl: new URL(link, this.environment.publicUrl).href,
        // Counted from the first attempt, so that a message that is sent again is the same message.
        acknowledgeUrl:
          urgency === 'urgent' ? this.links.write({ noticeId, endsAt: new Date(firstAttemptAt.getTime() + LINK_LASTS_MS) }) : null,
      })),
    };
  }
}
