import { createTransport, type SendMailOptions, type Transporter } from 'nodemailer';
import type { PersonRow } from '@huiying/persistence';
import { Notifier, type Message, type SendOutcome } from '../notifier.js';
import { readSmtpFailure, type SmtpFailure } from './smtp-answer.js';

const CONNECT_MS = 8_000;
const SILENT_MS = 12_000;

/** A mail with its own words. Sent again under the same id it is the same mail. */
export interface Letter {
  id: string;
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
  files: readonly { name: string; content: Buffer; contentType: string }[];
}

/** Mail through the city's own SMTP server. */
export class EmailNotifier extends Notifier {
  readonly channel: string;
  readonly name: string;
  private transport: { url: string; sends: Transporter } | null = null;

  /** @param secrets `url`: smtp://user:password@host:port, read at each mail; never logged */
  constructor(
    private readonly secrets: ReadonlyMap<string, string>,
    private readonly from: string,
    private readonly publicUrl: string,
    setting: { id: string; name?: string | undefined },
  ) {
    super();
    this.channel = setting.id;
    this.name = setting.name ?? '邮件';
  }

  addressOf(person: PersonRow): string | null {
    return person.email;
  }

  send(message: Message): Promise<SendOutcome> {
    return this.post(mailOf(message, this.from, this.publicUrl));
  }

  /** A mail of its own making, e.g. a report: with text, HTML and files. */
  sendLetter(letter: Letter): Promise<SendOutcome> {
    const { id, to, subject, text, html, files } = letter;
    const attachments = files.map(({ name: filename, content, contentType }) => ({ filename, content, contentType }));
    return this.post({ from: this.from, to, subject, text, html, attachments, ...marksOf(id, this.publicUrl) });
  }

  private async post(mail: SendMailOptions): Promise<SendOutcome> {
    try {
      const info: { response?: string } = await this.server().sendMail(mail);
      return { outcome: 'accepted', receipt: (info.response ?? '').slice(0, 200) };
    } catch (error) {
      return readSmtpFailure(error as SmtpFailure);
    }
  }

  async close(): Promise<void> {
    this.transport?.sends.close();
  }

  private server(): Transporter {
    const url = this.secrets.get('url')!;
    if (this.transport?.url === url) return this.transport.sends;
    this.transport?.sends.close();
    const limits = { connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, socketTimeout: SILENT_MS };
    this.transport = { url, sends: createTransport({ url, ...limits }) };
    return this.transport.sends;
  }
}

/** The mail of one or several notices. Its Message-ID is made of the message's id: a mail that is sent again is the same mail. */
export function mailOf({ id, address, recipientName, items }: Message, from: string, publicUrl: string) {
  const first = items[0]!.title.replace(/\s+/g, ' ');
  const parts = items.map(({ title, body, viewUrl, acknowledgeUrl }) =>
    [
      title,
      body,
      '',
      ...(acknowledgeUrl === null ? [] : [`确认知悉（24 小时内有效，仅限本人）：${acknowledgeUrl}`]),
      `查看并处理：${viewUrl}`,
    ].join('\n'),
  );
  return {
    from,
    to: { name: recipientName, address },
    subject: items.length === 1 ? first : `${first} 等 ${items.length} 条通知`,
    text: `${recipientName}：\n\n${parts.join('\n\n————————\n\n')}\n\n——本邮件由回应系统自动发出，请勿直接回复。\n`,
    ...marksOf(id, publicUrl),
    priority: items.some(({ urgency }) => urgency === 'urgent') ? ('high' as const) : ('normal' as const),
  };
}

function marksOf(id: string, publicUrl: string) {
  return { messageId: `<${id}@${new URL(publicUrl).hostname}>`, headers: { 'Auto-Submitted': 'auto-generated' } };
}
