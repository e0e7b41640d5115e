import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock, reconcileDaysDue } from '@huiying/domain';
import { Reconciliations } from '@huiying/persistence';
import { CallbackTargets, type CallbackTarget } from '../callbacks/index.js';
import { Ticker } from '../ticking/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { ReconcileDesk } from './reconcile-desk.js';
import { theirOrders } from './their-side.js';

const LOOK_EVERY_MS = 60_000;
const DAYS_KNOWN = 60;
/** A side that does not answer is asked again so often, ten minutes apart, before the desk is told; and goes on being asked. */
const TRIES_UNTOLD = 3;
const AGAIN_MS = 600_000;

/** 对账 by itself, every day at its hour: asks the other side for its list, or sees that it was handed in. What was missed is made up for. */
@Injectable()
export class ReconcileWatch extends Ticker {
  private readonly voice = new Logger('reconciling');
  private lookedAt = 0;
  private readonly tried = new Map<string, { times: number; at: number }>();

  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(CallbackTargets) private readonly targets: CallbackTargets,
    @Inject(ReconcileDesk) private readonly desk: ReconcileDesk,
    @Inject(Clock) clock: Clock,
  ) {
    super('reconciling', { tick: () => this.lookNowAndThen(), nextAt: async () => new Date(clock.now().getTime() + LOOK_EVERY_MS) }, clock);
  }

  /** Compares every day that is owed now. Returns how many days were looked at. */
  async look(): Promise<number> {
    let looked = 0;
    for (const target of this.targets.all) {
      if (target.reconcile === null) continue;
      const client = target.client ?? target.id;
      const { at, lookBackDays } = target.reconcile;
      const made = await new Reconciliations(this.store.database).daysOf(client, DAYS_KNOWN);
      for (const day of reconcileDaysDue(this.store.now(), at, lookBackDays, made)) {
        looked++;
        await this.reconcile(target, client, day);
      }
    }
    return looked;
  }

  private async lookNowAndThen(): Promise<number> {
    const now = this.store.now().getTime();
    if (Math.abs(now - this.lookedAt) < LOOK_EVERY_MS) return 0;
    this.lookedAt = now;
    await this.look();
    return 0;
  }

  private async reconcile({ id, secret, timeoutSeconds, reconcile }: CallbackTarget, client: string, day: string): Promise<void> {
    const url = reconcile!.url;
    if (url === null) return this.desk.tellMissing(client, day, '到对账时间，对方仍未提交当日工单清单');
    if (secret === null) return this.desk.tellMissing(client, day, '没有设置与对方约定的签名密钥');
    const key = `${client} ${day}`;
    const before = this.tried.get(key);
    const now = this.store.now();
    if (before !== undefined && now.getTime() - before.at < AGAIN_MS) return;
    try {
      await this.desk.compare(client, day, await theirOrders({ url, id, secret, timeoutSeconds }, day, now));
      this.tried.delete(key);
    } catch (error) {
      const times = (before?.times ?? 0) + 1;
      this.tried.set(key, { times, at: now.getTime() });
      this.voice.warn(`${key}, attempt ${times}: ${(error as Error).message}`);
      if (times === TRIES_UNTOLD) await this.desk.tellMissing(client, day, (error as Error).message);
    }
  }
}
