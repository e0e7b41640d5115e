import type { INestApplicationContext } from '@nestjs/common';
import { newSystemRequest, type EvidenceRequest } from '@huiying/contracts/http';
import type { MovableClock } from '@huiying/domain';
import { check } from '@huiying/platform';
import { Alerts, isPipelineIdle, JudgedOpinions, ResponseTasks, type Database } from '@huiying/persistence';
import { COMPILED_LEXICON, learnForCity } from '../../../classifier/src/index.js';
import {
  AlertDesk,
  ApiKeyDesk,
  AssignmentDesk,
  CaseDesk,
  DeadlineEngine,
  EscalationEngine,
  EvidenceDesk,
  PeopleDesk,
  ReviewDesk,
  SchemeDesk,
  TaskDesk,
  KnowledgeDesk,
  ThresholdDesk,
  type Actor,
} from '../../../response-workflow/src/index.js';
import {
  DEMO_SCHEME,
  DEMO_TEACHER,
  DEMO_THRESHOLDS,
  demoKnowledge,
  demoSystem,
  demoHistory,
  demoOrigin,
  evidenceRequest,
  type ActStep,
  type DemoEvidence,
  type DemoStep,
} from '../demo/index.js';
import { soonest, type Due } from './due-work.js';
import { OrderPlayer } from './play-orders.js';
import { DocumentPlayer } from './play-documents.js';
import { ReportPlayer } from './play-reports.js';
import { SaidPlayer } from './play-said.js';
import { playWork } from './play-work.js';
import { inStretches, isSaid, type Stretch } from './stretches.js';

type Lexicon = Parameters<typeof learnForCity>[0]['lexicon'];

/** Longest wait for one step's effects; a pipeline that takes longer is broken. */
const SETTLES_WITHIN_MS = 30_000;

/**
 * Plays the demo city's past through the real services on a moved clock: the same intake, judging, desks and clocks as every day.
 * What was due between two steps fires at its own instant.
 */
export class DemoLoader {
  private readonly actors = new Map<string, Actor>();
  private orders!: OrderPlayer;
  private said!: SaidPlayer;
  private until!: Date;
  private readonly documents: DocumentPlayer;
  private readonly reports: ReportPlayer;
  private readonly due: readonly Due[];

  constructor(
    private readonly services: INestApplicationContext,
    private readonly database: Database,
    private readonly clock: MovableClock,
    private readonly sitePort: number,
    private readonly tellHotline: () => void = () => undefined,
  ) {
    this.documents = new DocumentPlayer(services, sitePort);
    this.reports = new ReportPlayer(services, database, (username) => this.actor(username));
    const [clocks, climbing] = [services.get(DeadlineEngine), services.get(EscalationEngine)];
    this.due = [
      { nextAt: () => clocks.nextStepAt(), tick: () => clocks.tick() },
      { nextAt: () => climbing.nextMoveAt(), tick: () => climbing.tick() },
      { nextAt: () => this.reports.nextAt(), tick: () => this.reports.tick(this.clock.now()) },
    ];
  }

  /** @throws Error naming the step that could not be played */
  async play(steps: readonly DemoStep[], until: Date, progress: (done: number, total: number) => void): Promise<void> {
    this.until = until;
    this.orders = new OrderPlayer(this.services, until);
    this.said = new SaidPlayer(this.services, this.clock, this.sitePort, this.orders);
    await this.reports.begin();
    let done = 0;
    for (const stretch of inStretches(steps)) {
      const before = done;
      done += stretch.steps.length;
      try {
        if (before <= steps.length / 2 && done > steps.length / 2) await this.watchWords();
        await this.playStretch(stretch);
      } catch (cause) {
        const what = `${stretch.steps[0]!.kind} at ${stretch.at.toISOString()}`;
        throw new Error(`step ${before} of the demo (${what}) failed: ${(cause as Error).message}`, { cause });
      }
      progress(done, steps.length);
    }
    await this.settle();
    await this.advanceTo(until);
    await this.learn();
  }

  /** What is merely said may be judged while the next is taken in; on anything else a later step may build. */
  private async playStretch(stretch: Stretch): Promise<void> {
    await this.advanceTo(stretch.at);
    if (stretch.isMerelySaid) return this.said.play(stretch.steps);
    await this.settle();
    await this.take(stretch.steps[0]);
    await this.settle();
  }

  /** From last year's records and from what the desk said of this fortnight's judgements; what comes from now on is judged with it. */
  private async learn(): Promise<void> {
    const { name } = await this.actor(DEMO_TEACHER);
    const wish = { by: name, at: this.clock.now(), causedBy: null };
    const lexicon = this.services.get<Lexicon>(COMPILED_LEXICON, { strict: false });
    await learnForCity({ database: this.database, lexicon, history: demoHistory(), wish });
    await this.settle();
  }

  /** Whom the desk gave a matter to is who should have been proposed: right, or a correction. */
  private async review(storyKey: string, departmentId: string, actor: Actor): Promise<void> {
    await this.services
      .get(ReviewDesk, { strict: false })
      .review(this.said.opinionOf(storyKey), { aspect: 'department', value: departmentId }, actor);
  }

  /** The desk tries its words on what came so far, and saves them. */
  private async watchWords(): Promise<void> {
    await this.settle();
    const { by, ...scheme } = DEMO_SCHEME;
    const desk = this.services.get(SchemeDesk);
    const { tried } = await desk.try({ text: scheme.text, effect: scheme.effect });
    await desk.create({ ...scheme, tried }, await this.actor(by));
    this.tellHotline();
    await this.setThresholds();
    await this.writeKnowledge();
    await this.letSystemsIn();
    await this.settle();
  }

  private async writeKnowledge(): Promise<void> {
    const { by, entries } = demoKnowledge(this.until);
    for (const entry of entries) await this.services.get(KnowledgeDesk).create(entry, await this.actor(by));
  }

  private async letSystemsIn(): Promise<void> {
    const { by, system } = demoSystem(this.until);
    await this.services.get(ApiKeyDesk).addSystem(check(newSystemRequest, system), await this.actor(by));
  }

  private async setThresholds(): Promise<void> {
    const desk = this.services.get(ThresholdDesk);
    const actor = await this.actor(DEMO_THRESHOLDS.by);
    for (const { body, ...rule } of DEMO_THRESHOLDS.rules) {
      const { tried } = await desk.try({ body, days: 7 });
      await desk.create({ ...rule, body, tried }, actor);
    }
  }

  /** Moves the clock, stopping where a deadline's step is due or something is done with a work order. */
  private async advanceTo(at: Date): Promise<void> {
    for (let next = this.orders.nextAt(at); next !== null; next = this.orders.nextAt(at)) {
      await this.tickTo(next);
      await this.orders.playNext(() => this.settle());
    }
    await this.tickTo(at);
  }

  private async tickTo(at: Date): Promise<void> {
    for (let next = await soonest(this.due); next && next.at <= at; next = await soonest(this.due)) {
      if (next.at > this.clock.now()) this.clock.set(next.at);
      await next.tick();
      await this.settle();
    }
    if (at > this.clock.now()) this.clock.set(at);
  }

  private async take(step: DemoStep): Promise<void> {
    if (isSaid(step)) return this.said.play([step]);
    if (step.kind === 'document') return this.documents.play(step, await this.actor(step.by));
    return this.act(step);
  }

  private async act(step: ActStep): Promise<void> {
    const actor = await this.actor(step.by);
    const alert = await this.alertOf(step.storyKey);
    const caseId = (): string => {
      if (alert.caseId === null) throw new Error(`story ${step.storyKey} has no case yet`);
      return alert.caseId;
    };
    switch (step.kind) {
      case 'see-alert':
        return this.services.get(AlertDesk).markSeen(alert.id, actor);
      case 'false-alarm':
        return this.services.get(AlertDesk).markFalseAlarm(alert.id, { reason: step.reason }, actor);
      case 'confirm-alert': {
        const { severity, keyCategory, reason, occurredAt } = step;
        await this.services
          .get(CaseDesk)
          .confirm(alert.id, { severity, keyCategory, reason, occurredAt: occurredAt?.toISOString() ?? null }, actor);
        return;
      }
      case 'assign': {
        await this.services.get(AssignmentDesk).assign(caseId(), { tasks: step.tasks }, actor);
        const lead = step.tasks.find(({ role }) => role === 'lead');
        return lead && this.review(step.storyKey, lead.departmentId, actor);
      }
      case 'acknowledge':
        return this.services.get(TaskDesk).acknowledge(await this.taskOf(caseId(), step.departmentId), actor);
      case 'return': {
        const { reason, suggestedDepartmentId } = step;
        return this.services.get(TaskDesk).return(await this.taskOf(caseId(), step.departmentId), { reason, suggestedDepartmentId }, actor);
      }
      case 'reply':
        await this.services
          .get(TaskDesk)
          .reply(
            await this.taskOf(caseId(), step.departmentId),
            { text: step.text, evidence: step.evidence && this.proof(step.evidence) },
            actor,
          );
        return;
      case 'evidence':
        await this.services.get(EvidenceDesk).register(caseId(), this.proof(step.evidence), actor);
        return;
      case 'work': {
        const { services, database, sitePort } = this;
        return playWork({ services, database, sitePort }, caseId(), step.work, actor);
      }
      case 'close':
        return this.services.get(CaseDesk).close(caseId(), { summary: step.summary }, actor);
    }
  }

  private proof(evidence: DemoEvidence): EvidenceRequest {
    return evidenceRequest(evidence, demoOrigin(this.sitePort));
  }

  private async actor(username: string): Promise<Actor> {
    const known = this.actors.get(username) ?? (await this.services.get(PeopleDesk).actor(username, 'demo'));
    this.actors.set(username, known);
    return known;
  }

  private async alertOf(storyKey: string): Promise<{ id: string; caseId: string | null }> {
    const opinion = await new JudgedOpinions(this.database).find(this.said.opinionOf(storyKey));
    const alert = opinion?.alertId ? await new Alerts(this.database).find(opinion.alertId) : null;
    if (!alert) throw new Error(`story ${storyKey} has raised no alert: ${opinion ? opinion.alertReason : 'its opinion did not arrive'}`);
    return alert;
  }

  private async taskOf(caseId: string, departmentId: string): Promise<string> {
    const tasks = await new ResponseTasks(this.database).ofCases([caseId], null);
    const task = tasks.findLast((one) => one.departmentId === departmentId);
    if (!task) throw new Error(`${departmentId} has no task in case ${caseId}`);
    return task.id;
  }

  private async settle(): Promise<void> {
    const begun = process.hrtime.bigint();
    while (!(await isPipelineIdle(this.database))) {
      if (Number(process.hrtime.bigint() - begun) / 1e6 > SETTLES_WITHIN_MS)
        throw new Error('its effects did not arrive; see the dead letters');
      await new Promise((resolve) => setTimeout(resolve, 4));
    }
  }
}
