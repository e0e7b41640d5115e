import { Inject, Injectable } from '@nestjs/common';
import type { ChangeOutcome, RulesChangeRequest, RulesPreview, RulesView } from '@huiying/contracts/http';
import { BadInput, Refusal, rulesInForce, withRule, type Deadline, type DeadlineRule, type Standard } from '@huiying/domain';
import { AuditTrail, Deadlines, LawRevisions, type Queries } from '@huiying/persistence';
import { BadConfig, layRules } from '@huiying/settings';
import type { SignedBy } from '../accounts/index.js';
import { CityBook, LawKeeper } from '../city/index.js';
import { DeadlineMover, type Move } from '../deadlines/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { changesOf, toRuleView, toStandardView } from './rule-view.js';

const SHOWN_CLOCKS = 100;

/** The deadline rules (时限规则): what holds with its source, and what a change by the city would do to open clocks. */
@Injectable()
export class RuleDesk {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(CityBook) private readonly city: CityBook,
    @Inject(LawKeeper) private readonly law: LawKeeper,
    @Inject(DeadlineMover) private readonly mover: DeadlineMover,
  ) {}

  async view(): Promise<RulesView> {
    const basis = await this.law.refresh(this.store.database);
    const { rules, standards } = this.city.parts;
    const supplement = await new LawRevisions(this.store.database).rules();
    const inForce = rulesInForce(rules, this.store.now());
    const open = await new Deadlines(this.store.database).openByRule();
    const countOf = (rule: DeadlineRule) =>
      open.filter((one) => one.ruleId === rule.id && one.version === rule.version && one.jurisdiction === rule.jurisdiction);
    const current = inForce.flatMap(countOf).reduce((sum, one) => sum + one.open, 0);
    const known = new Set(inForce.map(({ id }) => id));
    const all = open.filter(({ ruleId }) => known.has(ruleId)).reduce((sum, one) => sum + one.open, 0);
    return {
      rules: rules.map((rule) =>
        toRuleView(
          rule,
          inForce.includes(rule),
          countOf(rule).reduce((sum, one) => sum + one.open, 0),
        ),
      ),
      standards: standards.map((standard: Standard) => toStandardView(standard)),
      supplement: supplement && {
        yaml: supplement.yaml,
        enteredAt: supplement.enteredAt.toISOString(),
        enteredBy: supplement.enteredBy,
      },
      outdatedClockCount: all - current,
      basis,
    };
  }

  /** What a supplement would do; null looks at the rules as they now are, e.g. after an edit of the files. Changes nothing. */
  async preview(yaml: string | null): Promise<RulesPreview> {
    const basis = await this.law.refresh(this.store.database);
    try {
      const rules = await this.rulesWith(this.store.database, yaml);
      const before = rulesInForce(this.city.parts.rules, this.store.now());
      const after = rulesInForce(rules, this.store.now());
      return { faults: [], changes: changesOf(before, after), ...(await this.mover.preview(this.moveTo(after), {}, SHOWN_CLOCKS)), basis };
    } catch (error) {
      if (!(error instanceof BadConfig)) throw error;
      return { faults: error.faults, changes: [], clocks: [], clockCount: 0, basis };
    }
  }

  /** Enters a supplement, and moves open clocks where that is asked for, in one commit. @throws BadInput with every fault, Refusal rules-changed */
  async enter({ yaml, moveClocks, basis }: RulesChangeRequest, actor: SignedBy): Promise<ChangeOutcome> {
    const movedCount = await this.store.change(async (tx, now) => {
      if ((await new LawRevisions(tx).lockBasis()) !== basis) {
        throw new Refusal(
          'rules-changed',
          'the calendar or the rules changed since the preview',
          '日历或规则刚被他人改动，请重新预览后再确认',
        );
      }
      const rules = await this.acceptedRules(tx, yaml);
      if (yaml !== null) await new LawRevisions(tx).addRules({ yaml, enteredAt: now, enteredBy: actor.name });
      const told = { why: '时限规则调整', actor: actor.name, now };
      const count = moveClocks ? await this.mover.apply(tx, this.moveTo(rulesInForce(rules, now)), {}, told) : 0;
      const detail = { yaml, moveClocks, movedCount: count };
      const { id: personId, name: who, origin } = actor;
      await new AuditTrail(tx).add({ at: now, personId, who, action: 'rules.enter', subject: 'rules:city', origin, detail });
      return count;
    });
    await this.law.refresh(this.store.database);
    return { movedCount };
  }

  private async acceptedRules(tx: Queries, yaml: string | null): Promise<readonly DeadlineRule[]> {
    try {
      return await this.rulesWith(tx, yaml);
    } catch (error) {
      if (!(error instanceof BadConfig)) throw error;
      throw new BadInput(error.faults.map((fault) => ({ field: 'yaml', rule: fault, message: fault })));
    }
  }

  /** @throws BadConfig also where a version that was entered before is written anew with other content */
  private async rulesWith(on: Queries, yaml: string | null): Promise<readonly DeadlineRule[]> {
    const entered = await new LawRevisions(on).rules();
    const text = yaml ?? entered?.yaml ?? null;
    if (text === null) return this.law.fileRules;
    const rules = layRules(this.law.fileRules, text);
    const before = entered === null ? [] : layRules(this.law.fileRules, entered.yaml);
    const reused = rules.filter((rule) => before.some((old) => isEditUnderOneVersion(old, rule)));
    if (reused.length === 0) return rules;
    throw new BadConfig(
      'rules/supplement',
      reused.map(
        ({ id, version }) => `${id} ${version} was entered before with other content: an edit needs a new version（改动须换新 version）`,
      ),
    );
  }

  private moveTo(inForce: readonly DeadlineRule[]): Move {
    const byId = new Map(inForce.map((rule) => [rule.id, rule]));
    return (deadline: Deadline) => {
      const rule = byId.get(deadline.rule.id);
      return rule?.adopted ? withRule(deadline, rule, this.city.parts.calendar) : deadline;
    };
  }
}

function isEditUnderOneVersion(old: DeadlineRule, rule: DeadlineRule): boolean {
  const same = old.id === rule.id && old.version === rule.version && old.jurisdiction === rule.jurisdiction;
  return same && JSON.stringify(sorted(old)) !== JSON.stringify(sorted(rule));
}

function sorted(rule: DeadlineRule): [string, unknown][] {
  return Object.entries(rule).sort(([a], [b]) => (a < b ? -1 : 1));
}
