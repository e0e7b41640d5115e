import { Inject, Injectable } from '@nestjs/common';
import type { CallbackTargetView, DeadCallbackView, Page, SkippedCallbackView } from '@huiying/contracts/http';
import { NotFound } from '@huiying/domain';
import { AuditTrail, Callbacks, type Tx } from '@huiying/persistence';
import type { Actor } from '../accounts/index.js';
import { WorkflowStore } from '../timeline/index.js';
import type { OrderCallback } from './callback-form.js';
import { CallbackTargets } from './callback-targets.js';

const PAGE = 50;
const SKIPPED_SHOWN = 100;

/** Where the callbacks stand, and what staff do with those that were given up (死信). */
@Injectable()
export class CallbackDesk {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(CallbackTargets) private readonly targetBook: CallbackTargets,
  ) {}

  async targets(): Promise<CallbackTargetView[]> {
    const counts = new Map((await new Callbacks(this.store.database).counts()).map((one) => [one.target, one]));
    return this.targetBook.all.map(({ id, name, url, mapping, secret, giveUpDays }) => {
      const { waiting = 0, failing = 0, dead = 0, oldestWaitingAt = null } = counts.get(id) ?? {};
      const { host } = new URL(url);
      return {
        id,
        name,
        host,
        adapter: mapping.name,
        hasSecret: secret !== null,
        giveUpDays,
        waiting,
        failing,
        dead,
        oldestWaitingAt: oldestWaitingAt?.toISOString() ?? null,
      };
    });
  }

  async dead(filter: { target?: string; q?: string }, cursor: string | null): Promise<Page<DeadCallbackView>> {
    const { items, next } = await new Callbacks(this.store.database).dead(filter, cursor, PAGE);
    return {
      items: items.map(({ payload, createdAt, failingSince, deadAt, ...rest }) => {
        const { action, text } = JSON.parse(payload) as OrderCallback;
        return {
          ...rest,
          action,
          text,
          createdAt: createdAt.toISOString(),
          failingSince: failingSince?.toISOString() ?? null,
          deadAt: deadAt.toISOString(),
        };
      }),
      next,
      total: null,
    };
  }

  /** Tries again, at once. @throws NotFound for an unknown receiver */
  resend(target: string, orderNo: string | null, actor: Actor): Promise<{ resent: number }> {
    this.known(target);
    return this.store.change(async (tx, now) => {
      const resent = await new Callbacks(tx).resend(target, orderNo, now);
      await this.audit(tx, now, actor, { action: 'resend', target, orderNo, resent });
      return { resent };
    });
  }

  /** Leaves the head out, for a reason, and goes on behind it. @throws NotFound where none is dead */
  skip(target: string, { orderNo, reason }: { orderNo: string; reason: string }, actor: Actor): Promise<{ seq: number }> {
    this.known(target);
    return this.store.change(async (tx, now) => {
      const seq = await new Callbacks(tx).skip(target, orderNo, { at: now, by: actor.name, reason });
      if (seq === null) throw new NotFound('dead callback', `${target}/${orderNo}`);
      await this.audit(tx, now, actor, { action: 'skip', target, orderNo, seq, reason });
      return { seq };
    });
  }

  async skipped(): Promise<SkippedCallbackView[]> {
    return (await new Callbacks(this.store.database).skipped(SKIPPED_SHOWN)).map(({ payload, skippedAt, ...rest }) => {
      const { action, text } = JSON.parse(payload) as OrderCallback;
      return { ...rest, action, text, skippedAt: skippedAt.toISOString() };
    });
  }

  /** 补发: sends after all what was left out, and again what came behind it. @throws NotFound */
  unskip(target: string, { orderNo, seq }: { orderNo: string; seq: number }, actor: Actor): Promise<void> {
    this.known(target);
    return this.store.change(async (tx, now) => {
      if (!(await new Callbacks(tx).unskip(target, orderNo, seq, now)))
        throw new NotFound('skipped callback', `${target}/${orderNo}/${seq}`);
      await this.audit(tx, now, actor, { action: 'unskip', target, orderNo, seq });
    });
  }

  private known(target: string): void {
    if (!this.targetBook.all.some(({ id }) => id === target)) throw new NotFound('callback target', target);
  }

  private audit(tx: Tx, at: Date, actor: Actor, done: { action: string; target: string; orderNo: string | null; [more: string]: unknown }) {
    const { id: personId, name: who, origin } = actor;
    const { action, target, ...detail } = done;
    return new AuditTrail(tx).add({ at, personId, who, action: `callback.${action}`, subject: `callback:${target}`, origin, detail });
  }
}
