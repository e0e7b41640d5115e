import { Inject, Injectable } from '@nestjs/common';
import type { HotlinePassView } from '@huiying/contracts/http';
import { ENVIRONMENT, PassOffice, secretKey, type Pass } from '@huiying/platform';
import { AuditTrail } from '@huiying/persistence';
import type { Environment } from '@huiying/settings';
import type { Actor } from '../accounts/index.js';
import { WorkflowStore } from '../timeline/index.js';

/** Long enough for a large file, short enough for a pass that was left lying about. */
const IMPORT_MS = 2 * 3_600_000;
const CALLER_MS = 60_000;

/** Gives staff passes to the hotline's own data, which the collector keeps; each is written to the audit trail before it is given out. */
@Injectable()
export class PassDesk {
  private readonly office: PassOffice;

  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.office = new PassOffice(secretKey(environment));
  }

  forImport(actor: Actor): Promise<HotlinePassView> {
    return this.give(actor, 'hotline.import', { purpose: 'hotline-import', subject: null, reason: null }, IMPORT_MS);
  }

  /** @param reason why the caller must be seen, in the person's own words */
  forCaller(orderNo: string, reason: string, actor: Actor): Promise<HotlinePassView> {
    return this.give(actor, 'caller.open', { purpose: 'caller', subject: orderNo, reason }, CALLER_MS);
  }

  private give(
    actor: Actor,
    action: string,
    about: Pick<Pass, 'purpose' | 'subject' | 'reason'>,
    lastsMs: number,
  ): Promise<HotlinePassView> {
    return this.store.change(async (tx, now) => {
      const subject = about.subject === null ? 'hotline' : `order:${about.subject}`;
      const detail = about.reason === null ? {} : { reason: about.reason };
      await new AuditTrail(tx).add({ at: now, personId: actor.id, who: actor.name, action, subject, origin: actor.origin, detail });
      const endsAt = now.getTime() + lastsMs;
      const by = { personId: actor.id, name: actor.name, origin: actor.origin };
      return { pass: this.office.write({ ...about, by, endsAt }), endsAt: new Date(endsAt).toISOString() };
    });
  }
}
