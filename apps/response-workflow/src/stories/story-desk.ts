import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { TOPICS, type StoryRegroupedV1 } from '@huiying/contracts';
import { fixStoryRequest, mergeStoryRequest, splitStoryRequest } from '@huiying/contracts/http';
import type { FixStoryRequest, MergeStoryRequest, SplitStoryRequest } from '@huiying/contracts/http';
import { NotFound, Refusal, stableId } from '@huiying/domain';
import { outgoing } from '@huiying/messaging';
import { check } from '@huiying/platform';
import { Alerts, Stories, StoryGroups, StoryReadings, type StoryActRow, type Tx } from '@huiying/persistence';
import type { Actor } from '../accounts/index.js';
import { recordStep, WorkflowStore } from '../timeline/index.js';
import { StoryMerger } from './story-merger.js';

type Regrouping = StoryRegroupedV1['data'];
const ALREADY_ONE = () => new Refusal('already-one', 'both are one story already', '两者已是同一事件');
const SETTLED = (by: string | null) => new Refusal('already-settled', `settled by ${by ?? '?'} already`, `${by ?? '他人'}已处理`);

/** What officers decide of stories: 并案, 拆案, 固定, and the undoing of it. The classifier is told in the same commit. */
@Injectable()
export class StoryDesk {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(StoryMerger) private readonly merger: StoryMerger,
  ) {}

  /** @throws BadInput, NotFound, Refusal already-one */
  async merge(id: string, request: MergeStoryRequest, actor: Actor): Promise<void> {
    const { otherStoryId, reason } = check(mergeStoryRequest, request);
    await this.store.change((tx, at) => this.mergeIn(tx, { id, otherStoryId, reason, actor, at }));
  }

  /** @throws BadInput, NotFound, Refusal nothing-left */
  async split(id: string, request: SplitStoryRequest, actor: Actor): Promise<{ storyId: string }> {
    const { opinionIds, reason } = check(splitStoryRequest, request);
    return this.store.change(async (tx, at) => {
      const groups = new StoryGroups(tx);
      await groups.waitForTurn();
      const texts = await new StoryReadings(tx).texts(id, opinionIds);
      const story = await this.must(tx, id, at);
      if (texts.length === 0) throw new NotFound('opinion of story', id);
      if (texts.length >= story.opinionCount)
        throw new Refusal('nothing-left', 'a story cannot lose all its opinions', '不能把全部信息拆出');
      const actId = randomUUID();
      const newId = stableId('story', 'split', actId);
      await groups.split(
        id,
        newId,
        texts[0]!.title,
        texts.map((one) => one.opinionId),
      );
      await new Alerts(tx).returnToOpinions([id, newId]);
      await groups.addAct({
        id: actId,
        kind: 'split',
        storyId: id,
        otherStoryId: newId,
        likeness: null,
        opinions: texts.map((one) => one.opinionId),
        reason,
        byWhom: actor.name,
        at,
      });
      await this.tell(
        tx,
        actId,
        {
          kind: 'split',
          storyId: id,
          otherStoryId: newId,
          opinions: texts.map((one) => ({ ...one, capturedAt: one.capturedAt.toISOString() })),
          by: actor.name,
          reason,
        },
        at,
      );
      await this.note({ tx, at, actor }, 'story.split', [id, story.title], `拆案：${texts.length}条信息另立事件，${reason}`);
      return { storyId: newId };
    });
  }

  /** 固定 or 取消固定. @throws BadInput, NotFound */
  async fix(id: string, isFixed: boolean, request: FixStoryRequest, actor: Actor): Promise<void> {
    const { reason } = check(fixStoryRequest, request);
    await this.store.change(async (tx, at) => {
      const story = await this.must(tx, id, at);
      const kind = isFixed ? ('fix' as const) : ('unfix' as const);
      const actId = randomUUID();
      const groups = new StoryGroups(tx);
      await groups.fix(id, isFixed ? actor.name : null);
      await groups.addAct({
        id: actId,
        kind,
        storyId: id,
        otherStoryId: null,
        likeness: null,
        opinions: [],
        reason,
        byWhom: actor.name,
        at,
      });
      await this.tell(tx, actId, { kind, storyId: id, otherStoryId: null, opinions: [], by: actor.name, reason }, at);
      await this.note({ tx, at, actor }, `story.${kind}`, [id, story.title], `${isFixed ? '固定事件' : '取消固定'}：${reason}`);
    });
  }

  /** 不是同一事件, or 撤销: what was done is undone, and the system does not do it again. @throws NotFound, Refusal already-settled */
  async settle(actId: string, how: 'undo' | 'dismiss', actor: Actor): Promise<void> {
    await this.store.change(async (tx, at) => {
      const groups = new StoryGroups(tx);
      await groups.waitForTurn();
      const act = await groups.lockAct(actId);
      if (!act || act.otherStoryId === null || (how === 'dismiss') !== (act.kind === 'perhaps')) throw new NotFound('act', actId);
      if (act.settledAt !== null) throw SETTLED(act.settledBy);
      await groups.settle(actId, how === 'dismiss' ? 'dismissed' : 'undone', actor.name, at);
      if (how === 'dismiss')
        await this.tell(
          tx,
          `${actId}:dismiss`,
          { kind: 'separate', storyId: act.storyId, otherStoryId: act.otherStoryId, opinions: [], by: actor.name, reason: '不是同一事件' },
          at,
        );
      else if (act.kind === 'split')
        await this.mergeIn(tx, { id: act.storyId, otherStoryId: act.otherStoryId, reason: '撤销拆案', actor, at });
      else await this.separate(tx, act, actor, at);
    });
  }

  private async separate(tx: Tx, act: StoryActRow, actor: Actor, at: Date): Promise<void> {
    const groups = new StoryGroups(tx);
    const [gone, kept] = [act.otherStoryId!, (await groups.roots([act.storyId])).get(act.storyId) ?? act.storyId];
    const story = await this.must(tx, kept, at);
    await groups.separate(gone, kept);
    await new Alerts(tx).returnToOpinions([kept, gone]);
    await this.tell(
      tx,
      `${act.id}:undo`,
      { kind: 'separate', storyId: kept, otherStoryId: gone, opinions: [], by: actor.name, reason: '撤销并案' },
      at,
    );
    await this.note({ tx, at, actor }, 'story.separated', [kept, story.title], `撤销并案：“${act.otherTitle ?? ''}”恢复为单独事件`);
  }

  private async mergeIn(
    tx: Tx,
    { id, otherStoryId, reason, actor, at }: { id: string; otherStoryId: string; reason: string; actor: Actor; at: Date },
  ): Promise<void> {
    const story = await this.must(tx, id, at);
    await this.must(tx, otherStoryId, at);
    const pair = await this.merger.merge(tx, { kept: id, gone: otherStoryId, by: actor.name, reason, at });
    if (pair === null) throw ALREADY_ONE();
    const [storyId, gone] = pair;
    const actId = randomUUID();
    await new StoryGroups(tx).addAct({
      id: actId,
      kind: 'merge',
      storyId,
      otherStoryId: gone,
      likeness: null,
      opinions: [],
      reason,
      byWhom: actor.name,
      at,
    });
    await this.tell(tx, actId, { kind: 'merge', storyId, otherStoryId: gone, opinions: [], by: actor.name, reason }, at);
    await this.note({ tx, at, actor }, 'story.merge', [storyId, story.title], `并案：${reason}`);
  }

  private async must(tx: Tx, id: string, at: Date) {
    const found = await new StoryReadings(tx).exists(id);
    if (!found) throw new NotFound('story', id);
    return (await new Stories(tx).lock([{ storyId: id, title: '', firstSeenAt: at }])).get(id)!;
  }

  private async tell(tx: Tx, fact: string, data: Regrouping, at: Date): Promise<void> {
    tx.send(outgoing(TOPICS.storyRegrouped, data.storyId, { id: stableId('story.regrouped', fact), occurredAt: at, causedBy: null }, data));
  }

  private note(
    { tx, at, actor }: { tx: Tx; at: Date; actor: Actor },
    kind: string,
    [id, title]: [string, string],
    text: string,
  ): Promise<void> {
    return recordStep(tx, at, actor, kind, { kind, text, title, subject: { kind: 'story', id }, storyId: id });
  }
}
