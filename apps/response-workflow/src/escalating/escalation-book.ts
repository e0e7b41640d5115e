import { Inject, Injectable } from '@nestjs/common';
import {
  peopleOn,
  policyFor,
  stableId,
  nextMove,
  type EscalationBirth,
  type Ladder,
  type Rung,
  type TellablePeople,
} from '@huiying/domain';
import { Escalations, People, type NewEscalation, type Queries, type Tx } from '@huiying/persistence';
import { CityBook } from '../city/index.js';
import { WorkflowStore } from '../timeline/index.js';

/** A matter that begins to climb where nobody acknowledges it. */
export interface Matter extends EscalationBirth, Pick<NewEscalation, 'alertId' | 'deadlineId' | 'caseId' | 'title' | 'link' | 'causedBy'> {
  /** 0, and more where the same clock runs out anew. */
  round: number;
}

/** Which policy a matter has, and who stands on the rungs. */
@Injectable()
export class EscalationBook {
  constructor(
    @Inject(CityBook) private readonly city: CityBook,
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
  ) {}

  /** Begins what has a policy; the same matter of the same level begins once. Returns the ids that are new. */
  async begin(tx: Tx, matters: readonly Matter[]): Promise<Set<string>> {
    const { escalation, calendar } = this.city.parts;
    const now = this.store.now();
    const born = matters.flatMap(({ matter, severity, ruleId, at, round, ...rest }): NewEscalation[] => {
      const policy = policyFor(escalation.policies, { matter, severity, ruleId, at }, calendar);
      if (policy === null) return [];
      const again = round === 0 ? [] : [round];
      const id = stableId('escalation', matter, rest.alertId ?? rest.deadlineId ?? '', severity, ...again);
      const fresh = { bornAt: at, fired: 0, acknowledgedAt: null, touchedAt: null, idleFired: 0, lastIdleAt: null, endedAt: null };
      return [{ id, matter, severity, ...rest, policy, bornAt: at, nextMoveAt: nextMove(policy, fresh, now)?.at ?? null }];
    });
    return new Escalations(tx).add(born);
  }

  /** Ids of who stands on these rungs now. */
  peopleOn(rungs: readonly Rung[], people: TellablePeople): string[] {
    return [...new Set(rungs.flatMap((rung) => peopleOn(rung, this.ladder(people), people)))];
  }

  async namesOf(on: Queries, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return new Map((await new People(on).byIds(ids)).map(({ id, name }) => [id, name]));
  }

  private ladder(people: TellablePeople): Ladder {
    return { deputy: people.upper?.deputy ?? [], head: people.upper?.head ?? [] };
  }
}
