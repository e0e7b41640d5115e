import { Inject, Injectable } from '@nestjs/common';
import type { MovedClock } from '@huiying/contracts/http';
import { isPaused, lengthText, localTimeText, timingOf, type Deadline } from '@huiying/domain';
import { Deadlines, moveDeadlines, type DeadlineRow, type Queries } from '@huiying/persistence';
import { noteClocksChanged, record, WorkflowStore } from '../timeline/index.js';
import { linkOf, placeOf } from './clock-subject.js';
import { nextStepAt } from './deadline-book.js';

/** How a change of the law would have a clock; the same object where it does not touch it. */
export type Move = (deadline: Deadline) => Deadline;

/** Which open clocks to look at. */
export interface MoveScope {
  /** Only rules of days: hours do not rest on the calendar. */
  days?: boolean;
}

export interface Moved {
  row: DeadlineRow;
  after: Deadline;
}

const AT_ONCE = 500;

/** Finds and moves the open clocks that another calendar or a changed rule touches. Met and cancelled clocks are never looked at. */
@Injectable()
export class DeadlineMover {
  constructor(@Inject(WorkflowStore) private readonly store: WorkflowStore) {}

  /** What would move; changes nothing. The first `most` of them, and how many there are. */
  async preview(move: Move, scope: MoveScope, most: number): Promise<{ clocks: MovedClock[]; clockCount: number }> {
    const clocks: MovedClock[] = [];
    let clockCount = 0;
    for await (const moved of this.pages(this.store.database, move, scope)) {
      clockCount += moved.length;
      clocks.push(...moved.slice(0, Math.max(0, most - clocks.length)).map(toMovedClock));
    }
    return { clocks, clockCount };
  }

  /** Moves them inside the transaction that changes the law, each told on its case's timeline. Returns how many. */
  async apply(tx: Queries, move: Move, scope: MoveScope, told: { why: string; actor: string; now: Date }): Promise<number> {
    let count = 0;
    for await (const found of this.pages(tx, move, scope)) {
      count += (
        await this.moveAll(
          tx,
          found.map(({ row }) => row.deadline.id),
          move,
          told,
        )
      ).length;
    }
    return count;
  }

  /** Moves these clocks as they now stand. */
  async moveAll(tx: Queries, ids: readonly string[], move: Move, told: { why: string; actor: string; now: Date }): Promise<Moved[]> {
    const moved = movedOf(await new Deadlines(tx).lockWithCases(ids), move);
    await moveDeadlines(
      tx,
      moved.map(({ after }) => ({ deadline: after, nextStepAt: nextStepAt(after, told.now) })),
    );
    for (const caseId of new Set(moved.map(({ row }) => row.caseId))) await noteClocksChanged(tx, caseId);
    await record(
      tx,
      told.now,
      told.actor,
      moved.map((one) => ({
        kind: 'deadline.moved',
        text: `${told.why}：${movedText(one)}`,
        ...placeOf(one.row),
        detail: { ...toMovedClock(one) },
      })),
    );
    return moved;
  }

  private async *pages(on: Queries, move: Move, scope: MoveScope): AsyncGenerator<Moved[]> {
    for (let after: string | null = null; ;) {
      const rows: DeadlineRow[] = await new Deadlines(on).openAfter(after, AT_ONCE, scope);
      const moved = movedOf(rows, move);
      if (moved.length > 0) yield moved;
      if (rows.length < AT_ONCE) return;
      after = rows.at(-1)!.deadline.id;
    }
  }
}

function movedOf(rows: readonly DeadlineRow[], move: Move): Moved[] {
  return rows.map((row) => ({ row, after: move(row.deadline) })).filter(({ row, after }) => after !== row.deadline);
}

/** `政策解读由 2027-01-04 23:59 改为 2027-01-05 23:59 到期` */
function movedText({ row: { deadline }, after }: Moved): string {
  const name = after.rule.name;
  if (isPaused(after)) return `${name}（暂停中）的规则已更新`;
  if (after.dueAt.getTime() === deadline.dueAt.getTime()) {
    return after.provisional === deadline.provisional
      ? `${name}的规则已更新，到期时间不变`
      : `${name}到期时间不变，${after.provisional ? '改为暂定' : '不再是暂定'}`;
  }
  return `${name}由 ${localTimeText(deadline.dueAt)} 改为 ${localTimeText(after.dueAt)} 到期`;
}

function toMovedClock({ row, after }: Moved): MovedClock {
  const { deadline, no, title } = row;
  const side = (one: Deadline) => ({
    dueAt: one.dueAt.toISOString(),
    provisional: one.provisional,
    rule: `${lengthText(timingOf(one))}（${one.rule.version}）`,
  });
  return {
    deadlineId: deadline.id,
    ruleId: deadline.rule.id,
    ruleName: after.rule.name,
    no,
    title,
    link: linkOf(row),
    before: side(deadline),
    after: side(after),
  };
}
