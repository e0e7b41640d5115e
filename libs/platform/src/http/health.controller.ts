import { Controller, Get, Inject, ServiceUnavailableException } from '@nestjs/common';
import { EventLog } from '@huiying/messaging';

/** For process supervisors: alive, and able to work. */
@Controller('health')
export class HealthController {
  constructor(@Inject(EventLog) private readonly log: EventLog) {}

  /** The process answers. */
  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** Database and log answer too. 503 with the reason otherwise. */
  @Get('ready')
  async ready(): Promise<{ status: 'ok' }> {
    const trouble = await this.log.trouble();
    if (trouble) throw new ServiceUnavailableException(trouble);
    return { status: 'ok' };
  }
}
