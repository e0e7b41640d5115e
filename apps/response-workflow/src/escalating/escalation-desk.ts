import { Inject, Injectable } from '@nestjs/common';
import { escalateRequest, type EscalateRequest, type EscalationView } from '@huiying/contracts/http';
import { firedByHand, nextMove, NotFound, RUNG_NAMES, stableId } from '@huiying/domain';
import { check } from '@huiying/platform';
import {
  Alerts,
  AuditTrail,
  CaseFiles,
  Escalations,
  moveKey,
  type EscalationRow,
  type MoveRow,
  type Queries,
  type Tx,
} from '@huiying/persistence';
import type { Actor } from '../accounts/index.js';
import { DutyDesk } from '../duty/index.js';
import { AUDITOR, record, SYSTEM, WorkflowStore } from '../timeline/index.js';
import { EscalationBook } from './escalation-book.js';
import { EscalationEngine } from './escalation-engine.js';
import { lookAt, MATTER_WORDS, standing } from './escalation-words.js';

const OPEN_SHOWN = 500;
/** The policy of what only a person takes up. */
const BY_HAND = { id: 'by-hand', name: '人工上报', steps: [], repeat: null, idle: null };

type Subject = { alertId: string } | { caseId: string };

/** What people do about what climbs: acknowledge it, or take it up themselves. */
@Injectable()
export class EscalationDesk {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(EscalationBook) private readonly book: EscalationBook,
    @Inject(EscalationEngine) private readonly engine: EscalationEngine,
    @Inject(DutyDesk) private readonly duty: DutyDesk,
  ) {}

  async open(): Promise<EscalationView[]> {
    const rows = await new Escalations(this.store.database).openAfter(null, OPEN_SHOWN);
    return (await this.views(this.store.database, rows)).filter(({ ended }) => ended === null);
  }

  /** Of a case also those of the alert it came from. @throws NotFound */
  async of(subject: Subject): Promise<EscalationView[]> {
    const { database } = this.store;
    return this.views(database, await new Escalations(database).of(await this.wholeOf(database, subject)));
  }

  /** 确认: somebody has it in hand. A second time changes nothing. @throws NotFound */
  async acknowledge(id: string, actor: Pick<Actor, 'id' | 'name' | 'origin'>): Promise<void> {
    await this.store.change(async (tx, now) => {
      const row = await new Escalations(tx).lock(id);
      if (!row) throw new NotFound('escalation', id);
      await this.acknowledgeIn(tx, row, actor, now);
    });
  }

  /** What climbs about an alert or a clock is acknowledged, in the caller's transaction. */
  async acknowledgeAll(
    tx: Tx,
    about: { alertId?: string; deadlineId?: string },
    actor: Pick<Actor, 'id' | 'name' | 'origin'>,
    now: Date,
  ): Promise<void> {
    const escalations = new Escalations(tx);
    for (const { id } of await escalations.of(about)) {
      const row = await escalations.lock(id);
      if (row) await this.acknowledgeIn(tx, row, actor, now);
    }
  }

  /** 人工上报: a rung is told now, with a comment; steps that would tell nobody above it are behind. @throws BadInput, NotFound */
  async escalate(subject: Subject, request: EscalateRequest, actor: Actor): Promise<void> {
    const { to, comment } = check(escalateRequest, request);
    await this.store.change(async (tx, now) => {
      const whole = await this.wholeOf(tx, subject);
      const row = await this.byHand(tx, whole, now);
      const escalations = new Escalations(tx);
      const people = await this.duty.tellable(tx, now);
      const told = this.book.peopleOn([to], people);
      const reason = `由${actor.name}上报${RUNG_NAMES[to]}：${comment}`;
      const index = (await escalations.movesOf([row.id])).filter(({ kind }) => kind === 'manual').length;
      const noted = { escalationId: row.id, kind: 'manual' as const, index, scheduledAt: now, madeAt: now, late: false };
      await escalations.addMoves([{ ...noted, reason, told, comment, madeBy: actor.name }]);
      await this.engine.tell(tx, [{ row, fact: `escalation:${moveKey(row.id, 'manual', index)}`, reason, ids: told }], actor.name, now);
      for (const one of await escalations.of(whole)) {
        const locked = await escalations.lock(one.id);
        if (!locked || locked.state.endedAt !== null) continue;
        const state = { ...locked.state, fired: firedByHand(locked.policy, locked.state.fired, to) };
        await escalations.keepAll([{ ...locked, state, nextMoveAt: lookAt(locked.policy, state, now) }]);
      }
      const { id: personId, name: who, origin } = actor;
      await new AuditTrail(tx).add({
        at: now,
        personId,
        who,
        action: 'escalation.manual',
        subject: `escalation:${row.id}`,
        origin,
        detail: { to, comment },
      });
    });
  }

  /** The row that keeps what people take up: one for each alert, begun with the first. */
  private async byHand(tx: Tx, { alertId, caseId }: { alertId: string; caseId?: string }, now: Date): Promise<EscalationRow> {
    const alert = (await new Alerts(tx).lock(alertId))!;
    const id = stableId('escalation', 'by-hand', alertId);
    const severity = alert.severity ?? alert.suggestedSeverity;
    const link = caseId === undefined ? `/alerts/${alertId}` : `/cases/${caseId}`;
    const about = { alertId, deadlineId: null, caseId: caseId ?? null, severity, title: alert.title, link, causedBy: null };
    const escalations = new Escalations(tx);
    await escalations.add([{ id, matter: 'alert', ...about, policy: BY_HAND, bornAt: now, nextMoveAt: null }]);
    return (await escalations.lock(id))!;
  }

  private async acknowledgeIn(tx: Tx, before: EscalationRow, actor: Pick<Actor, 'id' | 'name' | 'origin'>, now: Date): Promise<void> {
    const escalations = new Escalations(tx);
    const facts = (await escalations.facts([before.id], [SYSTEM, AUDITOR])).get(before.id)!;
    const row = standing(before, facts);
    if (row.state.endedAt !== null || row.state.acknowledgedAt !== null) return;
    const state = { ...row.state, acknowledgedAt: now };
    const nextMoveAt = lookAt(row.policy, state, now);
    await escalations.keepAll([{ ...row, state, acknowledgedBy: actor.name, acknowledgedById: actor.id, nextMoveAt }]);
    const { alertId, deadlineId, caseId, severity, title } = row;
    await record(tx, now, actor.name, [
      {
        kind: 'escalation.acknowledged',
        text: `已确认${MATTER_WORDS[row.matter]}，停止上报`,
        title,
        subject: alertId === null ? { kind: 'deadline', id: deadlineId! } : { kind: 'alert', id: alertId },
        ...{ alertId, caseId, severity },
        detail: { escalationId: row.id },
      },
    ]);
  }

  private async wholeOf(on: Queries, subject: Subject): Promise<{ alertId: string; caseId?: string }> {
    if ('caseId' in subject) {
      const file = await new CaseFiles(on).find(subject.caseId, null);
      if (!file) throw new NotFound('case', subject.caseId);
      return { alertId: file.alertId, caseId: file.id };
    }
    const alert = await new Alerts(on).find(subject.alertId);
    if (!alert) throw new NotFound('alert', subject.alertId);
    return { alertId: alert.id, ...(alert.caseId === null ? {} : { caseId: alert.caseId }) };
  }

  private async views(on: Queries, rows: readonly EscalationRow[]): Promise<EscalationView[]> {
    const escalations = new Escalations(on);
    const ids = rows.map(({ id }) => id);
    const facts = await escalations.facts(ids, [SYSTEM, AUDITOR]);
    const moves = await escalations.movesOf(ids);
    const names = await this.book.namesOf(on, [...new Set(moves.flatMap((move) => move.told))]);
    const now = this.store.now();
    return rows.map((row) =>
      toView(
        standing(row, facts.get(row.id)!),
        moves.filter(({ escalationId }) => escalationId === row.id),
        names,
        now,
      ),
    );
  }
}

function toView(row: EscalationRow, moves: readonly MoveRow[], names: ReadonlyMap<string, string>, now: Date): EscalationView {
  const { id, matter, alertId, caseId, severity, title, link, policy, bornAt, state } = row;
  const next = nextMove(policy, state, now);
  return {
    ...{ id, matter, alertId, caseId, severity, title, link },
    policyName: policy.name,
    bornAt: bornAt.toISOString(),
    acknowledged: state.acknowledgedAt && { at: state.acknowledgedAt.toISOString(), by: row.acknowledgedBy ?? SYSTEM },
    ended: state.endedAt && { at: state.endedAt.toISOString(), reason: row.endedReason ?? '' },
    next: next && { at: next.at.toISOString(), tell: [...next.tell], reason: next.reason },
    moves: moves.map(({ kind, madeAt, scheduledAt, late, reason, told, comment, madeBy }) => ({
      ...{ kind, at: madeAt.toISOString(), scheduledAt: scheduledAt.toISOString(), late, reason, comment, by: madeBy },
      told: told.map((one) => names.get(one) ?? '已停用账号'),
    })),
  };
}
