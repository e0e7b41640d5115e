import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationShutdown } from '@nestjs/common';
import { allowanceAt, standInsFor } from '@huiying/domain';
import {
  Channels,
  DatabaseAway,
  Deliveries,
  Timeline,
  type ChannelRow,
  type ClaimedBundle,
  type ClaimedNotice,
  type Tx,
} from '@huiying/persistence';
import { DutyDesk } from '../duty/index.js';
import { record, SYSTEM, WorkflowStore, type Happening } from '../timeline/index.js';
import { BundleSender } from './bundle-sender.js';
import { ChannelBook, type OpenChannel } from './channel-book.js';
import { ChannelHealth, PROBE_EVERY_MS } from './channel-health.js';
import { planDelivery, type DeliveryPlan } from './delivery-plan.js';
import { requestsTo } from './notice-request.js';
import type { SendOutcome } from './notifier.js';
import { Reach } from './reach.js';
import { toldLine } from './told-line.js';

/** An answer that the database could not be told is told it again so soon: the message went out, and must not go out once more. */
const TOLD_AGAIN_MS = 100;
const TAKEN_AT_ONCE = 5;
/** A fact is passed on from one who cannot be reached to another so often at most. */
const PASSED_ON_AT_MOST = 3;

interface Planned {
  notice: ClaimedNotice;
  plan: DeliveryPlan;
}

/** Sends what people must be told over every channel that is set up, each within what it takes; a dead one is tried again for a day. */
@Injectable()
export class DeliverySender implements BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly logger = new Logger('notifying');
  private stopping = false;

  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(ChannelHealth) private readonly health: ChannelHealth,
    @Inject(Reach) private readonly reach: Reach,
    @Inject(DutyDesk) private readonly duty: DutyDesk,
    @Inject(BundleSender) private readonly bundles: BundleSender,
  ) {}

  private get book(): ChannelBook {
    return this.health.book;
  }

  beforeApplicationShutdown(): void {
    this.stop();
  }

  /** Ends after the message under way. Whoever waits for a sendOver calls it first: our own turn to shut down comes after theirs. */
  stop(): void {
    this.stopping = true;
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.book.channels.map(({ notifier }) => notifier.close()));
  }

  /** Sends what is due on every channel, as far as each takes it now. Returns how many messages were tried. */
  async sendDue(): Promise<number> {
    const sent = await Promise.all(this.book.channels.map((channel) => this.sendOver(channel)));
    return sent.reduce((sum, one) => sum + one, 0);
  }

  /** As sendDue, on one channel. */
  async sendOver(channel: OpenChannel): Promise<number> {
    await this.book.vault.refresh();
    const { bundles, instead } = await this.store.change((tx, now) => this.take(tx, channel, now));
    for (const [tried, bundle] of bundles.entries()) {
      if (this.stopping) {
        await this.store.change((tx) => new Deliveries(tx).giveBack(bundles.slice(tried)));
        return tried;
      }
      await this.bundles.send(channel, bundle, instead, (answer) => this.keep(bundle, answer));
    }
    return bundles.length;
  }

  /** What may go now. `instead`: the channel is broken, so this is the answer without asking. */
  private async take(tx: Tx, open: OpenChannel, now: Date): Promise<{ bundles: ClaimedBundle[]; instead: SendOutcome | null }> {
    const { notifier, setting } = open;
    const channels = new Channels(tx);
    const row = await known(channels, notifier.channel);
    if (row === null || (row.pausedUntil !== null && row.pausedUntil > now)) return { bundles: [], instead: null };
    const claim = (most: number) => new Deliveries(tx).claim(notifier.channel, now, most);
    if (!this.book.isReady(open)) return { bundles: await claim(TAKEN_AT_ONCE), instead: { outcome: 'broken', reason: '没有设置密钥' } };
    if (row.brokenSince !== null && row.probeAt !== null && row.probeAt > now)
      return { bundles: await claim(TAKEN_AT_ONCE), instead: { outcome: 'broken', reason: row.brokenReason ?? '渠道异常' } };
    const before = row.tokens === null || row.tokensAt === null ? null : { tokens: row.tokens, at: row.tokensAt };
    const { tokens } = allowanceAt(before, setting.perMinute, now);
    const most = Math.min(Math.floor(tokens + 1e-6), row.brokenSince === null ? TAKEN_AT_ONCE : 1);
    const bundles = most < 1 ? [] : await claim(most);
    if (bundles.length === 0) return { bundles, instead: null };
    const probe = row.brokenSince === null ? {} : { probeAt: new Date(now.getTime() + PROBE_EVERY_MS) };
    await channels.change(notifier.channel, { tokens: tokens - bundles.length, tokensAt: now, ...probe });
    return { bundles, instead: null };
  }

  /** An answer is not lost with a connection: it is kept as soon as the database is there again. */
  private async keep(bundle: ClaimedBundle, answer: SendOutcome): Promise<void> {
    const now = this.store.now();
    for (let tries = 1; ; tries++) {
      try {
        return await this.settle(bundle, answer, now);
      } catch (error) {
        if (!(error instanceof DatabaseAway) || this.stopping) throw error;
        if (tries === 1) this.logger.warn(`${bundle.channel} ${bundle.bundleId}: ${answer.outcome}, to be kept: ${error.message}`);
        await pause(TOLD_AGAIN_MS);
      }
    }
  }

  private async settle(bundle: ClaimedBundle, answer: SendOutcome, now: Date): Promise<void> {
    const { channel, notices } = bundle;
    const planned = notices.map((notice) => ({ notice, plan: planDelivery(answer, notice.attempts, notice.firstAttemptAt, now) }));
    await this.store.change(async (tx) => {
      // The channel's lock first, as whoever takes messages does.
      await this.health.note(tx, channel, answer, now);
      const { nextAttemptAt } = planned[0]!.plan;
      const next = nextAttemptAt === null ? null : await this.reach.retryAt(tx, bundle.recipientId, notices, nextAttemptAt);
      const isNews = await new Deliveries(tx).settle(
        planned.map(({ notice, plan }) => ({
          noticeId: notice.id,
          channel,
          at: now,
          state: plan.state,
          detail: plan.detail,
          nextAttemptAt: plan.nextAttemptAt === null ? null : next,
        })),
      );
      if (!isNews) return;
      if (answer.outcome === 'accepted') return this.noteReached(tx, bundle, now);
      await this.goOn(tx, bundle, planned, now);
      const failed = planned.filter(({ plan, notice }) => plan.state === 'refused' && notice.caseId !== null);
      await record(
        tx,
        now,
        SYSTEM,
        failed.map(({ notice, plan }) => this.failure(bundle, notice, plan)),
      );
    });
    if (answer.outcome !== 'accepted') this.logger.warn(`${channel} ${bundle.bundleId}: ${answer.outcome}: ${answer.reason}`);
  }

  private async noteReached(tx: Tx, bundle: ClaimedBundle, now: Date): Promise<void> {
    const { channel, recipientName, recipientDepartmentId: departmentId, notices } = bundle;
    const channelName = this.book.nameOf(channel);
    await new Timeline(tx).add(
      notices.flatMap(({ id: noticeId, fact, title, caseId }) => {
        return toldLine({ noticeId, fact, title, caseId, channel, channelName, recipientName, departmentId }, now) ?? [];
      }),
    );
    await new Deliveries(tx).skipOthers(
      notices.map(({ id }) => id),
      channel,
      now,
    );
  }

  /** The next channel has its turn; where none is left, somebody else is told in this person's place. */
  private async goOn(tx: Tx, bundle: ClaimedBundle, planned: readonly Planned[], now: Date): Promise<void> {
    const going = planned.filter(({ plan }) => plan.goesOn).map(({ notice }) => notice);
    if (going.length === 0) return;
    const { next, lost } = await this.reach.goOn(tx, bundle, going, now);
    await new Deliveries(tx).add(next);
    const pressing = lost.filter(({ urgency, fact }) => urgency === 'urgent' && mayBePassedOn(fact));
    if (pressing.length === 0) return;
    const standIns = standInsFor(bundle.recipientId, await this.duty.tellable(tx, now));
    for (const { id, fact, title, body, severity, link, caseId } of pressing) {
      const told = {
        fact: `${fact}${INSTEAD}${bundle.recipientId}`,
        severity: severity ?? ('IV' as const),
        urgency: 'urgent' as const,
        title: `【转告】${title}`,
        body: `各渠道均未能通知到${bundle.recipientName}，请代为转告或处理。${body}`,
        ...{ link, caseId, causedBy: id },
      };
      tx.send(...requestsTo(told, standIns, now));
    }
  }

  private failure({ channel, recipientName }: ClaimedBundle, notice: ClaimedNotice, plan: DeliveryPlan): Happening {
    return {
      kind: 'notice.failed',
      text: `未能以${this.book.nameOf(channel)}通知${recipientName}（${plan.detail}）：${notice.title}`,
      title: notice.title,
      subject: { kind: 'case', id: notice.caseId ?? notice.id },
      caseId: notice.caseId,
      detail: { noticeId: notice.id, channel, fact: notice.fact },
    };
  }
}

const INSTEAD = ':instead-of:';

/** Not for ever, and not that a channel is broken: all who can mend it are told at once. */
function mayBePassedOn(fact: string): boolean {
  return fact.split(INSTEAD).length <= PASSED_ON_AT_MOST && !fact.startsWith('channel:');
}

async function known(channels: Channels, channel: string): Promise<ChannelRow | null> {
  const row = await channels.take(channel);
  if (row !== null) return row;
  // Either another process has it in hand, or this is its first day.
  await channels.know([channel]);
  return channels.take(channel);
}
