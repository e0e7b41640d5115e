import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { TOPICS } from '@huiying/contracts';
import {
  changeSchemeRequest,
  newSchemeRequest,
  schemeStateRequest,
  trialRequest,
  type ChangeSchemeRequest,
  type NewSchemeRequest,
  type SchemeDetail,
  type SchemeStateRequest,
  type SchemeView,
  type TrialRequest,
  type TrialResult,
} from '@huiying/contracts/http';
import { BadInput, NotFound, Refusal, stableId } from '@huiying/domain';
import { outgoing } from '@huiying/messaging';
import { check } from '@huiying/platform';
import { AuditTrail, Changes, KeywordSchemes, type SchemeRow, type Tx } from '@huiying/persistence';
import { parseScheme, type Scheme } from '@huiying/text';
import type { Actor } from '../accounts/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { trialMark, tryScheme } from './scheme-trial.js';

const DAY_MS = 86_400_000;
const TRIAL_DAYS = 7;
const STATE_WORDS = { active: '启用', paused: '停用', deleted: '删除' } as const;

/** Staff's keyword schemes (方案): tried first, then saved; every revision is kept, told and audited. */
@Injectable()
export class SchemeDesk {
  constructor(@Inject(WorkflowStore) private readonly store: WorkflowStore) {}

  async list(): Promise<SchemeView[]> {
    const schemes = new KeywordSchemes(this.store.database);
    const recent = await schemes.matchedSince(new Date(this.store.now().getTime() - TRIAL_DAYS * DAY_MS));
    return (await schemes.all()).map((row) => toView(row, recent.get(row.id) ?? 0));
  }

  /** @throws NotFound */
  async detail(id: string): Promise<SchemeDetail> {
    const schemes = new KeywordSchemes(this.store.database);
    const row = await schemes.find(id);
    if (!row) throw new NotFound('scheme', id);
    const recent = await schemes.matchedSince(new Date(this.store.now().getTime() - TRIAL_DAYS * DAY_MS));
    const revisions = await schemes.revisions(id);
    return {
      ...toView(row, recent.get(id) ?? 0),
      revisions: revisions.map((r) => ({ ...r, changedAt: r.changedAt.toISOString() })),
    };
  }

  /** @throws BadInput naming every faulty line */
  async try(request: TrialRequest): Promise<TrialResult> {
    const { text, effect, days } = check(trialRequest, request);
    const to = new Date(this.store.now().getTime() + 1); // what came this very millisecond too
    const from = new Date(to.getTime() - days * DAY_MS);
    return tryScheme(new KeywordSchemes(this.store.database), { scheme: readScheme(text), text, effect, from, to });
  }

  /** @throws BadInput; Refusal not-tried, name-taken */
  async create(request: NewSchemeRequest, actor: Actor): Promise<{ id: string }> {
    const { reason, tried, ...words } = check(newSchemeRequest, request);
    const trial = await this.trialOf(words, tried);
    const id = randomUUID();
    await this.store.change(async (tx, now) => {
      const row: SchemeRow = { ...words, id, state: 'active', revision: 1, trial, changedAt: now, changedBy: actor.name };
      await keep(tx, row, reason, actor, `新建方案“${row.name}”`);
    });
    return { id };
  }

  /** @throws BadInput, NotFound; Refusal not-tried, changed-meanwhile, name-taken */
  async change(id: string, request: ChangeSchemeRequest, actor: Actor): Promise<void> {
    const { reason, tried, revision, ...words } = check(changeSchemeRequest, request);
    const trial = await this.trialOf(words, tried);
    await this.store.change(async (tx, now) => {
      const before = await mustLock(tx, id, revision);
      const row: SchemeRow = { ...before, ...words, trial, revision: revision + 1, changedAt: now, changedBy: actor.name };
      await keep(tx, row, reason, actor, `修改方案“${row.name}”`);
    });
  }

  /** 启用、停用、删除. @throws BadInput, NotFound; Refusal changed-meanwhile */
  async setState(id: string, request: SchemeStateRequest, actor: Actor): Promise<void> {
    const { state, revision, reason } = check(schemeStateRequest, request);
    await this.store.change(async (tx, now) => {
      const before = await mustLock(tx, id, revision);
      if (before.state === state) return;
      const row: SchemeRow = { ...before, state, revision: revision + 1, changedAt: now, changedBy: actor.name };
      await keep(tx, row, reason, actor, `${STATE_WORDS[state]}方案“${row.name}”`);
    });
  }

  /** What is saved was tried as it stands; the figures that stay with it are of the moment of saving. */
  private async trialOf({ text, effect }: { text: string; effect: 'mark' | 'alert' }, tried: string): Promise<SchemeRow['trial']> {
    if (tried !== trialMark({ text, effect })) {
      throw new Refusal('not-tried', 'these words were not tried as they stand', '请先试运行：保存的内容须与试运行过的一致');
    }
    const { opinions, matched, alerts } = await this.try({ text, effect, days: TRIAL_DAYS });
    return { opinions, matched, alerts };
  }
}

/** @throws BadInput with every faulty line */
function readScheme(text: string): Scheme {
  const { scheme, faults } = parseScheme(text);
  if (faults.length === 0) return scheme;
  throw new BadInput(
    faults.map(({ line, message }) => ({
      field: line === 0 ? 'text' : `text.${line}`,
      rule: 'must be in the syntax of keyword schemes',
      message: line === 0 ? message : `第${line}行：${message}`,
    })),
  );
}

async function mustLock(tx: Tx, id: string, revision: number): Promise<SchemeRow> {
  const row = await new KeywordSchemes(tx).lock(id);
  if (!row || row.state === 'deleted') throw new NotFound('scheme', id);
  if (row.revision === revision) return row;
  const conflict = { by: row.changedBy, at: row.changedAt.toISOString(), what: '修改了这个方案' };
  throw new Refusal(
    'changed-meanwhile',
    `revision ${revision} is not the last, ${row.revision} is`,
    '方案已被他人修改，请刷新后再改',
    conflict,
  );
}

/** The row, its revision, the audit, the change for open consoles and the event, in one commit. */
async function keep(tx: Tx, row: SchemeRow, reason: string, actor: Actor, text: string): Promise<void> {
  if (!(await new KeywordSchemes(tx).save(row, reason))) {
    throw new Refusal('name-taken', `another scheme is called ${row.name}`, `已有名为“${row.name}”的方案`);
  }
  const { id, name, revision, effect, state, changedAt, changedBy } = row;
  await new AuditTrail(tx).add({
    at: changedAt,
    personId: actor.id,
    who: actor.name,
    action: state === 'deleted' ? 'scheme.delete' : 'scheme.save',
    subject: `scheme:${id}`,
    origin: actor.origin,
    detail: { name, revision, effect, state, text: row.text, reason, trial: row.trial },
  });
  await new Changes(tx).add([{ at: changedAt, kind: 'scheme.changed', subject: { kind: 'scheme', id }, title: name, text }]);
  const about = { id: stableId('scheme.changed', id, revision), occurredAt: changedAt, causedBy: null };
  const data = { schemeId: id, revision, name, text: row.text, effect, state, changedBy, changedAt: changedAt.toISOString() };
  tx.send(outgoing(TOPICS.schemeChanged, id, about, data));
}

function toView(row: SchemeRow, recent: number): SchemeView {
  const { id, name, text, effect, state, revision, trial, changedBy } = row;
  return {
    id,
    name,
    text,
    effect,
    state: state === 'paused' ? 'paused' : 'active',
    revision,
    trial,
    changedBy,
    changedAt: row.changedAt.toISOString(),
    recent,
  };
}
