import { createTransport, type Transporter } from 'nodemailer';
import type { PersonRow } from '@huiying/persistence';
import { Notifier, type Message, type SendOutcome } from '../notifier.js';
import { readSmtpFailure, type SmtpFailure } from './smtp-answer.js';

const CONNECT_MS = 10_000;
const SILENT_MS = 20_000;

/** Mail through the city's own SMTP server. */
export class EmailNotifier extends Notifier {
  readonly channel = 'email';
  private readonly transport: Transporter;

  /** @param smtpUrl smtp://user:password@host:port; never logged */
  constructor(
    smtpUrl: string,
    private readonly from: string,
    private readonly publicUrl: string,
  ) {
    super();
    const limits = { connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, socketTimeout: SILENT_MS };
    this.transport = createTransport({ url: smtpUrl, ...limits });
  }

  addressOf(person: PersonRow): string | null {
    return person.email;
  }

  async send(message: Message): Promise<SendOutcome> {
    try {
      const info: { response?: string } = await this.transport.sendMail(mailOf(message, this.from, this.publicUrl));
      return { outcome: 'accepted', receipt: (info.response ?? '').slice(0, 200) };
    } catch (error) {
      return readSmtpFailure(error as SmtpFailure);
    }
  }

  async close(): Promise<void> {
    this.transport.close();
  }
}

/** The mail of a notice. Its Message-ID is made of the notice's id: a mail that is sent again is the same mail. */
export function mailOf({ noticeId, address, recipientName, notice }: Message, from: string, publicUrl: string) {
  const { title, body, link, urgency } = notice;
  return {
    from,
    to: { name: recipientName, address },
    subject: title.replace(/\s+/g, ' '),
    text: `${recipientName}：\n\n${title}\n${body}\n\n查看并处理：${new URL(link, publicUrl).href}\n\n——本邮件由回应系统自动发出，请勿直接回复。\n`,
    messageId: `<${noticeId}@${new URL(publicUrl).hostname}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    priority: urgency === 'urgent' ? ('high' as const) : ('normal' as const),
  };
}
