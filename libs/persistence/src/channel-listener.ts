import type { Client } from 'pg';

/** `payload` is null once after each (re)connection: what was sent in between is lost, so look for yourself. */
export type Heard = (payload: string | null) => void;

const AGAIN_MS = 500;

/** One connection on which a process hears every channel it listens to. Comes back by itself for as long as somebody listens. */
export class ChannelListener {
  private readonly hearers = new Set<{ channel: string; heard: Heard }>();
  private client: Client | null = null;
  private opening: Promise<Client> | null = null;
  private asking: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | null = null;

  /** @param received what came in, as it is to be told; null where it has been told before */
  constructor(
    private readonly connect: () => Promise<Client>,
    private readonly received: (payload: string) => string | null,
  ) {}

  /** Returns the way to stop. @throws when the server cannot be reached now */
  async listen(channel: string, heard: Heard): Promise<() => Promise<void>> {
    const hearer = { channel, heard };
    this.hearers.add(hearer);
    try {
      await this.connection();
      await this.hear(channel);
    } catch (error) {
      await this.leave(hearer);
      throw error;
    }
    heard(null);
    return () => this.leave(hearer);
  }

  /** One statement at a time: several listeners may come at once. */
  private hear(channel: string): Promise<void> {
    const work = async (): Promise<void> => void (await this.client?.query(`LISTEN "${channel}"`));
    this.asking = this.asking.then(work, work);
    return this.asking;
  }

  async close(): Promise<void> {
    this.hearers.clear();
    if (this.timer) clearTimeout(this.timer);
    await this.opening?.catch(() => undefined); // `open` ends what nobody hears any more
    await this.letGo();
  }

  private async leave(hearer: { channel: string; heard: Heard }): Promise<void> {
    this.hearers.delete(hearer);
    if (this.hearers.size === 0) await this.close();
  }

  private async letGo(): Promise<void> {
    const { client } = this;
    this.client = null;
    await client?.end().catch(() => undefined);
  }

  /** The standing connection, or the one attempt that is being made: never two at once. */
  private connection(): Promise<Client> {
    if (this.client) return Promise.resolve(this.client);
    this.opening ??= this.open().finally(() => (this.opening = null));
    return this.opening;
  }

  private async open(): Promise<Client> {
    const client = await this.connect();
    client.on('notification', ({ channel, payload }) => {
      const told = this.received(payload ?? '');
      if (told !== null) this.tell(channel, told);
    });
    client.on('end', () => this.lost(client));
    try {
      for (const channel of this.channels()) await client.query(`LISTEN "${channel}"`);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    this.client = client;
    if (this.hearers.size === 0) await this.letGo();
    return client;
  }

  private lost(client: Client): void {
    if (this.client !== client) return;
    this.client = null;
    this.comeBack();
  }

  private comeBack(): void {
    if (this.hearers.size === 0) return;
    this.connection().then(
      () => this.channels().forEach((channel) => this.tell(channel, null)),
      () => {
        if (this.hearers.size > 0) this.timer = setTimeout(() => this.comeBack(), AGAIN_MS);
      },
    );
  }

  /** Tells who listens in this process. */
  tell(channel: string, payload: string | null): void {
    for (const hearer of [...this.hearers]) if (hearer.channel === channel) hearer.heard(payload);
  }

  private channels(): string[] {
    return [...new Set([...this.hearers].map((hearer) => hearer.channel))];
  }
}
