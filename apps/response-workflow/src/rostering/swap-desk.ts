import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { answerSwapRequest, askSwapRequest, type AnswerSwapRequest, type AskSwapRequest, type SwapView } from '@huiying/contracts/http';
import { Forbidden, NotFound, onDutyAt, stepSwap, swapRefusal, type DutyKind, type SwapAction } from '@huiying/domain';
import { check } from '@huiying/platform';
import { AuditTrail, DutyPlans, People, type PersonRow, type SwapRow, type Tx } from '@huiying/persistence';
import type { Actor } from '../accounts/index.js';
import { DutyDesk } from '../duty/index.js';
import { requestsTo } from '../notifying/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { bad, DUTY_WORDS, inForce, mayStand, spanWords } from './duty-plan-desk.js';

const SHOWN = 100;
const DAY_MS = 86_400_000;

/** 换班: asked of a colleague, agreed to by that colleague, recorded; only then the roster changes. */
@Injectable()
export class SwapDesk {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(DutyDesk) private readonly duty: DutyDesk,
  ) {}

  async list(actor: Actor): Promise<SwapView[]> {
    const { database } = this.store;
    const all = actor.role === 'supervisor' || actor.role === 'administrator';
    const rows = await new DutyPlans(database).swaps(all ? null : actor.id, SHOWN);
    const people = new Map(
      (await new People(database).byIds(rows.flatMap((row) => [row.askedBy, row.askedOf]))).map((one) => [one.id, one.name]),
    );
    const who = (id: string) => ({ id, name: people.get(id) ?? '' });
    return rows.map((row) => ({
      ...{ id: row.id, duty: row.duty, reason: row.reason, state: row.state, answer: row.answer },
      ...{ askedBy: who(row.askedBy), askedOf: who(row.askedOf), from: row.from.toISOString(), to: row.to.toISOString() },
      back: row.backFrom && row.backTo && { from: row.backFrom.toISOString(), to: row.backTo.toISOString() },
      ...{ askedAt: row.askedAt.toISOString(), answeredAt: row.answeredAt?.toISOString() ?? null },
      may: mayDo(row, actor),
    }));
  }

  /** @throws BadInput, Refusal shift-begun, not-your-shift, same-person, on-duty-then */
  async ask(request: AskSwapRequest, actor: Actor): Promise<{ swapId: string }> {
    const { duty, askedOf, reason, ...when } = check(askSwapRequest, request);
    const id = randomUUID();
    await this.store.change(async (tx, now) => {
      const people = await new People(tx).active();
      const other = people.find((one) => one.id === askedOf);
      if (!other || !mayStand(other, duty))
        throw bad('askedOf', 'must be an active account of that duty', askedOf, `请选择一名${DUTY_WORDS[duty]}`);
      const mine = await this.shiftAt(tx, people, new Date(when.from), { duty, personId: actor.id, field: 'from' });
      const back =
        when.backFrom === null
          ? null
          : await this.shiftAt(tx, people, new Date(when.backFrom), { duty, personId: askedOf, field: 'backFrom' });
      const swap: SwapRow = {
        ...{ id, duty, askedBy: actor.id, askedOf, reason, state: 'asked', askedAt: now, answeredAt: null, answer: null },
        ...{ from: mine.from, to: mine.to, backFrom: back?.from ?? null, backTo: back?.to ?? null },
      };
      await this.refuse(tx, swap, people, now);
      await new DutyPlans(tx).addSwap(swap);
      const inReturn = back === null ? '' : `，并由${actor.name}接您 ${spanWords(back.from, back.to)} 的班`;
      const body = `${actor.name}申请由您接 ${spanWords(mine.from, mine.to)} 的班${inReturn}。原因：${reason}。请在值班页答复。`;
      tx.send(...requestsTo({ ...told(`swap:${id}:asked`), title: `【换班申请】${actor.name}`, body }, [askedOf], now));
      await this.audit(tx, now, actor, 'swap.ask', id);
    });
    return { swapId: id };
  }

  /** @throws NotFound, Forbidden, Refusal swap-settled, shift-begun, not-your-shift, on-duty-then */
  async answer(id: string, action: SwapAction, request: AnswerSwapRequest, actor: Actor): Promise<void> {
    const { answer } = check(answerSwapRequest, request);
    await this.store.change(async (tx, now) => {
      const swap = await new DutyPlans(tx).lockSwap(id);
      if (!swap) throw new NotFound('swap', id);
      if (actor.id !== (action === 'withdraw' ? swap.askedBy : swap.askedOf))
        throw new Forbidden(`${action} is for another`, action === 'withdraw' ? '只有申请人可以撤回' : '只有被申请人可以答复');
      const state = stepSwap(swap.state, action);
      if (action === 'agree') await this.carryOut(tx, swap, actor, now);
      await new DutyPlans(tx).settleSwap(id, state, answer, now);
      const words = { agree: '同意', decline: '拒绝', withdraw: '撤回' }[action];
      const body = `${actor.name}${words}了 ${spanWords(swap.from, swap.to)} 的换班。${answer ?? ''}`;
      const other = actor.id === swap.askedBy ? swap.askedOf : swap.askedBy;
      tx.send(...requestsTo({ ...told(`swap:${id}:${state}`), title: `【换班】${actor.name}已${words}`, body }, [other], now));
      await this.audit(tx, now, actor, `swap.${action}`, id);
    });
  }

  private async carryOut(tx: Tx, swap: SwapRow, actor: Actor, now: Date): Promise<void> {
    await this.refuse(tx, swap, await new People(tx).active(), now);
    const plans = new DutyPlans(tx);
    const made = { duty: swap.duty, reason: `换班：${swap.reason}`, madeBy: actor.name, madeAt: now, swapId: swap.id };
    await plans.addChange({ ...made, id: randomUUID(), from: swap.from, to: swap.to, personId: swap.askedOf });
    if (swap.backFrom && swap.backTo)
      await plans.addChange({ ...made, id: randomUUID(), from: swap.backFrom, to: swap.backTo, personId: swap.askedBy });
  }

  private async refuse(tx: Tx, swap: SwapRow, people: readonly PersonRow[], now: Date): Promise<void> {
    const { duty, askedBy, askedOf, from, to, backFrom, backTo } = swap;
    const given = [{ personId: askedBy, duty, from, to, takenBy: askedOf }];
    if (backFrom && backTo) given.push({ personId: askedOf, duty, from: backFrom, to: backTo, takenBy: askedBy });
    for (const { takenBy, ...shift } of given) {
      const refusal = swapRefusal(shift, takenBy, await this.duty.turnsBetween(tx, people, shift.from, shift.to), now);
      if (refusal) throw refusal;
    }
  }

  /** The whole shift of a person that covers an instant. @throws BadInput */
  private async shiftAt(
    tx: Tx,
    people: readonly PersonRow[],
    at: Date,
    { duty, personId, field }: { duty: DutyKind; personId: string; field: string },
  ): Promise<{ from: Date; to: Date }> {
    const turns = await this.duty.turnsBetween(tx, people, new Date(at.getTime() - DAY_MS), new Date(at.getTime() + DAY_MS));
    const isOn = onDutyAt(turns, at).some((turn) => turn.duty === duty && turn.personId === personId);
    const shift = inForce(turns).find((turn) => turn.duty === duty && turn.personId === personId && turn.from <= at && at < turn.to);
    if (!isOn || !shift) throw bad(field, 'must be within a shift of that person', at.toISOString(), '该时间不在其班次内');
    return shift;
  }

  private audit(tx: Tx, at: Date, actor: Actor, action: string, id: string): Promise<void> {
    const { id: personId, name: who, origin } = actor;
    return new AuditTrail(tx).add({ at, personId, who, action, subject: `swap:${id}`, origin });
  }
}

function told(fact: string) {
  return { fact, severity: 'IV' as const, urgency: 'normal' as const, link: '/duty', caseId: null, causedBy: null };
}

function mayDo({ state, askedBy, askedOf }: SwapRow, actor: Actor): SwapView['may'] {
  if (state !== 'asked') return [];
  if (actor.id === askedOf) return ['agree', 'decline'];
  return actor.id === askedBy ? ['withdraw'] : [];
}
