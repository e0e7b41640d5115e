import { Inject, Injectable } from '@nestjs/common';
import { afterMove, nextMove, type EscalationMove, type TellablePeople } from '@huiying/domain';
import { Escalations, type EscalationRow, type Tx } from '@huiying/persistence';
import { DutyDesk } from '../duty/index.js';
import { requestsTo } from '../notifying/index.js';
import { AUDITOR, record, SYSTEM, WorkflowStore } from '../timeline/index.js';
import { EscalationBook } from './escalation-book.js';
import { lookAt, MATTER_WORDS, standing } from './escalation-words.js';

/** Looked at in one commit. */
const TAKEN_AT_ONCE = 100;

/**
 * Lets what nobody acknowledges climb: each move once, in order, in one commit with its notices. Any number of processes may tick; what
 * an outage missed is made up for, marked late. Whether something was acknowledged or settled is read from the matter itself.
 */
@Injectable()
export class EscalationEngine {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(EscalationBook) private readonly book: EscalationBook,
    @Inject(DutyDesk) private readonly duty: DutyDesk,
  ) {}

  /** Makes the next move of up to TAKEN_AT_ONCE. Returns how many it looked at: 0 = all is done. */
  tick(): Promise<number> {
    return this.store.change(async (tx, now) => {
      const escalations = new Escalations(tx);
      const rows = await escalations.claimDue(now, TAKEN_AT_ONCE);
      if (rows.length === 0) return 0;
      const facts = await escalations.facts(
        rows.map(({ id }) => id),
        [SYSTEM, AUDITOR],
      );
      const people = await this.duty.tellable(tx, now);
      for (const row of rows) await this.look(tx, standing(row, facts.get(row.id)!), people, now);
      return rows.length;
    });
  }

  nextMoveAt(): Promise<Date | null> {
    return new Escalations(this.store.database).nextMoveAt();
  }

  private async look(tx: Tx, row: EscalationRow, people: TellablePeople, now: Date): Promise<void> {
    const move = nextMove(row.policy, row.state, now);
    const state = move?.isDue ? afterMove(row.state, move, now) : row.state;
    if (move?.isDue) await this.make(tx, row, move, people, now);
    await new Escalations(tx).keep({ ...row, state, nextMoveAt: lookAt(row.policy, state, now) });
  }

  private async make(tx: Tx, row: EscalationRow, move: EscalationMove, people: TellablePeople, now: Date): Promise<void> {
    const told = this.book.peopleOn(move.tell, people);
    // Who said 知道了 and left it is asked again before all others.
    if (move.kind === 'idle' && row.acknowledgedById !== null) told.unshift(row.acknowledgedById);
    const ids = [...new Set(told)];
    const { kind, index, late, reason } = move;
    const noted = {
      escalationId: row.id,
      kind,
      index,
      scheduledAt: move.at,
      madeAt: now,
      late,
      reason,
      told: ids,
      comment: null,
      madeBy: null,
    };
    if (!(await new Escalations(tx).addMove(noted))) return;
    await this.tell(
      tx,
      row,
      { fact: `escalation:${row.id}:${kind}:${index}`, reason: `${reason}${late ? '（系统恢复后补发）' : ''}`, ids },
      now,
    );
  }

  /** Tells people of a matter, with a line in its history. */
  async tell(
    tx: Tx,
    row: EscalationRow,
    told: { fact: string; reason: string; ids: readonly string[]; by?: string },
    now: Date,
  ): Promise<void> {
    const { alertId, caseId, deadlineId, severity, title, link } = row;
    const people = await this.book.namesOf(tx, told.ids);
    const names = told.ids.flatMap((id) => people.get(id) ?? []);
    await record(tx, now, told.by ?? SYSTEM, [
      {
        kind: 'escalation.moved',
        text: `${MATTER_WORDS[row.matter]}${told.reason}：${names.join('、') || '无人可通知'}`,
        title,
        subject: alertId === null ? { kind: 'deadline', id: deadlineId! } : { kind: 'alert', id: alertId },
        ...{ alertId, caseId, severity },
        detail: { escalationId: row.id, policy: row.policy.name, told: names },
      },
    ]);
    const words = {
      title: `【上报】${title}`,
      body: `${MATTER_WORDS[row.matter]}${told.reason}。规则：${row.policy.name}。请确认知悉并督促处置。`,
    };
    tx.send(...requestsTo({ fact: told.fact, severity, urgency: 'urgent', ...words, link, caseId, causedBy: row.causedBy }, told.ids, now));
  }
}
