import { Controller, Inject } from '@nestjs/common';
import { TOPICS, type NoticeRequestedV1 } from '@huiying/contracts';
import { Reads } from '@huiying/messaging';
import { NOTIFYING, NoticeKeeper } from './notice-keeper.js';

@Controller()
export class NoticeConsumer {
  constructor(@Inject(NoticeKeeper) private readonly keeper: NoticeKeeper) {}

  @Reads(TOPICS.noticeRequested, NOTIFYING)
  keep(events: NoticeRequestedV1[]): Promise<void> {
    return this.keeper.keep(events);
  }
}
