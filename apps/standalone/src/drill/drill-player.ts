import { setTimeout as pause } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import type { OpinionClassifiedV1 } from '@huiying/contracts';
import { stableId, stateOf, type MovableClock } from '@huiying/domain';
import { Alerts, CaseFiles, Deadlines, isPipelineIdle, Notices, People, ResponseTasks, type PersonRow } from '@huiying/persistence';
import type { Platform } from '@huiying/platform';
import type { Drill, DrillStep } from '@huiying/settings';
import {
  AssignmentDesk,
  CaseDesk,
  CityBook,
  DeadlineEngine,
  DutyDesk,
  EscalationEngine,
  EvidenceDesk,
  PeopleDesk,
  TaskDesk,
  type Actor,
} from '../../../response-workflow/src/index.js';
import type { DrillOutcome, Told } from './drill-report.js';

const ROLE_WORDS: Record<PersonRow['role'], string> = {
  'duty-officer': '值班员',
  'department-lead': '部门负责人',
  supervisor: '带班领导',
  administrator: '系统管理员',
};
const SETTLES_WITHIN_MS = 30_000;
const PROOF = Buffer.from('演练证明').toString('base64');

/**
 * Plays a drill through the real services on a clock that is moved: the same alert, desks, clocks and routing as every day.
 * The clock stops wherever a deadline's step is due, so that each fires at its own instant whatever the speed.
 */
export class DrillPlayer {
  private readonly done: { at: Date; text: string }[] = [];
  private readonly onDutyAt = new Map<string, ReadonlySet<string>>();

  constructor(
    private readonly services: INestApplicationContext,
    private readonly platform: Platform,
    private readonly clock: MovableClock,
    /** How many times as fast as life. */
    private readonly speed: number,
  ) {}

  /** @throws Error naming the step that could not be played */
  async play(drill: Drill): Promise<DrillOutcome> {
    const { startsAt, steps, runsFor, story } = drill;
    this.clock.set(startsAt);
    await this.platform.log.publish(
      [eventOf(story, startsAt)].map((event) => ({ topic: event.type, key: event.data.story.storyId, value: JSON.stringify(event) })),
    );
    await this.settle();
    this.note(`发现：${story.title}`);
    for (const step of steps) {
      await this.advanceTo(new Date(startsAt.getTime() + step.after));
      try {
        this.note(await this.take(step));
      } catch (cause) {
        throw new Error(`步骤“${step.do}”（${step.after / 60_000} 分）未能执行：${(cause as Error).message}`, { cause });
      }
      await this.settle();
    }
    await this.advanceTo(new Date(startsAt.getTime() + runsFor));
    return { title: drill.title, told: await this.told(), done: this.done, clocks: await this.clocks() };
  }

  private async advanceTo(at: Date): Promise<void> {
    for (let next = await this.nextAt(); next && next <= at; next = await this.nextAt()) {
      await this.runTo(next);
      while ((await this.services.get(DeadlineEngine).tick()) > 0);
      while ((await this.services.get(EscalationEngine).tick()) > 0);
      await this.settle();
    }
    await this.runTo(at);
  }

  /** When the next clock or the next of what climbs is due. */
  private async nextAt(): Promise<Date | null> {
    const [clock, climbs] = [await this.services.get(DeadlineEngine).nextStepAt(), await this.services.get(EscalationEngine).nextMoveAt()];
    return clock === null || (climbs !== null && climbs < clock) ? climbs : clock;
  }

  private async runTo(at: Date): Promise<void> {
    const gap = at.getTime() - this.clock.now().getTime();
    if (gap <= 0) return;
    await pause(gap / this.speed);
    this.clock.set(at);
  }

  private async take(step: DrillStep): Promise<string> {
    const { database } = this.platform;
    const department = 'department' in step ? this.services.get(CityBook).departmentName(step.department) : '';
    switch (step.do) {
      case 'confirm': {
        const [alert] = (await new Alerts(database).page({ sort: 'newest' }, null, 1)).items;
        if (!alert) throw new Error('没有预警');
        const actor = await this.onDuty(step.by);
        await this.services.get(CaseDesk).confirm(alert.id, { severity: step.severity, reason: '演练' }, actor);
        return `${actor.name} 定为 ${step.severity} 级`;
      }
      case 'assign': {
        const actor = await this.onDuty(step.by);
        const role = (await this.openTasks()).length === 0 ? ('lead' as const) : ('co' as const);
        await this.services
          .get(AssignmentDesk)
          .assign(await this.caseId(), { tasks: [{ departmentId: step.department, role, instruction: '演练：请核实处置并反馈' }] }, actor);
        return `${actor.name} 交办 ${department}`;
      }
      case 'acknowledge': {
        const actor = await this.leadOf(step.department);
        await this.services.get(TaskDesk).acknowledge(await this.taskOf(step.department), actor);
        return `${department} ${actor.name} 签收`;
      }
      case 'return': {
        const actor = await this.leadOf(step.department);
        await this.services
          .get(TaskDesk)
          .return(await this.taskOf(step.department), { reason: step.reason, suggestedDepartmentId: null }, actor);
        return `${department} ${actor.name} 退回：${step.reason}`;
      }
      case 'publish': {
        const actor = await this.onDuty(step.by);
        const publishedAt = this.clock.now().toISOString();
        const file = { name: '演练.txt', contentBase64: PROOF };
        await this.services
          .get(EvidenceDesk)
          .register(await this.caseId(), { kind: step.kind, url: null, publishedAt, note: '演练', file }, actor);
        return `${actor.name} 登记${step.kind === 'statement' ? '权威信息发布' : '新闻发布会'}`;
      }
    }
  }

  private async onDuty(duty: 'officer' | 'leader'): Promise<Actor> {
    const { now } = await this.services.get(DutyDesk).onDuty();
    const people = await new People(this.platform.database).active();
    const stand = people.find(({ role }) => role === (duty === 'officer' ? 'duty-officer' : 'supervisor'));
    const id = now.find((one) => one.duty === duty)?.id ?? stand?.id;
    return this.actorOf(
      people.find((one) => one.id === id),
      duty === 'officer' ? '值班员' : '带班领导',
    );
  }

  private async leadOf(departmentId: string): Promise<Actor> {
    const people = await new People(this.platform.database).active();
    return this.actorOf(
      people.find((one) => one.departmentId === departmentId),
      `${departmentId} 的负责人`,
    );
  }

  private actorOf(person: PersonRow | undefined, who: string): Promise<Actor> {
    if (!person) throw new Error(`没有${who}的账号`);
    return this.services.get(PeopleDesk).actor(person.username, '演练');
  }

  private async caseId(): Promise<string> {
    const [one] = (await new CaseFiles(this.platform.database).page({ sort: 'newest' }, null, null, 1)).items;
    if (!one) throw new Error('还没有舆情单');
    return one.id;
  }

  private async openTasks() {
    const tasks = await new ResponseTasks(this.platform.database).ofCases([await this.caseId()], null);
    return tasks.filter(({ state }) => state !== 'returned');
  }

  private async taskOf(departmentId: string): Promise<string> {
    const task = (await this.openTasks()).find((one) => one.departmentId === departmentId);
    if (!task) throw new Error(`${departmentId} 没有任务`);
    return task.id;
  }

  private note(text: string): void {
    this.done.push({ at: this.clock.now(), text });
  }

  /** Waits for what follows, and notes who is on duty at the instant at which somebody may have been told. */
  private async settle(): Promise<void> {
    const begun = performance.now();
    while (!(await isPipelineIdle(this.platform.database))) {
      if (performance.now() - begun > SETTLES_WITHIN_MS) throw new Error('its effects did not arrive');
      await pause(4);
    }
    const { now } = await this.services.get(DutyDesk).onDuty();
    this.onDutyAt.set(this.clock.now().toISOString(), new Set(now.map(({ id }) => id)));
  }

  private async told(): Promise<Told[]> {
    const people = new Map((await new People(this.platform.database).all()).map((person) => [person.id, person]));
    return (await new Notices(this.platform.database).asked()).map(({ recipientId, requestedAt, urgency, title }) => {
      const person = people.get(recipientId)!;
      return {
        at: requestedAt,
        name: person.name,
        role:
          person.departmentId === null
            ? ROLE_WORDS[person.role]
            : `${this.services.get(CityBook).departmentName(person.departmentId)}负责人`,
        isOnDuty: this.onDutyAt.get(requestedAt.toISOString())?.has(recipientId) ?? false,
        reachableBy: [...(person.email === null ? [] : ['邮件']), ...(person.phone === null ? [] : ['电话'])],
        isUrgent: urgency === 'urgent',
        title,
      };
    });
  }

  private async clocks(): Promise<DrillOutcome['clocks']> {
    const rows = await new Deadlines(this.platform.database).ofCases([await this.caseId()]);
    return rows.map(({ deadline, departmentId }) => ({
      rule: `${deadline.rule.name}（${deadline.rule.id}）`,
      responsible: departmentId === null ? deadline.rule.ownerText : this.services.get(CityBook).departmentName(departmentId),
      dueAt: deadline.dueAt,
      state: stateOf(deadline, this.clock.now()),
    }));
  }
}

/** What the judging would have said of the drill's story. */
function eventOf({ title, text, level, department }: Drill['story'], at: Date): OpinionClassifiedV1 {
  const opinionId = stableId('drill', title, at.toISOString());
  const captured = at.toISOString();
  const reasons = [{ text: '演练', matches: [] }];
  return {
    id: stableId('drill-event', opinionId),
    type: 'opinion.classified',
    version: 1,
    occurredAt: captured,
    causedBy: null,
    data: {
      opinion: {
        ...{
          opinionId,
          revision: 1,
          sourceId: 'drill',
          sourceName: '演练',
          channel: 'forum' as const,
          title,
          text,
          url: null,
          author: null,
          order: null,
        },
        ...{ publishedAt: captured, capturedAt: captured, sha256: '0'.repeat(64) },
      },
      story: { storyId: stableId('drill-story', opinionId), relation: 'first', similarity: 1 },
      judgement: {
        jurisdiction: { verdict: 'ours', places: [], reasons },
        publicOpinion: { verdict: true, score: 1, keyCategory: 'emergency', reasons },
        topic: null,
        departments: department === null ? [] : [{ departmentId: department, name: department, role: 'lead', score: 1, reasons }],
        severity: { level, incident: null, facts: [], reasons },
        sentiment: { label: 'negative', score: -0.5 },
        judgedBy: 'drill',
      },
    },
  };
}
