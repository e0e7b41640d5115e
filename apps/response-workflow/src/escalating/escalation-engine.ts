import { Inject, Injectable } from '@nestjs/common';
import { afterMove, nextMove, type EscalationMove, type TellablePeople } from '@huiying/domain';
import { Escalations, moveKey, type EscalationRow, type Tx } from '@huiying/persistence';
import { DutyDesk } from '../duty/index.js';
import { requestsTo } from '../notifying/index.js';
import { AUDITOR, record, SYSTEM, WorkflowStore, type Happening } from '../timeline/index.js';
import { EscalationBook } from './escalation-book.js';
import { lookAt, MATTER_WORDS, standing } from './escalation-words.js';

/** Looked at in one commit. */
const TAKEN_AT_ONCE = 500;

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
      const looked = rows.map((claimed) => {
        const row = standing(claimed, facts.get(claimed.id)!);
        const next = nextMove(row.policy, row.state, now);
        return { row, move: next?.isDue ? next : null };
      });
      await this.make(
        tx,
        looked.flatMap(({ row, move }) => (move === null ? [] : [{ row, move, ids: this.toldOf(row, move, people) }])),
        now,
      );
      await escalations.keepAll(
        looked.map(({ row, move }) => {
          const state = move === null ? row.state : afterMove(row.state, move, now);
          return { ...row, state, nextMoveAt: lookAt(row.policy, state, now) };
        }),
      );
      return rows.length;
    });
  }

  nextMoveAt(): Promise<Date | null> {
    return new Escalations(this.store.database).nextMoveAt();
  }

  /** Who said 知道了 and left it is asked again before all others. */
  private toldOf(row: EscalationRow, move: EscalationMove, people: TellablePeople): string[] {
    const first = move.kind === 'idle' && row.acknowledgedById !== null ? [row.acknowledgedById] : [];
    return [...new Set([...first, ...this.book.peopleOn(move.tell, people)])];
  }

  private async make(tx: Tx, moves: readonly Making[], now: Date): Promise<void> {
    const noted = moves.map(({ row, move: { kind, index, late, reason, at }, ids }) => {
      return { escalationId: row.id, kind, index, scheduledAt: at, madeAt: now, late, reason, told: ids, comment: null, madeBy: null };
    });
    const fresh = await new Escalations(tx).addMoves(noted);
    const told = moves
      .filter(({ row, move }) => fresh.has(moveKey(row.id, move.kind, move.index)))
      .map(({ row, move, ids }) => {
        const reason = `${move.reason}${move.late ? '（系统恢复后补发）' : ''}`;
        return { row, fact: `escalation:${moveKey(row.id, move.kind, move.index)}`, reason, ids };
      });
    await this.tell(tx, told, SYSTEM, now);
  }

  /** Tells people of matters, each with a line in its history. */
  async tell(tx: Tx, all: readonly ToldMatter[], by: string, now: Date): Promise<void> {
    if (all.length === 0) return;
    const people = await this.book.namesOf(tx, [...new Set(all.flatMap(({ ids }) => ids))]);
    const namesOf = (ids: readonly string[]) => ids.flatMap((id) => people.get(id) ?? []);
    await record(
      tx,
      now,
      by,
      all.map(({ row, reason, ids }) => happening(row, reason, namesOf(ids))),
    );
    for (const { row, fact, reason, ids } of all) {
      const { severity, title, link, caseId, causedBy } = row;
      const body = `${MATTER_WORDS[row.matter]}${reason}。规则：${row.policy.name}。请确认知悉并督促处置。`;
      const words = { title: `【上报】${title}`, body, link, caseId, causedBy };
      tx.send(...requestsTo({ fact, severity, urgency: 'urgent', ...words }, ids, now));
    }
  }
}

interface Making {
  row: EscalationRow;
  move: EscalationMove;
  ids: string[];
}

/** A matter and whom to tell of it. `fact` names the telling for ever. */
export interface ToldMatter {
  row: EscalationRow;
  fact: string;
  reason: string;
  ids: readonly string[];
}

function happening(
  { id, matter, alertId, deadlineId, caseId, severity, title, policy }: EscalationRow,
  reason: string,
  names: string[],
): Happening {
  return {
    kind: 'escalation.moved',
    text: `${MATTER_WORDS[matter]}${reason}：${names.join('、') || '无人可通知'}`,
    title,
    subject: alertId === null ? { kind: 'deadline', id: deadlineId! } : { kind: 'alert', id: alertId },
    ...{ alertId, caseId, severity },
    detail: { escalationId: id, policy: policy.name, told: names },
  };
}
