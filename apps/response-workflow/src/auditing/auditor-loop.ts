import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { ENVIRONMENT } from '@huiying/platform';
import type { Environment } from '@huiying/settings';
import { Auditor } from './auditor.js';

const PING_MS = 10_000;

/**
 * Passes again and again. After a clean pass, and only then, it fetches the heartbeat's address: a watchdog outside that hears
 * nothing raises the alarm, whatever died here (失联报警).
 */
@Injectable()
export class AuditorLoop implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('auditor');
  private timer: NodeJS.Timeout | null = null;
  private stopping = false;
  private running: Promise<void> = Promise.resolve();

  constructor(
    @Inject(Auditor) private readonly auditor: Auditor,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  onApplicationBootstrap(): void {
    this.again();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    if (this.timer) clearTimeout(this.timer);
    await this.running;
  }

  /** One pass, and the ping where it was clean. */
  async round(): Promise<void> {
    try {
      const passed = await this.auditor.pass();
      if (passed === null) return;
      for (const { text } of passed.findings.slice(0, 20)) this.logger.warn(text);
      if (passed.findings.length > 20) this.logger.warn(`${passed.findings.length - 20} more findings: see workflow.auditor_finding`);
      if (passed.isClean) await this.ping();
    } catch (error) {
      if (!this.stopping) this.logger.warn(`a pass failed, no heartbeat is sent: ${(error as Error).message}`);
    }
  }

  private again(): void {
    if (this.stopping) return;
    this.timer = setTimeout(() => {
      this.running = this.round().then(() => this.again());
    }, this.environment.auditSeconds * 1_000);
  }

  private async ping(): Promise<void> {
    const url = this.environment.heartbeatUrl;
    if (url === null) return;
    try {
      const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(PING_MS) });
      if (!answer.ok) this.logger.warn(`the heartbeat was answered with ${answer.status}`);
    } catch (error) {
      this.logger.warn(`the heartbeat could not be sent: ${(error as Error).name}`); // the address may hold a secret
    }
  }
}
