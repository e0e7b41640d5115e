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

/** Lanes that were taken together, as long as they are worked on. */
interface Turn {
  target: CallbackTarget;
  lease: Date;
  /** Of performance.now(): nothing more is begun after it. */
  until: number;
  /** Those that were not come to yet. */
  waiting: ClaimedLane[];
}

/**
 * Tells receivers what happened to work orders. An order's callbacks go one after the other: the next goes only when the one before was
 * taken. Each carries `idempotency-key: ORDER_NO-SEQ`, so that a receiver that honours it takes each once, however often it is told.
 */
@Injectable()
export class CallbackSender {
  private readonly logger = new Logger('callbacks');
  private readonly agents = new Map<string, Agent>();
  private readonly turns = new Set<Turn>();
  private stopping = false;

  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(CallbackTargets) private readonly targets: CallbackTargets,
  ) {}

  /** Tells what is due now to every receiver. Returns how many orders were worked on. */
  async sendDue(): Promise<number> {
    if (this.stopping) return 0;
    const worked = await Promise.all(this.targets.all.filter(({ secret }) => secret !== null).map((target) => this.sendTo(target)));
    return worked.reduce((sum, one) => sum + one, 0);
  }

  /** When something is due next. */
  nextAt(): Promise<Date | null> {
    return new Callbacks(this.store.database).nextAt();
  }

  /**
   * Begins nothing more. What was not come to yet is given back at once, for another process or the next start; what is under way goes on
   * to its end in sendDue.
   */
  async stop(): Promise<void> {
    this.stopping = true;
    try {
      await Promise.all([...this.turns].map((turn) => this.giveBack(turn)));
    } catch (error) {
      this.logger.warn(`lanes could not be given back, they are taken when their lease ends: ${(error as Error).message}`);
    }
  }

  /** Call it when no sendDue runs any more. */
  async close(): Promise<void> {
    await this.stop();
    await Promise.all([...this.agents.values()].map((agent) => agent.close()));
  }

  private async sendTo(target: CallbackTarget): Promise<number> {
    const now = this.store.now();
    // Kept from other processes so long; after a crash it is told again then, under the same key.
    const lease = new Date(now.getTime() + WORKED_MS + longestMs(target));
    const until = performance.now() + WORKED_MS;
    const lanes = await this.store.change((tx) => new Callbacks(tx).claim(target.id, now, lease, target.concurrency * LANES_PER_REQUEST));
    if (lanes.length === 0) return 0;
    const turn: Turn = { target, lease, until, waiting: [...lanes] };
    this.turns.add(turn);
    try {
      const results = await this.work(turn);
      await this.store.change((tx, at) => new Callbacks(tx).settle(target.id, results, lease, at));
      this.warnOf(target, results);
      await this.giveBack(turn);
    } finally {
      this.turns.delete(turn);
    }
    return lanes.length;
  }

  /** Tells what the lanes hold, as many at once as the receiver lets us, until the time is over. */
  private async work(turn: Turn): Promise<LaneResult[]> {
    const { target, waiting } = turn;
    const results: LaneResult[] = [];
    const one = async () => {
      while (waiting.length > 0 && !this.isOver(turn)) results.push(await this.tell(turn, waiting.shift()!));
    };
    await Promise.all(Array.from({ length: Math.min(target.concurrency, waiting.length) }, one));
    return results;
  }

  private isOver({ until }: Turn): boolean {
    return this.stopping || performance.now() > until;
  }

  private async giveBack({ target, lease, waiting }: Turn): Promise<void> {
    const orderNos = waiting.splice(0).map(({ orderNo }) => orderNo);
    if (orderNos.length > 0) await this.store.change((tx, at) => new Callbacks(tx).giveBack(target.id, orderNos, lease, at));
  }

  private warnOf(target: CallbackTarget, results: readonly LaneResult[]): void {
    const failed = results.find(({ error }) => error !== null);
    if (failed)
      this.logger.warn(
        `${target.id}: ${results.filter(({ error }) => error !== null).length} of ${results.length} not taken, e.g. ${failed.orderNo}: ${failed.error}`,
      );
  }

  /** The callbacks of one order, until one is not taken or the time is over. */
  private async tell(turn: Turn, lane: ClaimedLane): Promise<LaneResult> {
    const { target } = turn;
    const delivered: number[] = [];
    const first = lane.callbacks[0];
    // Where all that was left has been left out by somebody, the lane is at its end.
    let doneSeq = first === undefined ? lane.lastSeq : first.seq - 1;
    for (const { seq, payload } of lane.callbacks) {
      if (this.isOver(turn)) break;
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
        // Else an answer that trickles in without end would outlast the lease, and hold up a stop for ever.
        signal: AbortSignal.timeout(longestMs(target)),
      });
      const text = await bounded(answer.body);
      const retryAfter = answer.headers['retry-after'];
      return readAnswer(answer.statusCode, typeof retryAfter === 'string' ? retryAfter : null, isTaken(target.mapping, text));
    } catch (error) {
      return { outcome: 'later', reason: `没有应答：${codeOf(error) ?? (error as Error).message}` };
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

/** The longest that one request takes: to connect, to the head of the answer, and through its body, each as long as the receiver is waited for. */
function longestMs({ timeoutSeconds }: CallbackTarget): number {
  return 3 * timeoutSeconds * 1000;
}

/** null where there is none that says anything: an abort has a number for it. */
function codeOf(error: unknown): string | null {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : null;
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
