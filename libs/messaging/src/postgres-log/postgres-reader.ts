import type { Database, LogTables } from '@huiying/persistence';
import type { LogVoice, Reading } from '../event-log.js';

/** How long a reader sleeps when nobody wakes it: the bound on lateness should a notification be lost. */
const POLL_MS = 1_000;

/** One process's part of a reader group: `parallel` loops, each claiming a partition, handling a batch, moving the position. */
export class PostgresReader {
  private stopping = false;
  private loops: Promise<void>[] = [];
  private sleepers = new Set<() => void>();
  private unlisten: (() => Promise<void>) | null = null;

  constructor(
    private readonly database: Database,
    private readonly tables: LogTables,
    private readonly reading: Reading,
    private readonly voice: LogVoice,
  ) {}

  async start(): Promise<void> {
    const topics = new Set(this.reading.topics);
    this.unlisten = await this.database.listen('huiying_log', (topic) => {
      if (topic === null || topics.has(topic)) this.wakeAll();
    });
    this.loops = Array.from({ length: this.reading.parallel }, () => this.loop());
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.wakeAll();
    await Promise.all(this.loops);
    await this.unlisten?.();
  }

  private async loop(): Promise<void> {
    let wait = POLL_MS;
    while (!this.stopping) {
      try {
        if (await this.readOnce()) {
          wait = POLL_MS;
          continue;
        }
      } catch (error) {
        this.voice.warn(`${this.reading.reader}: reading stopped for ${wait} ms: ${(error as Error).message}`);
        wait = Math.min(wait * 2, 30_000);
      }
      await this.sleep(wait);
    }
  }

  private readOnce(): Promise<boolean> {
    const { reader, topics, batchSize, handle } = this.reading;
    return this.tables.claim(reader, topics, batchSize, (claim) => handle(claim.records, async () => undefined));
  }

  private sleep(ms: number): Promise<void> {
    if (this.stopping) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.sleepers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      this.sleepers.add(wake);
    });
  }

  private wakeAll(): void {
    for (const wake of [...this.sleepers]) wake();
  }
}
