import { Inject, Injectable } from '@nestjs/common';
import { falseAlarmRequest, type AlertDetail, type AlertView, type FalseAlarmRequest, type Page } from '@huiying/contracts/http';
import { NotFound, stepAlert } from '@huiying/domain';
import { check } from '@huiying/platform';
import {
  Alerts,
  JudgedOpinions,
  Thresholds,
  type AlertFilter,
  type AlertRow,
  type OpinionDetailRow,
  type OpinionRow,
} from '@huiying/persistence';
import type { Actor } from '../accounts/index.js';
import { recordReview } from '../reviews/index.js';
import { CityBook } from '../city/index.js';
import { firingViews } from '../thresholds/index.js';
import { recordStep, WorkflowStore } from '../timeline/index.js';
import { alertActions, decisionOn, toAlertView } from './alert-view.js';

const PAGE = 50;
const OPINIONS_SHOWN = 50;

/** Alerts as people read them, and the two steps that open no case. */
@Injectable()
export class AlertDesk {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(CityBook) private readonly city: CityBook,
  ) {}

  async list(filter: AlertFilter, cursor: string | null): Promise<Page<AlertView>> {
    const page = await new Alerts(this.store.database).page(filter, cursor, PAGE);
    return { ...page, items: page.items.map(toAlertView) };
  }

  /** @throws NotFound */
  async detail(id: string, actor: Actor): Promise<AlertDetail> {
    const row = await new Alerts(this.store.database).find(id);
    const opinions = new JudgedOpinions(this.store.database);
    const judged = row && (await opinions.find(row.opinionId));
    if (!row || !judged) throw new NotFound('alert', id);
    return {
      ...toAlertView(row),
      reason: row.reason,
      judgement: this.city.filed(judged.judgement, judged),
      judgedOpinion: judgedOpinion(judged),
      actions: alertActions(row, actor),
      opinions: (await opinions.ofStory(row.storyId, OPINIONS_SHOWN)).map(toStoryOpinion),
      thresholds: await firingViews(this.store.database, await new Thresholds(this.store.database).ofAlert(id)),
    };
  }

  /** 知悉. A second time changes nothing. @throws NotFound */
  async markSeen(id: string, actor: Actor): Promise<void> {
    await this.store.change(async (tx, now) => {
      const alerts = new Alerts(tx);
      const alert = await this.mustLock(alerts, id);
      if (alert.state !== 'open') return;
      await alerts.change(id, { state: stepAlert(alert.state, 'seen'), seenBy: actor.name, seenAt: now });
      await recordStep(tx, now, actor, 'alert.seen', { ...stepOf(alert), kind: 'alert.seen', text: '已知悉预警' });
    });
  }

  /** 误报. @throws BadInput, NotFound, Refusal already-decided */
  async markFalseAlarm(id: string, request: FalseAlarmRequest, actor: Actor): Promise<void> {
    const { reason } = check(falseAlarmRequest, request);
    await this.store.change(async (tx, now) => {
      const alerts = new Alerts(tx);
      const alert = await this.mustLock(alerts, id);
      const state = stepAlert(alert.state, 'false-alarm', decisionOn(alert));
      await alerts.change(id, { state, decidedBy: actor.name, decidedAt: now, decisionReason: reason });
      await recordReview(tx, { opinionId: alert.opinionId, aspect: 'public-opinion', value: 'no', by: actor.name, reason, at: now });
      await recordStep(tx, now, actor, 'alert.false-alarm', {
        ...stepOf(alert),
        kind: 'alert.false-alarm',
        text: `标为误报：${reason}`,
        detail: { reason },
      });
    });
  }

  private async mustLock(alerts: Alerts, id: string): Promise<AlertRow> {
    const alert = await alerts.lock(id);
    if (!alert) throw new NotFound('alert', id);
    return alert;
  }
}

function stepOf(alert: AlertRow) {
  return {
    title: alert.title,
    subject: { kind: 'alert' as const, id: alert.id },
    storyId: alert.storyId,
    alertId: alert.id,
    severity: alert.severity ?? alert.suggestedSeverity,
  };
}

function judgedOpinion({ id, title, text }: OpinionDetailRow) {
  return { id, title, text };
}

function toStoryOpinion(row: OpinionRow) {
  const { id, title, sourceName, channel, url, publishedAt, capturedAt, relation } = row;
  return {
    id,
    title,
    sourceName,
    channel,
    url,
    publishedAt: publishedAt?.toISOString() ?? null,
    capturedAt: capturedAt.toISOString(),
    relation,
  };
}
