import { Inject, Injectable } from '@nestjs/common';
import { Callbacks, type OrderEventRow, type Tx, type WorkOrderRow } from '@huiying/persistence';
import { callbackOf } from './callback-form.js';
import { CallbackTargets, type CallbackTarget } from './callback-targets.js';

/** Keeps what receivers must be told, in the transaction of what happened. */
@Injectable()
export class CallbackOutbox {
  constructor(@Inject(CallbackTargets) private readonly targets: CallbackTargets) {}

  /** @param orders each event's order as it was after it */
  async add(tx: Tx, now: Date, events: readonly { event: OrderEventRow; order: WorkOrderRow }[]): Promise<void> {
    const callbacks = this.targets.all.flatMap((target) =>
      events
        .filter(({ event }) => isTold(target, event))
        .map(({ event, order }) => ({
          target: target.id,
          orderNo: event.orderNo,
          seq: event.seq,
          payload: JSON.stringify(callbackOf(event, order)),
        })),
    );
    await new Callbacks(tx).add(callbacks, now);
  }
}

/** What a hotline handed in as a record it knows; everything else it is told, also what it asked for by a step of its own. */
export function isTold({ client, mapping }: Pick<CallbackTarget, 'client' | 'mapping'>, { action }: OrderEventRow): boolean {
  if (action === 'record') return client === null;
  return mapping.only.length === 0 || mapping.only.includes(action);
}
