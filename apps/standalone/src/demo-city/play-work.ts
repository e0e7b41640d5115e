import type { INestApplicationContext } from '@nestjs/common';
import { Statements, type Database } from '@huiying/persistence';
import { CaseworkDesk, StatementDesk, type Actor } from '../../../response-workflow/src/index.js';
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
    case 'analyse': {
      const { do: _, ...parts } = work;
      return casework.analyse(caseId, { ...parts, submit: true }, actor);
    }
    case 'promise': {
      const { do: _, ...promise } = work;
      await casework.promise(caseId, promise, actor);
      return;
    }
  }
}

async function latestStatement({ database }: WorkPlace, caseId: string): Promise<string> {
  const latest = (await new Statements(database).ofCase(caseId, null)).at(-1);
  if (!latest) throw new Error(`case ${caseId} has no statement`);
  return latest.id;
}
