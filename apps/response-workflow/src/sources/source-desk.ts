import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { TOPICS, type SourceCommand, type SourceSetting } from '@huiying/contracts';
import type { SourceAct, SourceTrialView } from '@huiying/contracts/http';
import { BadInput, Forbidden, NotFound, Refusal } from '@huiying/domain';
import { outgoing } from '@huiying/messaging';
import { AskedTrials, AuditTrail, Changes, SourceReports, type SourceReport, type Tx } from '@huiying/persistence';
import type { Actor } from '../accounts/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { changesBetween } from './setting-words.js';
import { mayEdit } from './source-roles.js';

const ACT_WORDS: Record<SourceAct, string> = { poll: '要求立即重试', pause: '暂停采集', resume: '恢复采集', remove: '移出信源清单' };

/** What staff ask of the sources. The collector owns them: what is asked goes there as an event, in the commit that notes who asked. */
@Injectable()
export class SourceDesk {
  constructor(@Inject(WorkflowStore) private readonly store: WorkflowStore) {}

  /** @throws BadInput where another source has that id or address */
  async create(setting: SourceSetting, actor: Actor): Promise<void> {
    await this.store.change(async (tx, now) => {
      await refuseTwins(tx, setting, null);
      await this.save(tx, setting, actor, { now, action: 'source.create', said: `${setting.name}（${setting.url ?? '接口推送'}）` });
    });
  }

  /** @throws NotFound @throws BadInput where another source has that address */
  async edit(id: string, setting: SourceSetting, actor: Actor): Promise<void> {
    await this.store.change(async (tx, now) => {
      const before = await existing(tx, id);
      if (setting.id !== id) throw new BadInput([{ field: 'id', rule: 'cannot be changed', got: setting.id, message: '信源标识不能修改' }]);
      const isHotline = setting.kind === 'hotline';
      if (isHotline !== (before.kind === 'hotline')) throw kindFault(setting.kind);
      await refuseTwins(tx, setting, id);
      await this.save(tx, setting, actor, { now, action: 'source.edit', said: changesBetween(before.setting ?? null, setting) });
    });
  }

  /** @throws NotFound @throws Refusal for what makes no sense of this source */
  async act(id: string, act: SourceAct, actor: Actor): Promise<void> {
    if (act === 'remove' && !mayEdit(actor)) throw new Forbidden(`${actor.role} may not take a source off the list`);
    await this.store.change(async (tx, now) => {
      const report = await existing(tx, id);
      const isPushed = report.url === null;
      if (isPushed && act !== 'poll' && act !== 'resume')
        throw new Refusal('source-pushed', 'records are pushed to us', '接口推送的信源不能在此暂停或移除');
      if (act === 'poll' && (isPushed || report.state === 'paused'))
        throw new Refusal('source-not-polled', 'the source is not polled', isPushed ? '接口推送的信源无需抓取' : '已暂停的信源请先恢复');
      await this.command(tx, id, { kind: act }, actor, now);
      if (act === 'remove') await new SourceReports(tx).remove([id]);
      else await new SourceReports(tx).foresee(id, foreseen(act, report, now), now);
      await this.note(tx, actor, { now, id, name: report.name, action: `source.${act}`, said: '', text: `${actor.name}${ACT_WORDS[act]}` });
    });
  }

  /** Asks the collector to read a setting once. Returns the id under which the answer will be found. */
  async try(setting: SourceSetting, actor: Actor): Promise<SourceTrialView> {
    const trialId = randomUUID();
    return this.store.change(async (tx, now) => {
      await new AskedTrials(tx).ask(trialId, actor.id, now);
      await this.command(tx, setting.id, { kind: 'try', trialId, setting }, actor, now);
      return { trialId, askedAt: now.toISOString(), result: null };
    });
  }

  /** @throws NotFound also where somebody else asked */
  async trial(trialId: string, actor: Actor): Promise<SourceTrialView> {
    const trial = await new AskedTrials(this.store.database).find(trialId, actor.id);
    if (!trial) throw new NotFound('trial', trialId);
    return { trialId, askedAt: trial.askedAt.toISOString(), result: trial.result };
  }

  /** Puts good settings of a file on the list, new and changed ones, in one commit. */
  async import(settings: readonly SourceSetting[], actor: Actor): Promise<void> {
    await this.store.change(async (tx, now) => {
      await new SourceReports(tx).lockList();
      for (const setting of settings) await this.save(tx, setting, actor, { now, action: 'source.import', said: setting.url ?? '' });
    });
  }

  private async save(
    tx: Tx,
    setting: SourceSetting,
    actor: Actor,
    { now, action, said }: { now: Date; action: string; said: string },
  ): Promise<void> {
    const { id, name, kind, channel, url } = setting;
    await this.command(tx, id, { kind: 'save', setting }, actor, now);
    await new SourceReports(tx).foresee(id, { sourceId: id, name, kind, channel, url, setting }, now);
    await this.note(tx, actor, { now, id, name, action, said, text: `${actor.name}${action === 'source.edit' ? '修改' : '新增'}了信源` });
  }

  private async command(tx: Tx, sourceId: string, command: SourceCommand, actor: Actor, now: Date): Promise<void> {
    const by = { personId: actor.id, name: actor.name };
    tx.send(outgoing(TOPICS.sourceCommanded, sourceId, { id: randomUUID(), occurredAt: now, causedBy: null }, { sourceId, command, by }));
  }

  /** The audit trail, and a change that open consoles are told of. */
  private async note(
    tx: Tx,
    actor: Actor,
    what: { now: Date; id: string; name: string; action: string; said: string; text: string },
  ): Promise<void> {
    const { now, id, name, action, said, text } = what;
    const detail = said === '' ? {} : { said };
    await new AuditTrail(tx).add({
      at: now,
      personId: actor.id,
      who: actor.name,
      action,
      subject: `source:${id}`,
      origin: actor.origin,
      detail,
    });
    await new Changes(tx).add([
      { at: now, kind: 'source.reported', subject: { kind: 'source', id }, title: name, text: `${text}：${name}` },
    ]);
  }
}

async function existing(tx: Tx, id: string): Promise<SourceReport> {
  const row = await new SourceReports(tx).find(id);
  if (!row) throw new NotFound('source', id);
  return row.report;
}

async function refuseTwins(tx: Tx, { id, url, kind }: SourceSetting, own: string | null): Promise<void> {
  const reports = new SourceReports(tx);
  await reports.lockList();
  const others = (await reports.settings()).filter(({ sourceId }) => sourceId !== own);
  if (own === null && kind === 'hotline') throw kindFault(kind);
  if (others.some(({ sourceId }) => sourceId === id))
    throw new BadInput([{ field: 'id', rule: 'is used by another source', got: id, message: '该标识已被其他信源使用' }]);
  const twin = url === null ? undefined : others.find((other) => other.url === url);
  if (twin)
    throw new BadInput([
      { field: 'url', rule: `is polled as ${twin.sourceId} already`, got: url, message: `该地址已登记为信源 ${twin.sourceId}` },
    ]);
}

function kindFault(kind: string): BadInput {
  return new BadInput([
    { field: 'kind', rule: 'a hotline is laid down in config/sources.yaml', got: kind, message: '热线只能在 config/sources.yaml 中登记' },
  ]);
}

function foreseen(act: Exclude<SourceAct, 'remove'>, report: SourceReport, now: Date): Partial<SourceReport> {
  if (act === 'poll') return { nextPollAt: now.toISOString() };
  if (act === 'pause') return { state: 'paused', nextPollAt: null, alarm: null };
  return report.state === 'paused' ? { state: 'ok', nextPollAt: now.toISOString() } : {};
}
