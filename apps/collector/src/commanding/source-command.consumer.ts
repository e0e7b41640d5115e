import { Controller, Inject } from '@nestjs/common';
import { TOPICS, type SourceCommandedV1 } from '@huiying/contracts';
import { Reads } from '@huiying/messaging';
import { SOURCE_COMMANDS, SourceCommander } from './source-commander.js';

@Controller()
export class SourceCommandConsumer {
  constructor(@Inject(SourceCommander) private readonly commander: SourceCommander) {}

  @Reads(TOPICS.sourceCommanded, SOURCE_COMMANDS)
  take(events: SourceCommandedV1[]): Promise<void> {
    return this.commander.obey(events);
  }
}
