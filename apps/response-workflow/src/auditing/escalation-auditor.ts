import { Inject, Injectable } from '@nestjs/common';
import { localTimeText, nextMove } from '@huiying/domain';
import { Deadlines, Escalations, type EscalationRow, type Finding } from '@huiying/persistence';
import { alertMatter, clockMatter, EscalationBook, EscalationEngine, standing } from '../escalating/index.js';
import { AUDITOR, SYSTEM, WorkflowStore } from '../timeline/index.js';

/** As with clocks: later than this after its time a move was missed. */
const GRACE_MS = 60_000;
const LOOK_BACK_MS = 86_400_000;
const BARE_AT_ONCE = 1_000;
const OPEN_AT_ONCE = 2_000;

/** Watches what climbs: begins what should climb and does not, makes the moves that are missing, and reports both. */
@Injectable()
export class EscalationAuditor {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(EscalationBook) private readonly book: EscalationBook,
    @Inject(EscalationEngine) private readonly engine: EscalationEngine,
  ) {}

  async check(now: Date): Promise<Finding[]> {
    const begun = await this.checkBirths(now);
    return [...begun, ...(await this.checkMoves(now))];
  }

  private checkBirths(now: Date): Promise<Finding[]> {
    return this.store.change(async (tx) => {
      const escalations = new Escalations(tx);
      const before = new Date(now.getTime() - GRACE_MS);
      const alerts = await escalations.bareAlerts(before, BARE_AT_ONCE);
      const ids = await escalations.bareClocks(new Date(now.getTime() - LOOK_BACK_MS), before, BARE_AT_ONCE);
      const rows = await new Deadlines(tx).ofIds(ids);
      const matters = [
        ...alerts.map((alert) => alertMatter(alert, null)),
        ...rows.flatMap((row) => clockMatter(row, 'clock-breached', row.deadline.dueAt, null)),
      ];
      const begun = await this.book.begin(tx, matters);
      return [...begun].map((id) => ({
        kind: 'escalation-missing' as const,
        subject: `escalation:${id}`,
        text: '一项预警或逾期没有进入逐级上报，已补建',
        repaired: true,
      }));
    });
  }

  /** Each open one computed anew from its facts; what is due and was not made is made by the engine's own code. */
  private async checkMoves(now: Date): Promise<Finding[]> {
    const { database } = this.store;
    const missing: EscalationRow[] = [];
    for (let cursor: string | null = null; ;) {
      const escalations = new Escalations(database);
      const rows: EscalationRow[] = await escalations.openAfter(cursor, OPEN_AT_ONCE);
      const facts = await escalations.facts(
        rows.map(({ id }) => id),
        [SYSTEM, AUDITOR],
      );
      missing.push(...rows.map((row) => standing(row, facts.get(row.id)!)).filter((row) => nextMove(row.policy, row.state, now)?.late));
      if (rows.length < OPEN_AT_ONCE) break;
      cursor = rows.at(-1)!.id;
    }
    if (missing.length === 0) return [];
    await this.store.change((tx) =>
      new Escalations(tx).wake(
        missing.map(({ id }) => id),
        now,
      ),
    );
    while ((await this.engine.tick()) > 0);
    return missing.map(({ id, title, policy, state }) => ({
      kind: 'escalation-missing' as const,
      subject: `escalation:${id}`,
      text: `逐级上报应于 ${localTimeText(nextMove(policy, state, now)!.at)} 进行而未进行，已补发：${title}`,
      repaired: true,
    }));
  }
}
