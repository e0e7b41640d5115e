import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  changeThresholdRequest,
  newThresholdRequest,
  thresholdStateRequest,
  thresholdTrialRequest,
  type ChangeThresholdRequest,
  type NewThresholdRequest,
  type Page,
  type ThresholdBody,
  type ThresholdFiringView,
  type ThresholdStateRequest,
  type ThresholdTrial,
  type ThresholdView,
} from '@huiying/contracts/http';
import { DAY_MS, NotFound, Refusal, thresholdWords } from '@huiying/domain';
import { check } from '@huiying/platform';
import { AuditTrail, Changes, Thresholds, type ThresholdHitRow, type ThresholdRuleRow, type Tx } from '@huiying/persistence';
import type { Actor } from '../accounts/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { ruleOf, ThresholdJudge } from './threshold-judge.js';
import { thresholdMark, tryThreshold } from './threshold-trial.js';
import { firingViews } from './threshold-view.js';

const PAGE = 30;
const COUNTED_DAYS = 30;
const HOUR_MS = 3_600_000;
const BACKFILL_PAGE = 1_000;
/** Newest opinions counted for a rule that was just made or changed. */
const BACKFILL_AT_MOST = 50_000;
const STATE_WORDS = { active: '启用', paused: '停用', deleted: '删除' } as const;

/** Threshold rules (预警规则): tried on history, then saved; every change is told and audited. */
@Injectable()
export class ThresholdDesk {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(ThresholdJudge) private readonly judge: ThresholdJudge,
  ) {}

  async list(): Promise<ThresholdView[]> {
    const thresholds = new Thresholds(this.store.database);
    const counts = await thresholds.counts(new Date(this.store.now().getTime() - COUNTED_DAYS * DAY_MS));
    return (await thresholds.all()).map((row) => {
      const { id, name, body } = ruleOf(row);
      const { fired = 0, lastAt = null } = counts.get(id) ?? {};
      return {
        id,
        name,
        body,
        words: thresholdWords(body),
        enabled: row.state === 'active',
        revision: row.revision,
        changedAt: row.changedAt.toISOString(),
        changedBy: row.changedBy,
        fired,
        lastFiredAt: lastAt?.toISOString() ?? null,
      };
    });
  }

  async firings(filter: { ruleId?: string; q?: string }, cursor: string | null): Promise<Page<ThresholdFiringView>> {
    const { items, next } = await new Thresholds(this.store.database).firings(filter, cursor, PAGE);
    return { items: await firingViews(this.store.database, items), next, total: null };
  }

  /** @throws BadInput */
  try(request: unknown): Promise<ThresholdTrial> {
    const { body, days } = check(thresholdTrialRequest, request);
    return tryThreshold(new Thresholds(this.store.database), this.judge.groups, { body, days, now: this.store.now() });
  }

  /** @throws BadInput; Refusal not-tried, name-taken */
  async create(request: NewThresholdRequest, actor: Actor): Promise<{ id: string }> {
    const { name, body, tried, reason } = check(newThresholdRequest, request);
    mustBeTried(body, tried);
    const id = randomUUID();
    await this.store.change(async (tx, now) => {
      const row: ThresholdRuleRow = { id, name, body, state: 'active', revision: 1, changedAt: now, changedBy: actor.name };
      await keep(tx, row, reason, actor, `新建预警规则“${name}”`);
      await this.recount(tx, row, now);
    });
    return { id };
  }

  /** @throws BadInput, NotFound; Refusal not-tried, changed-meanwhile, name-taken */
  async change(id: string, request: ChangeThresholdRequest, actor: Actor): Promise<void> {
    const { name, body, tried, reason, revision } = check(changeThresholdRequest, request);
    mustBeTried(body, tried);
    await this.store.change(async (tx, now) => {
      const before = await mustLock(tx, id, revision);
      const row: ThresholdRuleRow = { ...before, name, body, revision: revision + 1, changedAt: now, changedBy: actor.name };
      await keep(tx, row, reason, actor, `修改预警规则“${name}”`);
      await this.recount(tx, row, now);
    });
  }

  /** 启用、停用、删除. @throws BadInput, NotFound; Refusal changed-meanwhile */
  async setState(id: string, request: ThresholdStateRequest, actor: Actor): Promise<void> {
    const { state, revision, reason } = check(thresholdStateRequest, request);
    await this.store.change(async (tx, now) => {
      const before = await mustLock(tx, id, revision);
      if (before.state === state) return;
      const row: ThresholdRuleRow = { ...before, state, revision: revision + 1, changedAt: now, changedBy: actor.name };
      await keep(tx, row, reason, actor, `${STATE_WORDS[state]}预警规则“${before.name}”`);
      await this.recount(tx, row, now);
    });
  }

  /** A rule that begins, or says something else now, counts what came in its window before; it is told of what comes from now on. */
  private async recount(tx: Tx, row: ThresholdRuleRow, now: Date): Promise<void> {
    const thresholds = new Thresholds(tx);
    await thresholds.forget(row.id);
    if (row.state !== 'active') return;
    const { id: ruleId, body } = ruleOf(row);
    const from = new Date(now.getTime() - body.windowHours * HOUR_MS);
    let after = null;
    for (let seen = 0; seen < BACKFILL_AT_MOST; seen += BACKFILL_PAGE) {
      const page = await thresholds.tried(from, after, BACKFILL_PAGE);
      const hits = page.flatMap((one): ThresholdHitRow[] => {
        const found = this.judge.groups.reader(one)(body);
        return (found?.groups ?? []).map((group) => ({ ruleId, group, id: one.id, source: found!.source, at: one.at }));
      });
      await thresholds.count(hits);
      after = page.at(-1) ?? null;
      if (page.length < BACKFILL_PAGE) return;
    }
  }
}

/** @throws Refusal not-tried */
function mustBeTried(body: ThresholdBody, tried: string): void {
  if (tried !== thresholdMark(body))
    throw new Refusal('not-tried', 'this rule was not tried as it stands', '请先试运行：保存的内容须与试运行过的一致');
}

async function mustLock(tx: Tx, id: string, revision: number): Promise<ThresholdRuleRow> {
  const row = await new Thresholds(tx).lock(id);
  if (!row || row.state === 'deleted') throw new NotFound('threshold rule', id);
  if (row.revision === revision) return row;
  const conflict = { by: row.changedBy, at: row.changedAt.toISOString(), what: '修改了这条规则' };
  throw new Refusal(
    'changed-meanwhile',
    `revision ${revision} is not the last, ${row.revision} is`,
    '规则已被他人修改，请刷新后再改',
    conflict,
  );
}

async function keep(tx: Tx, row: ThresholdRuleRow, reason: string, actor: Actor, text: string): Promise<void> {
  if (!(await new Thresholds(tx).save(row)))
    throw new Refusal('name-taken', `another rule is called ${row.name}`, `已有名为“${row.name}”的规则`);
  const { id, name, revision, state, body, changedAt } = row;
  await new AuditTrail(tx).add({
    at: changedAt,
    personId: actor.id,
    who: actor.name,
    action: state === 'deleted' ? 'threshold.delete' : 'threshold.save',
    subject: `threshold:${id}`,
    origin: actor.origin,
    detail: { name, revision, state, body, reason },
  });
  await new Changes(tx).add([{ at: changedAt, kind: 'threshold.changed', subject: { kind: 'scheme', id }, title: name, text }]);
}
