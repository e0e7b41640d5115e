import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Notices, Timeline, type ClaimedDelivery, type NewTimelineEntry } from '@huiying/persistence';
import { record, SYSTEM, WorkflowStore } from '../timeline/index.js';
import { planDelivery } from './delivery-plan.js';
import { CHANNEL_NAMES, toldLine } from './told-line.js';
import type { Notifier, SendOutcome } from './notifier.js';
import { NOTIFIERS } from './notifiers.js';

/** Kept from other processes while it is sent; after a crash it is sent again then, under the same message id. */
const LEASE_MS = 2 * 60_000;
const TAKEN_AT_ONCE = 20;
const POLL_MS = 1_000;

/** Sends what people must be told over every channel that is set up; a dead server is tried again for a day. */
@Injectable()
export class DeliverySender implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('notifying');
  private readonly byChannel: ReadonlyMap<string, Notifier>;
  private stopping = false;
  private running: Promise<void> = Promise.resolve();
  private wake: () => void = () => undefined;

  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(NOTIFIERS) notifiers: readonly Notifier[],
  ) {
    this.byChannel = new Map(notifiers.map((notifier) => [notifier.channel, notifier]));
  }

  onApplicationBootstrap(): void {
    if (this.byChannel.size > 0) this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.running;
    await Promise.all([...this.byChannel.values()].map((notifier) => notifier.close()));
  }

  /** Sends what is due. Returns how many were tried. */
  async sendDue(): Promise<number> {
    const now = this.store.now();
    const channels = [...this.byChannel.keys()];
    const claimed = await new Notices(this.store.database).claimDeliveries(
      channels,
      now,
      new Date(now.getTime() + LEASE_MS),
      TAKEN_AT_ONCE,
    );
    for (const delivery of claimed) await this.sendOne(delivery);
    return claimed.length;
  }

  private async sendOne(delivery: ClaimedDelivery): Promise<void> {
    const answer = await this.answerTo(delivery);
    const now = this.store.now();
    const plan = planDelivery(answer, delivery.attempts, delivery.firstAttemptAt, now);
    const { noticeId, channel, notice, recipientName } = delivery;
    await this.store.change(async (tx) => {
      await new Notices(tx).settleDelivery({ noticeId, channel, at: now, ...plan });
      if (plan.state === 'accepted') await new Timeline(tx).add(reached(delivery, now));
      if (plan.state !== 'refused') return;
      const happening = {
        kind: 'notice.failed',
        text: `未能以${CHANNEL_NAMES[channel] ?? channel}通知${recipientName}（${plan.detail}）：${notice.title}`,
        title: notice.title,
        subject: { kind: 'case' as const, id: notice.caseId ?? noticeId },
        caseId: notice.caseId,
        detail: { noticeId, channel, fact: notice.fact },
      };
      if (notice.caseId) await record(tx, now, SYSTEM, [happening]);
    });
    if (plan.state !== 'accepted') this.logger.warn(`${channel} ${noticeId}: ${plan.state}: ${plan.detail}`);
  }

  private async answerTo(delivery: ClaimedDelivery): Promise<SendOutcome> {
    try {
      return await this.byChannel.get(delivery.channel)!.send(delivery);
    } catch (error) {
      return { outcome: 'retry', reason: (error as Error).message };
    }
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      try {
        while (!this.stopping && (await this.sendDue()) > 0);
      } catch (error) {
        if (!this.stopping) this.logger.warn(`sending stopped for ${POLL_MS} ms: ${(error as Error).message}`);
      }
      await this.sleep();
    }
  }

  private sleep(): Promise<void> {
    if (this.stopping) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, POLL_MS);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function reached({ noticeId, channel, notice, recipientName, recipientDepartmentId }: ClaimedDelivery, now: Date): NewTimelineEntry[] {
  const { fact, title, caseId } = notice;
  const line = toldLine({ noticeId, fact, title, caseId, channel, recipientName, departmentId: recipientDepartmentId }, now);
  return line === null ? [] : [line];
}
