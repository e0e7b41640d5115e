import { Get, Inject } from '@nestjs/common';
import type { OnDuty } from '@huiying/contracts/http';
import { Allow, EVERYBODY, Guarded } from '../accounts/index.js';
import { DutyDesk } from './duty-desk.js';

@Guarded('api/duty')
export class DutyController {
  constructor(@Inject(DutyDesk) private readonly duty: DutyDesk) {}

  /** Who is on duty now and next; it stands on every page, so every role may ask. */
  @Get()
  @Allow(EVERYBODY)
  onDuty(): Promise<OnDuty> {
    return this.duty.onDuty();
  }
}
