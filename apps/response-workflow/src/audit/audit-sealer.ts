import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { AuditTrail, Database, SEALED_AT_ONCE } from '@huiying/persistence';

const SEAL_EVERY_MS = 2_000;

/** Seals the audit trail's new rows. Several processes may: one does the work. */
@Injectable()
export class AuditSealer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('audit');
  private timer: NodeJS.Timeout | null = null;
  private sealing: Promise<void> = Promise.resolve();
  private stopping = false;

  constructor(@Inject(Database) private readonly database: Database) {}

  onApplicationBootstrap(): void {
    this.rest();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    if (this.timer) clearTimeout(this.timer);
    await this.sealing;
  }

  private rest(): void {
    if (this.stopping) return;
    this.timer = setTimeout(() => (this.sealing = this.seal()), SEAL_EVERY_MS);
    this.timer.unref();
  }

  private async seal(): Promise<void> {
    try {
      // After one that was not full the few that came meanwhile wait: a chain of one row costs as much as one of hundreds.
      while (!this.stopping && (await AuditTrail.seal(this.database)) === SEALED_AT_ONCE);
    } catch (error) {
      this.logger.warn(`audit rows wait longer to be sealed: ${(error as Error).message}`);
    }
    this.rest();
  }
}
