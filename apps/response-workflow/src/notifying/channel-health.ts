import { Inject, Injectable } from '@nestjs/common';
import { localTimeText, spanText } from '@huiying/domain';
import { Channels, type ChannelChange, type ChannelRow, type Tx } from '@huiying/persistence';
import { DutyDesk } from '../duty/index.js';
import { ChannelBook } from './channel-book.js';
import { noticeRequests } from './notice-request.js';
import type { SendOutcome } from './notifier.js';

/** A broken channel is tried with one message so often; until then its messages go over the next channel at once. */
export const PROBE_EVERY_MS = 5 * 60_000;

/** What the last answer says of the channel as a whole. Pure. */
export function healthAfter(row: ChannelRow, answer: SendOutcome, now: Date): ChannelChange {
  switch (answer.outcome) {
    case 'accepted':
      return { acceptedAt: now, brokenSince: null, brokenReason: null, probeAt: null };
    case 'broken':
      return {
        ...{ failedAt: now, failure: answer.reason, brokenReason: answer.reason },
        ...{ brokenSince: row.brokenSince ?? now, probeAt: new Date(now.getTime() + PROBE_EVERY_MS) },
      };
    case 'retry': {
      const pause = answer.waitSeconds === undefined ? {} : { pausedUntil: new Date(now.getTime() + answer.waitSeconds * 1_000) };
      return { failedAt: now, failure: answer.reason, ...pause };
    }
    case 'refused':
      // A message that is refused was read by somebody who knows us: the channel itself is in order.
      return { failedAt: now, failure: answer.reason, brokenSince: null, brokenReason: null, probeAt: null };
  }
}

interface Said {
  fact: string;
  urgency: 'normal' | 'urgent';
  title: string;
  body: string;
}

/** Keeps how each channel fares, and warns those who can mend it (渠道异常). */
@Injectable()
export class ChannelHealth {
  constructor(
    @Inject(ChannelBook) readonly book: ChannelBook,
    @Inject(DutyDesk) private readonly duty: DutyDesk,
  ) {}

  /** Notes an answer; a channel that breaks or works again is told of, once each time. */
  async note(tx: Tx, channel: string, answer: SendOutcome, now: Date): Promise<void> {
    const channels = new Channels(tx);
    const row = await channels.lock(channel);
    if (!row) return;
    const change = healthAfter(row, answer, now);
    await channels.change(channel, change);
    const name = this.book.nameOf(channel);
    if (row.brokenSince === null && change.brokenSince) {
      const body = `${change.brokenReason}。期间改用其他渠道通知；修复前系统每 5 分钟试发一次。请系统管理员核对密钥和设置。`;
      const fact = `channel:${channel}:broken:${now.toISOString()}`;
      await this.tell(tx, now, { fact, urgency: 'urgent', title: `【渠道异常】${name}发不出通知`, body });
    }
    if (row.brokenSince !== null && change.brokenSince === null) {
      const body = `自 ${localTimeText(row.brokenSince)} 起异常，历时约 ${spanText(now.getTime() - row.brokenSince.getTime())}，现已恢复。`;
      const fact = `channel:${channel}:works:${row.brokenSince.toISOString()}`;
      await this.tell(tx, now, { fact, urgency: 'normal', title: `【渠道恢复】${name}`, body });
    }
  }

  /** The credential of a channel runs out in so many days; each threshold is told once. */
  async tellExpiring(tx: Tx, channel: string, expires: { at: string; threshold: number; daysLeft: number }, now: Date): Promise<void> {
    const name = this.book.nameOf(channel);
    const { at: expiresAt, threshold, daysLeft } = expires;
    const said = daysLeft < 0 ? '已过期' : daysLeft === 0 ? '今天到期' : `还有 ${daysLeft} 天到期`;
    const body = `有效期至 ${expiresAt}。到期后该渠道发不出通知，请系统管理员及时换发并更新设置。`;
    const urgency = daysLeft <= 1 ? 'urgent' : 'normal';
    const fact = `channel:${channel}:expires:${expiresAt}:${threshold}`;
    await this.tell(tx, now, { fact, urgency, title: `【渠道密钥到期】${name}的密钥${said}`, body });
  }

  private async tell(tx: Tx, now: Date, words: Said): Promise<void> {
    const people = await this.duty.tellable(tx, now);
    const told = { about: { kind: 'channel' as const }, severity: 'IV' as const, link: '/channels', caseId: null, causedBy: null };
    tx.send(...noticeRequests({ ...told, ...words }, people, now));
  }
}
