import { randomBytes } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { signedHeaders } from '@huiying/platform';
import { Callbacks, type ClaimedLane, type LaneResult } from '@huiying/persistence';
import { Agent, request } from 'undici';
import { WorkflowStore } from '../timeline/index.js';
import type { OrderCallback } from './callback-form.js';
import { planCallback, readAnswer, type CallbackAnswer } from './callback-plan.js';
import { CallbackTargets, type CallbackTarget } from './callback-targets.js';
import { isTaken, mapped } from './mapped.js';

/** How long lanes that were taken are worked on; what is left of them then is taken anew. */
const WORKED_MS = 20_000;
/** Lanes taken at once for each request that may be under way. */
const LANES_PER_REQUEST = 8;
const ANSWER_BYTES = 64 * 1024;

/**
 * Tells receivers what happened to work orders. An order's callbacks go one after the other: the next goes only when the one before was
 * taken. Each carries `idempotency-key: ORDER_NO-SEQ`, so that a receiver that honours it takes each once, however often it is told.
 */
@Injectable()
export class CallbackSender {
  private readonly logger = new Logger('callbacks');
  private readonly agents = new Map<string, Agent>();

  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(CallbackTargets) private readonly targets: CallbackTargets,
  ) {}

  /** Tells what is due now to every receiver. Returns how many orders were worked on. */
  async sendDue(): Promise<number> {
    const worked = await Promise.all(this.targets.all.filter(({ secret }) => secret !== null).map((target) => this.sendTo(target)));
    return worked.reduce((sum, one) => sum + one, 0);
  }

  /** When something is due next. */
  nextAt(): Promise<Date | null> {
    return new Callbacks(this.store.database).nextAt();
  }

  async close(): Promise<void> {
    await Promise.all([...this.agents.values()].map((agent) => agent.close()));
  }

  private async sendTo(target: CallbackTarget): Promise<number> {
    const now = this.store.now();
    // Kept from other processes so long; after a crash it is told again then, under the same key.
    const lease = new Date(now.getTime() + WORKED_MS + target.timeoutSeconds * 1000);
    const until = performance.now() + WORKED_MS;
    const lanes = await this.store.change((tx) => new Callbacks(tx).claim(target.id, now, lease, target.concurrency * LANES_PER_REQUEST));
    if (lanes.length === 0) return 0;
    const results: LaneResult[] = [];
    const waiting = [...lanes];
    const work = async () => {
      for (let lane = waiting.shift(); lane !== undefined; lane = waiting.shift()) results.push(await this.tell(target, lane, until));
    };
    await Promise.all(Array.from({ length: Math.min(target.concurrency, lanes.length) }, work));
    await this.store.change((tx, at) => new Callbacks(tx).settle(target.id, results, at));
    const failed = results.find(({ error }) => error !== null);
    if (failed)
      this.logger.warn(
        `${target.id}: ${results.filter(({ error }) => error !== null).length} of ${results.length} not taken, e.g. ${failed.orderNo}: ${failed.error}`,
      );
    return lanes.length;
  }

  /** The callbacks of one order, until one is not taken or the time is over. */
  private async tell(target: CallbackTarget, lane: ClaimedLane, until: number): Promise<LaneResult> {
    const delivered: number[] = [];
    const first = lane.callbacks[0];
    // Where all that was left has been left out by somebody, the lane is at its end.
    let doneSeq = first === undefined ? lane.lastSeq : first.seq - 1;
    for (const { seq, payload } of lane.callbacks) {
      if (performance.now() > until) break;
      const answer = await this.tryOnce(target, payload);
      if (answer.outcome !== 'taken') return this.notTaken(target, lane, answer, { delivered, doneSeq, failed: seq });
      delivered.push(seq);
      doneSeq = seq;
    }
    // One that was not come to stays as it was: it goes on failing from when it began to.
    const { attempts, failingSince } = delivered.length > 0 ? { attempts: 0, failingSince: null } : lane;
    return {
      orderNo: lane.orderNo,
      doneSeq,
      delivered,
      failed: null,
      attempts,
      failingSince,
      error: null,
      nextAt: null,
      dead: false,
    };
  }

  private notTaken(
    target: CallbackTarget,
    lane: ClaimedLane,
    answer: Exclude<CallbackAnswer, { outcome: 'taken' }>,
    so: Pick<LaneResult, 'delivered' | 'doneSeq' | 'failed'>,
  ): LaneResult {
    const now = this.store.now();
    const isNew = so.delivered.length > 0;
    const attempts = isNew ? 1 : lane.attempts + 1;
    const failingSince = isNew ? now : (lane.failingSince ?? now);
    const next = planCallback(answer, attempts, failingSince, now, target.giveUpDays);
    return { orderNo: lane.orderNo, ...so, attempts, failingSince, error: answer.reason, ...next };
  }

  private async tryOnce(target: CallbackTarget, payload: string): Promise<CallbackAnswer> {
    const callback = JSON.parse(payload) as OrderCallback;
    const wire = mapped(target.mapping, target.url, callback);
    const url = new URL(wire.url);
    const timestamp = String(Math.floor(this.store.now().getTime() / 1000));
    const parts = {
      method: wire.method,
      path: `${url.pathname}${url.search}`,
      timestamp,
      nonce: randomBytes(12).toString('hex'),
      body: wire.body,
    };
    try {
      const answer = await request(url, {
        dispatcher: this.agentOf(target),
        method: wire.method as 'POST',
        headers: {
          ...target.mapping.headers,
          'content-type': wire.contentType,
          'idempotency-key': callback.id,
          ...signedHeaders(parts, target.id, target.secret!),
        },
        body: wire.body,
      });
      const text = await bounded(answer.body);
      const retryAfter = answer.headers['retry-after'];
      return readAnswer(answer.statusCode, typeof retryAfter === 'string' ? retryAfter : null, isTaken(target.mapping, text));
    } catch (error) {
      return { outcome: 'later', reason: `没有应答：${(error as { code?: string }).code ?? (error as Error).message}` };
    }
  }

  private agentOf({ id, concurrency, timeoutSeconds }: CallbackTarget): Agent {
    const known = this.agents.get(id);
    if (known) return known;
    const ms = timeoutSeconds * 1000;
    const agent = new Agent({ connections: concurrency, headersTimeout: ms, bodyTimeout: ms, connect: { timeout: ms } });
    this.agents.set(id, agent);
    return agent;
  }
}

/** The answer as far as anybody needs it; the rest is read and dropped, so that the connection can be used again. */
async function bounded(body: AsyncIterable<Buffer>): Promise<string> {
  const kept: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    if (bytes < ANSWER_BYTES) kept.push(chunk);
    bytes += chunk.length;
  }
  return Buffer.concat(kept).toString('utf8');
}
