import type { INestApplicationContext } from '@nestjs/common';
import { instantAt, localDateOf } from '@huiying/domain';
import { Deadlines, ExtensionRequests, Rumours, Statements, type Database, type DeadlineRow } from '@huiying/persistence';
import {
  CaseworkDesk,
  CityBook,
  ExtensionDesk,
  InvestigationDesk,
  RumourDesk,
  StatementDesk,
  type Actor,
} from '../../../response-workflow/src/index.js';
import { demoOrigin, evidenceRequest, type DemoWork } from '../demo/index.js';

/** Where work is played: the services, their database, the port of the demo's web site. */
export interface WorkPlace {
  services: INestApplicationContext;
  database: Database;
  sitePort: number;
}

/** Plays what is done on a case beside its tasks, through the desk that does it every day. */
export async function playWork(place: WorkPlace, caseId: string, work: DemoWork, actor: Actor): Promise<void> {
  const statements = place.services.get(StatementDesk);
  const casework = place.services.get(CaseworkDesk);
  switch (work.do) {
    case 'draft-statement':
      await statements.draft(caseId, { title: work.title, text: work.text }, actor);
      return;
    case 'submit-statement':
      return statements.submit(await latestStatement(place, caseId), actor);
    case 'clear-statement':
      return statements.clear(await latestStatement(place, caseId), { note: work.note }, actor);
    case 'approve-statement':
      return statements.approve(await latestStatement(place, caseId), { note: work.note }, actor);
    case 'publish-statement': {
      const { url, publishedAt } = evidenceRequest(work.evidence, demoOrigin(place.sitePort));
      await statements.publish(await latestStatement(place, caseId), { url, publishedAt }, actor);
      return;
    }
    case 'plan-conference': {
      const { plannedFor, place, spokesperson } = work;
      return casework.plan(caseId, { plannedFor: plannedFor.toISOString(), place, spokesperson }, actor);
    }
    case 'waive-conference':
      return casework.waive(caseId, { reason: work.reason }, actor);
    case 'find-rumour': {
      const { do: _, ...said } = work;
      return void (await place.services.get(RumourDesk).find(caseId, said, actor));
    }
    case 'clarify-rumour': {
      const [rumour] = await new Rumours(place.database).ofCase(caseId);
      const { kind: _, ...proof } = evidenceRequest({ kind: 'statement', ...work.evidence }, demoOrigin(place.sitePort));
      return place.services.get(RumourDesk).clarify(rumour!.id, proof, actor);
    }
    case 'begin-investigation': {
      const { team, departmentId, paper } = work;
      const { kind: _, ...proof } = evidenceRequest({ kind: 'statement', ...paper }, demoOrigin(place.sitePort));
      return place.services.get(InvestigationDesk).begin(caseId, { team, departmentId, ...proof }, actor);
    }
    case 'analyse': {
      const { do: _, ...parts } = work;
      return casework.analyse(caseId, { ...parts, submit: true }, actor);
    }
    case 'ask-evaluation-extension': {
      const { deadline } = await evaluationOf(place, caseId);
      const last = place.services.get(CityBook).parts.calendar.addWorkingDays(localDateOf(deadline.dueAt), work.days).date;
      await place.services
        .get(ExtensionDesk)
        .ask(deadline.id, { until: instantAt(last, '12:00').toISOString(), reason: work.reason }, actor);
      return;
    }
    case 'approve-extension': {
      const { deadline } = await evaluationOf(place, caseId);
      const asked = (await new ExtensionRequests(place.database).ofDeadline(deadline.id)).findLast(({ state }) => state === 'asked');
      if (!asked) throw new Error(`nothing was asked for in case ${caseId}`);
      return place.services.get(ExtensionDesk).approve(asked.id, { note: work.note }, actor);
    }
    case 'pause-evaluation': {
      const { deadline } = await evaluationOf(place, caseId);
      return place.services.get(ExtensionDesk).pause(deadline.id, { ground: work.ground, reason: work.reason }, actor);
    }
    case 'promise': {
      const { do: _, ...promise } = work;
      await casework.promise(caseId, promise, actor);
      return;
    }
  }
}

async function evaluationOf({ database }: WorkPlace, caseId: string): Promise<DeadlineRow> {
  const clock = (await new Deadlines(database).ofCases([caseId])).find(({ deadline }) => deadline.rule.milestone === 'evaluation');
  if (!clock) throw new Error(`case ${caseId} owes no evaluation`);
  return clock;
}

async function latestStatement({ database }: WorkPlace, caseId: string): Promise<string> {
  const latest = (await new Statements(database).ofCase(caseId, null)).at(-1);
  if (!latest) throw new Error(`case ${caseId} has no statement`);
  return latest.id;
}
