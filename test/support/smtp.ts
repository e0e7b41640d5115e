import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';

export interface ReceivedMail {
  to: string[];
  messageId: string;
  /** Header and body as they came. */
  raw: string;
}

/** A real SMTP server on loopback that keeps what it gets. */
export class SmtpOnLoopback {
  readonly mails: ReceivedMail[] = [];
  /** Addresses it refuses for ever. */
  readonly unknown = new Set<string>();
  /** Puts everybody off: 451. */
  isBusy = false;
  /** Called with each mail before the server says that it has it. */
  beforeAccepting: (mail: ReceivedMail) => Promise<void> = async () => undefined;
  private server: SMTPServer | null = null;

  private constructor(readonly port: number) {}

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  /** @param port the one an earlier server had, or any */
  static async start(port = 0): Promise<SmtpOnLoopback> {
    const probe = new SmtpOnLoopback(port);
    const server = probe.serve();
    await new Promise<void>((resolve, reject) => server.listen(port, '127.0.0.1', () => resolve()).once('error', reject));
    const bound = (server.server.address() as { port: number }).port;
    const running = Object.assign(probe, { port: bound, server });
    return running;
  }

  /** Serves again on its port, where it was stopped. */
  async restart(): Promise<void> {
    if (this.server !== null) return;
    const server = this.serve();
    await new Promise<void>((resolve, reject) => server.listen(this.port, '127.0.0.1', () => resolve()).once('error', reject));
    this.server = server;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => (this.server ? this.server.close(resolve) : resolve()));
    this.server = null;
  }

  private serve(): SMTPServer {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onRcptTo: ({ address }, _session, answer) => answer(this.refusalOf(address)),
      onData: (stream, session, answer) => void this.take(stream, session).then(() => answer(null), answer),
    });
    // A client that is killed resets its connection: no fault of the server's, and heard by nobody it would end the process.
    return server.on('error', () => undefined);
  }

  private refusalOf(address: string): Error | null {
    if (this.isBusy) return Object.assign(new Error('4.7.1 try again later'), { responseCode: 451 });
    return this.unknown.has(address) ? Object.assign(new Error('5.1.1 no such mailbox'), { responseCode: 550 }) : null;
  }

  private async take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks).toString('utf8');
    const mail = { to: session.envelope.rcptTo.map((one) => one.address), messageId: /^message-id:\s*(\S+)/im.exec(raw)?.[1] ?? '', raw };
    this.mails.push(mail);
    await this.beforeAccepting(mail);
  }
}
