import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { TOPICS, type LearningAskedV1, type ReviewedAspect } from '@huiying/contracts';
import { reviewRequest, type QualityView, type ReviewRequest, type ReviewView } from '@huiying/contracts/http';
import { BadInput, NotFound, Refusal } from '@huiying/domain';
import { outgoing } from '@huiying/messaging';
import { AuditTrail, Reviews, type Tx } from '@huiying/persistence';
import { check } from '@huiying/platform';
import type { Actor } from '../accounts/index.js';
import { CityBook } from '../city/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { isValue, valueName } from './judged-value.js';
import { recordReview } from './record-review.js';

const DAY_MS = 86_400_000;
const REPORTS_SHOWN = 20;

/** What officers say of judgements (研判复核), how often these were right, and the versions of the model. */
@Injectable()
export class ReviewDesk {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(CityBook) private readonly city: CityBook,
  ) {}

  /** @throws BadInput, NotFound */
  async review(opinionId: string, request: ReviewRequest, actor: Actor): Promise<void> {
    const { aspect, value, reason } = check(reviewRequest, request);
    if (!isValue(aspect, value, this.city)) {
      throw new BadInput([{ field: 'value', rule: `must be a value of ${aspect}`, got: value, message: '没有这个选项' }]);
    }
    await this.store.change(async (tx, at) => {
      const isKnown = await recordReview(tx, { opinionId, aspect, value, by: actor.name, reason: reason || null, at });
      if (!isKnown) throw new NotFound('opinion', opinionId);
      await this.audit(tx, actor, at, { action: 'judgement.review', subject: `opinion:${opinionId}`, detail: { aspect, value } });
    });
  }

  async ofOpinion(opinionId: string): Promise<ReviewView[]> {
    const rows = await new Reviews(this.store.database).ofOpinion(opinionId);
    return rows.map(({ aspect, was, now, by, at, reason }) => {
      const part = aspect as ReviewedAspect;
      const names = { wasName: valueName(part, was, this.city), nowName: valueName(part, now, this.city) };
      return { aspect: part, was, now, ...names, by, at: at.toISOString(), reason };
    });
  }

  async quality(days: number, actor: Actor): Promise<QualityView> {
    const reviews = new Reviews(this.store.database);
    const since = new Date(this.store.now().getTime() - days * DAY_MS);
    const [models, reports] = [await reviews.models(), await reviews.reports(REPORTS_SHOWN)];
    const inUse = reports.find(({ state }) => state !== 'failed')?.model ?? null;
    const learning = await reviews.learningAsked();
    return {
      since: since.toISOString(),
      weeks: (await reviews.weeks(since)).map((week) => ({ ...week, aspect: week.aspect as ReviewedAspect })),
      confusion: { topic: await this.confusion('topic', since), department: await this.confusion('department', since) },
      models: models.map((model) => ({ ...model, learnedAt: model.learnedAt.toISOString(), inUse: model.model === inUse })),
      inUse,
      reports: reports.map(({ at, said, state, by }) => ({ at: at.toISOString(), said, state, by })),
      learning: learning && { at: learning.at.toISOString(), by: learning.by },
      newReviews: await reviews.since(models[0]?.learnedAt ?? new Date(0)),
      mayLearn: actor.role === 'administrator',
    };
  }

  /** Learns anew from the history and all reviews. @throws Refusal learning-already */
  async learn(actor: Actor): Promise<void> {
    await this.store.change(async (tx, at) => {
      const asked = await new Reviews(tx).learningAsked();
      if (asked) {
        const conflict = { by: asked.by, at: asked.at.toISOString(), what: '开始学习' };
        throw new Refusal('learning-already', 'a learning that was asked for has not ended', '正在学习，请等它结束', conflict);
      }
      const id = randomUUID();
      await new Reviews(tx).askLearning(id, at, actor.name);
      tx.send(wished(id, at, { wish: 'learn', model: null, by: actor.name }));
      await this.audit(tx, actor, at, { action: 'model.learn', subject: 'model', detail: {} });
    });
  }

  /** An earlier version again; null for the lexicon alone. @throws NotFound */
  async use(model: string | null, actor: Actor): Promise<void> {
    await this.store.change(async (tx, at) => {
      const known = await new Reviews(tx).models();
      if (model !== null && !known.some((one) => one.model === model)) throw new NotFound('model', model);
      tx.send(wished(randomUUID(), at, { wish: 'use', model, by: actor.name }));
      await this.audit(tx, actor, at, { action: 'model.use', subject: `model:${model ?? 'lexicon'}`, detail: {} });
    });
  }

  private async confusion(aspect: 'topic' | 'department', since: Date) {
    const rows = await new Reviews(this.store.database).confusion(aspect, since);
    return rows.map(({ was, now, count }) => ({
      was: valueName(aspect, was, this.city),
      now: valueName(aspect, now, this.city),
      count,
      isRight: was === now,
    }));
  }

  private audit(tx: Tx, actor: Actor, at: Date, what: { action: string; subject: string; detail: Record<string, unknown> }): Promise<void> {
    return new AuditTrail(tx).add({ at, personId: actor.id, who: actor.name, origin: actor.origin, ...what });
  }
}

function wished(id: string, occurredAt: Date, data: LearningAskedV1['data']) {
  return outgoing(TOPICS.learningAsked, 'learning', { id, occurredAt, causedBy: null }, data);
}
