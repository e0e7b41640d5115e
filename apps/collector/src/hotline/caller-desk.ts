import type { CallerView } from '@huiying/contracts/http';
import { hotlineRecord } from '@huiying/contracts/http';
import { NotFound, type Clock } from '@huiying/domain';
import type { Pass, RecordSeal } from '@huiying/platform';
import { HotlineDesk, type Store } from '@huiying/persistence';
import { placeOf } from './hotline-intake.js';

/** Opens the seal of an order for somebody who may see its caller. */
export class CallerDesk {
  constructor(
    private readonly store: Store,
    private readonly seal: RecordSeal,
    private readonly clock: Clock,
  ) {}

  /** What is opened is written down in the same commit, before anybody sees it. @throws NotFound */
  open(orderNo: string, { by, reason }: Pass): Promise<CallerView> {
    return this.store.change(async (tx) => {
      const desk = new HotlineDesk(tx);
      const kept = await desk.newest(orderNo);
      if (!kept) throw new NotFound('work order', orderNo);
      const { record } = JSON.parse(this.seal.open(kept.sealed, placeOf(orderNo, kept.version)).toString('utf8')) as { record: unknown };
      const { caller, address, confidential } = hotlineRecord.parse(record);
      const { personId, name: who, origin } = by;
      await desk.opened({ at: this.clock.now(), orderNo, version: kept.version, personId, who, origin, reason: reason ?? '' });
      return {
        orderNo,
        version: kept.version,
        name: caller?.name ?? null,
        phone: caller?.phone ?? null,
        idNo: caller?.idNo ?? null,
        contactPreference: caller?.contactPreference ?? null,
        address,
        isConfidential: confidential,
      };
    });
  }
}
