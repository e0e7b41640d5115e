import { Inject, Injectable } from '@nestjs/common';
import { NotFound, Refusal } from '@huiying/domain';
import { AuditTrail, Deliveries, Notices, People, type NewNotice, type PersonRow } from '@huiying/persistence';
import { actorOf, isAtDesk, type Actor } from '../accounts/index.js';
import { AlertDesk } from '../alerting/index.js';
import { EscalationDesk } from '../escalating/index.js';
import { MessageMaker } from '../notifying/index.js';
import { TaskDesk } from '../tasks/index.js';
import { WorkflowStore } from '../timeline/index.js';

/** What stands behind a link in a message. */
export interface LinkedNotice {
  notice: NewNotice;
  person: PersonRow;
  acknowledgedAt: Date | null;
  endsAt: Date;
}

/** `used` = acknowledged before, whoever clicks now; `ended` = too old. `refused`: acknowledged, but what goes with it was not lawful. */
export type AcknowledgeOutcome = { outcome: 'done' | 'used'; at: Date; also: string | null } | { outcome: 'ended' };

const SUBJECT = /^(alert|deadline|escalation|task):([0-9a-f-]{36})(?::(\w+))?/;

/**
 * Acknowledging (确认知悉), on the console or by the one-time link in a message. What the notice is about is acknowledged with it:
 * an alert is 知悉, a task is 签收, what climbs stops.
 */
@Injectable()
export class AcknowledgeDesk {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(MessageMaker) private readonly maker: MessageMaker,
    @Inject(AlertDesk) private readonly alerts: AlertDesk,
    @Inject(TaskDesk) private readonly tasks: TaskDesk,
    @Inject(EscalationDesk) private readonly escalations: EscalationDesk,
  ) {}

  /** What a token stands for, without doing anything: opening a link is no word of anybody. Null where it is none of ours. */
  async look(token: string): Promise<LinkedNotice | null> {
    const link = this.maker.links.read(token);
    const { database } = this.store;
    const notice = link && (await new Notices(database).find(link.noticeId));
    const person = notice && (await new People(database).find(notice.recipientId));
    if (!link || !notice || !person || person.disabledAt !== null) return null;
    return { notice, person, acknowledgedAt: notice.acknowledgedAt, endsAt: link.endsAt };
  }

  /** By the link: once, before it ends, in the name of the notice's person. Null where the token is none of ours. */
  async byLink(token: string, origin: string): Promise<AcknowledgeOutcome | null> {
    const linked = await this.look(token);
    if (!linked) return null;
    if (linked.acknowledgedAt !== null) return { outcome: 'used', at: linked.acknowledgedAt, also: null };
    if (linked.endsAt <= this.store.now()) return { outcome: 'ended' };
    return this.acknowledge(linked.notice, actorOf(linked.person, `${origin}（消息链接）`), 'link');
  }

  /** On the console. A second time changes nothing. @throws NotFound where the notice is not this person's */
  async onConsole(id: string, actor: Actor): Promise<AcknowledgeOutcome> {
    const notice = await new Notices(this.store.database).find(id);
    if (!notice || notice.recipientId !== actor.id) throw new NotFound('notice', id);
    return this.acknowledge(notice, actor, 'console');
  }

  private async acknowledge(notice: NewNotice, actor: Actor, by: 'console' | 'link'): Promise<AcknowledgeOutcome> {
    // First what goes with it, which may be done twice; so a crash between the two leaves a link that still works.
    const also = await this.alsoDone(notice, actor);
    return this.store.change(async (tx, now) => {
      const isFirst = await new Notices(tx).acknowledge(notice.id, by, now);
      if (!isFirst) return { outcome: 'used' as const, at: (await new Notices(tx).find(notice.id))!.acknowledgedAt!, also };
      await new Deliveries(tx).skipAll(notice.id, now);
      const { id: personId, name: who, origin } = actor;
      const detail = { by, fact: notice.fact };
      await new AuditTrail(tx).add({
        at: now,
        personId,
        who,
        action: 'notice.acknowledge',
        subject: `notice:${notice.id}`,
        origin,
        detail,
      });
      return { outcome: 'done' as const, at: now, also };
    });
  }

  /** In Chinese, what was done with the acknowledgement, or why it was not; null where there was nothing. */
  private async alsoDone(notice: NewNotice, actor: Actor): Promise<string | null> {
    const [, kind, id, what] = SUBJECT.exec(notice.fact) ?? [];
    if (kind === undefined || id === undefined) return null;
    try {
      if (kind === 'task' && what === 'assigned' && actor.role === 'department-lead') {
        await this.tasks.acknowledge(id, actor);
        return '任务已签收';
      }
      if (kind === 'escalation') await this.escalations.acknowledge(id, actor);
      if (kind === 'deadline') await this.store.change((tx, now) => this.escalations.acknowledgeAll(tx, { deadlineId: id }, actor, now));
      if (kind === 'alert') {
        if (isAtDesk(actor)) await this.alerts.markSeen(id, actor);
        await this.store.change((tx, now) => this.escalations.acknowledgeAll(tx, { alertId: id }, actor, now));
        return '预警已标为知悉';
      }
      return null;
    } catch (error) {
      // Somebody was first, or the matter is over: the person knows all the same.
      if (error instanceof Refusal || error instanceof NotFound) return error instanceof Refusal ? error.said : null;
      throw error;
    }
  }
}
