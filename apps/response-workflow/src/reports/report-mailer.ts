import { Inject, Injectable, Logger } from '@nestjs/common';
import type { ReportView } from '@huiying/contracts/http';
import { Clock } from '@huiying/domain';
import { ENVIRONMENT } from '@huiying/platform';
import { ReportIssues, ReportSendings, type ClaimedSending, type ReportIssueRow } from '@huiying/persistence';
import type { Environment } from '@huiying/settings';
import {
  ChannelBook,
  ChannelHealth,
  EmailNotifier,
  planDelivery,
  SentMarks,
  type InHand,
  type Letter,
  type SendOutcome,
} from '../notifying/index.js';
import { Ticker } from '../ticking/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { nameOf, reportOf } from './issue-row.js';
import { issued } from './report-changes.js';
import { DOCX, fileName, PDF } from './report-files.js';
import { reportDocument } from './report-document.js';
import { reportPdf } from './report-pdf.js';
import { plainMail, reportMail } from './report-mail.js';

const TAKEN_AT_ONCE = 5;

/** An issue as it is sent: made once for many readers. */
interface Prepared {
  row: ReportIssueRow;
  report: ReportView;
  files: Letter['files'];
}

/**
 * Sends the copies that are asked for. A copy is in the hand of one process, is tried again as notices are, and is the same mail whenever
 * it goes out: its Message-ID is made of its id.
 */
@Injectable()
export class ReportMailer {
  private readonly logger = new Logger('reports');
  private last: Prepared | null = null;

  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(ChannelBook) private readonly channels: ChannelBook,
    @Inject(ChannelHealth) private readonly health: ChannelHealth,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(SentMarks) private readonly marks: SentMarks,
  ) {}

  /** Sends some of what is due. Returns how many copies were tried. */
  async tick(): Promise<number> {
    await this.channels.vault.refresh();
    const mail = this.channels.mail();
    const claimed = await this.store.change((tx, now) => new ReportSendings(tx).claim(now, TAKEN_AT_ONCE));
    for (const sending of claimed) {
      const send = () => this.answerTo(sending, mail);
      await this.marks.once(inHand(sending), send, (answer) => this.settle(sending, mail?.channel ?? null, answer));
    }
    return claimed.length;
  }

  private async answerTo(sending: ClaimedSending, mail: EmailNotifier | undefined): Promise<SendOutcome> {
    if (mail === undefined) return { outcome: 'broken', reason: '没有配置邮件服务器' };
    try {
      return await mail.sendLetter(await this.letterOf(sending));
    } catch (error) {
      return { outcome: 'retry', reason: (error as Error).message };
    }
  }

  private async settle(sending: ClaimedSending, channel: string | null, answer: SendOutcome): Promise<void> {
    const now = this.store.now();
    const plan = planDelivery(answer, sending.attempts, sending.askedAt, now);
    const state = plan.state === 'accepted' ? 'accepted' : plan.nextAttemptAt === null ? 'failed' : 'sent';
    await this.store.change(async (tx) => {
      if (channel !== null) await this.health.note(tx, channel, answer, now);
      await new ReportSendings(tx).settle(sending.id, { state, at: now, nextAttemptAt: plan.nextAttemptAt, detail: plan.detail });
    });
    if (answer.outcome !== 'accepted') this.logger.warn(`report copy ${sending.id}: ${answer.outcome}: ${answer.reason}`);
  }

  private async letterOf({ id, issueId, what, name, address }: ClaimedSending): Promise<Letter> {
    const { row, report, files } = await this.prepared(issueId);
    const title = nameOf(report);
    const to = { name, address: address! };
    if (what === 'recall') {
      const because = row.reason === null ? '' : `，原因：${row.reason}`;
      const words = `${name}：\n\n${title}（第 ${row.version} 版）已撤回${because}。请勿再使用或转发，并删除此前收到的文件。`;
      return { id, to, subject: `【撤回】${title}`, ...plainMail(words), files: [] };
    }
    const foreword = row.version > 1 && row.change !== null ? `本版为第 ${row.version} 版，取代此前各版。更正说明：${row.change}` : null;
    return {
      id,
      to,
      subject: `${row.version > 1 ? '【更正】' : ''}${title}`,
      ...reportMail(report, this.environment.publicUrl, foreword),
      files,
    };
  }

  private async prepared(issueId: string): Promise<Prepared> {
    const row = (await new ReportIssues(this.store.database).find(issueId))!;
    if (this.last?.row.id === issueId && this.last.row.sha256 === row.sha256) return { ...this.last, row };
    const report = issued({ report: reportOf(row), notes: row.notes, volume: row.volume });
    const files = [
      { name: fileName(report, 'pdf'), content: await reportPdf(report), contentType: PDF },
      { name: fileName(report, 'docx'), content: await reportDocument(report), contentType: DOCX },
    ];
    this.last = { row, report, files };
    return this.last;
  }
}

function inHand({ id, isRepeat, askedAt }: ClaimedSending): InHand {
  return { id, channel: 'report', isRepeat, begunAt: askedAt };
}

/** Keeps sending. */
@Injectable()
export class ReportMailTicker extends Ticker {
  constructor(@Inject(ReportMailer) mailer: ReportMailer, @Inject(Clock) clock: Clock) {
    super('reports', { tick: () => mailer.tick(), nextAt: () => Promise.resolve(null) }, clock);
  }
}
