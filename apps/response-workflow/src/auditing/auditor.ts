import { setImmediate as othersTurn } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { caseFacts, clockFaults, localTimeText, nextStep, restamped } from '@huiying/domain';
import { AuditorRounds, CaseFiles, Deadlines, type AuditorRound, type DeadlineRow, type Finding } from '@huiying/persistence';
import { LawKeeper } from '../city/index.js';
import { DeadlineBook, DeadlineEngine, DeadlineMover, placeOf } from '../deadlines/index.js';
import { EscalationAuditor } from './escalation-auditor.js';
import { AUDITOR, record, WorkflowStore } from '../timeline/index.js';

/** A step that fires later than this after its time was missed by the engine. Longer than any tick, shorter than anybody's patience. */
const GRACE_MS = 60_000;
/** Events and deliveries that wait longer than this are stuck. */
const STUCK_MS = 5 * 60_000;
/** Clocks whose whole computation is repeated in one pass; the round goes on where the last one stopped. */
const CLOCKS_AT_ONCE = 2_000;
/** Of those, how many are computed before whoever asks the service something gets a turn: some milliseconds. */
const CLOCKS_A_TURN = 100;
const CASES_AT_ONCE = 2_000;
const MISSING_AT_ONCE = 5_000;

/**
 * Watches the engine (巡检): recomputes from the facts what should have fired by now. What is missing is fired and reported;
 * a clock that is not as its facts have it is put right and reported.
 */
@Injectable()
export class Auditor {
  private readonly mover: DeadlineMover;

  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(LawKeeper) private readonly law: LawKeeper,
    @Inject(DeadlineBook) private readonly book: DeadlineBook,
    @Inject(DeadlineEngine) private readonly engine: DeadlineEngine,
    @Inject(EscalationAuditor) private readonly escalations: EscalationAuditor,
  ) {
    this.mover = new DeadlineMover(store);
  }

  /** One pass. Null where another auditor is at it. */
  async pass(): Promise<{ isClean: boolean; findings: Finding[] } | null> {
    return this.store.change(async (tx, now) => {
      const rounds = new AuditorRounds(tx);
      const round = await rounds.take();
      if (round === null) return null;
      await this.law.refresh(tx);
      const clocks = await this.checkClocks(round, now);
      const cases = await this.checkCases(round, now);
      const findings = [...clocks.findings, ...cases.findings, ...(await this.checkSteps(now))];
      findings.push(...(await this.escalations.check(now)), ...(await this.checkTelling(now)));
      const isClean = findings.length === 0;
      await rounds.addFindings(now, findings);
      const summary = { clocksChecked: clocks.checked, findings: findings.length };
      await rounds.keep({ passedAt: now, isClean, summary, deadlineCursor: clocks.next, caseCursor: cases.next });
      return { isClean, findings };
    });
  }

  /** Every step that is due and has not fired, whatever was noted of it: fired here and now, by the engine's own code. */
  private async checkSteps(now: Date): Promise<Finding[]> {
    const { database } = this.store;
    const ids = await new AuditorRounds(database).waitingSince(new Date(now.getTime() - GRACE_MS), MISSING_AT_ONCE);
    const rows = await new Deadlines(database).ofIds(ids);
    const missing = rows.flatMap((row) => {
      const next = nextStep(row.deadline, now);
      return next?.late ? [{ row, next }] : [];
    });
    if (missing.length === 0) return [];
    await this.store.change((tx) =>
      new AuditorRounds(tx).wake(
        missing.map(({ row }) => row.deadline.id),
        now,
      ),
    );
    while ((await this.engine.tick()) > 0);
    return this.told(
      now,
      missing.map(({ row, next }) => ({
        row,
        kind: 'step-missing' as const,
        text: `${row.deadline.rule.name}的${next.step.kind === 'breach' ? '到期' : `${next.step.percent}%`}一步应于 ${localTimeText(next.step.at)} 触发而未触发，已补发`,
      })),
    );
  }

  /** The next part of all open clocks, each computed anew from its facts. */
  private async checkClocks(
    { deadlineCursor }: AuditorRound,
    now: Date,
  ): Promise<{ findings: Finding[]; checked: number; next: string | null }> {
    const rows = await new Deadlines(this.store.database).openAfter(deadlineCursor, CLOCKS_AT_ONCE);
    const { calendar } = this.law.current;
    const wrong: { row: DeadlineRow; kind: 'clock-wrong'; text: string }[] = [];
    for (const [n, row] of rows.entries()) {
      if (n % CLOCKS_A_TURN === CLOCKS_A_TURN - 1) await othersTurn();
      const faults = clockFaults(row.deadline, calendar);
      if (faults.length > 0) wrong.push({ row, kind: 'clock-wrong', text: `${row.deadline.rule.name}：${faults.join('；')}，已改正` });
    }
    if (wrong.length > 0) {
      const told = { why: '巡检改正', actor: AUDITOR, now };
      const right = (row: DeadlineRow['deadline']) => (clockFaults(row, calendar).length > 0 ? restamped(row, calendar) : row);
      await this.store.change((tx) =>
        this.mover.moveAll(
          tx,
          wrong.map(({ row }) => row.deadline.id),
          right,
          told,
        ),
      );
    }
    const next = rows.length < CLOCKS_AT_ONCE ? null : rows.at(-1)!.deadline.id;
    return { findings: await this.told(now, wrong), checked: rows.length, next };
  }

  /** Every open case owes a first response: one without any such clock gets what its severity and its first sight make it owe. */
  private async checkCases({ caseCursor }: AuditorRound, now: Date): Promise<{ findings: Finding[]; next: string | null }> {
    const { ids, next } = await new AuditorRounds(this.store.database).casesWithoutClock(caseCursor, CASES_AT_ONCE);
    const findings: Finding[] = [];
    for (const caseId of ids) {
      await this.store.change(async (tx) => {
        const row = await new CaseFiles(tx).lock(caseId);
        if (!row) return;
        const facts = caseFacts({ occurredAt: null, detectedAt: row.notBefore, confirmedAt: row.openedAt, statedBy: row.openedBy });
        const subject = { kind: 'case' as const, id: caseId };
        const request = {
          trigger: 'case-opened' as const,
          subject,
          severity: row.severity,
          facts,
          caseId,
          departmentId: row.leadDepartmentId,
        };
        const known = new Set((await new Deadlines(tx).ofCases([caseId])).map(({ deadline }) => deadline.rule.id));
        const added = await this.book.stamp(tx, request, now, (deadline) => !known.has(deadline.rule.id));
        const text = `${row.caseNo}没有首次回应时限，已按${row.severity}级补建 ${added.length} 个`;
        findings.push({ kind: 'clock-missing', subject: `case:${caseId}`, text, repaired: added.length > 0 });
      });
    }
    return { findings, next };
  }

  private async checkTelling(now: Date): Promise<Finding[]> {
    const { events, deliveries } = await new AuditorRounds(this.store.database).stuck(new Date(now.getTime() - STUCK_MS));
    const findings: Finding[] = [];
    if (events > 0) findings.push({ kind: 'outbox-stuck', subject: 'outbox', text: `${events} 个事件超过 5 分钟未送出`, repaired: false });
    if (deliveries > 0)
      findings.push({ kind: 'delivery-stuck', subject: 'delivery', text: `${deliveries} 条通知超过 5 分钟未送出`, repaired: false });
    return findings;
  }

  /** Findings about clocks, each also on its case's timeline. */
  private async told(now: Date, found: readonly { row: DeadlineRow; kind: Finding['kind']; text: string }[]): Promise<Finding[]> {
    if (found.length === 0) return [];
    await this.store.change((tx) =>
      record(
        tx,
        now,
        AUDITOR,
        found.map(({ row, text, kind }) => ({
          kind: 'auditor.found',
          text,
          ...placeOf(row),
          taskId: null,
          departmentId: null,
          detail: { deadlineId: row.deadline.id, ruleId: row.deadline.rule.id, finding: kind },
        })),
      ),
    );
    return found.map(({ row, kind, text }) => ({ kind, subject: `deadline:${row.deadline.id}`, text, repaired: true }));
  }
}
