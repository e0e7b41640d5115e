import type { RulesPreview, RuleView, StandardView } from '@huiying/contracts/http';
import { lengthText, START_FACTS, type DeadlineRule, type Standard, type WarnPoint } from '@huiying/domain';

export function toRuleView(rule: DeadlineRule, isInForce: boolean, openClockCount: number): RuleView {
  const { id, version, name, jurisdiction, document, clause, certainty, effectiveFrom, effectiveUntil, text } = rule;
  const { adopted, matters, severities, startsFrom, unit, cutoff, ownerText, warnAt, pausableFor, extension } = rule;
  const facts = startsFrom.map((fact) => START_FACTS[fact]).join('、');
  return {
    ...{ id, version, name, jurisdiction, isInForce, document, clause, certainty, effectiveFrom, effectiveUntil, text, openClockCount },
    isAdopted: adopted,
    matters: [...matters],
    severities: [...severities],
    startsFrom: startsFrom.length > 1 ? `${facts}，取早者` : facts,
    length: lengthText(rule),
    cutoff: unit === 'hours' ? null : cutoff,
    owner: ownerText,
    warnings: warnAt.map((point) => warningText(point)),
    pausableFor: [...pausableFor],
    extension:
      extension && `最多 ${extension.times} 次，合计不超过${lengthText({ length: extension.most, unit })}，由${extension.approver}批准`,
  };
}

export function toStandardView(standard: Standard): StandardView {
  const { id, name, measure, adopted, ownerText, document, clause, certainty, text } = standard;
  return { id, name, measure, isAdopted: adopted, owner: ownerText, document, clause, certainty, text };
}

/** What a change does to the rules in force, each in one line. */
export function changesOf(before: readonly DeadlineRule[], after: readonly DeadlineRule[]): RulesPreview['changes'] {
  const ids = [...new Set([...before, ...after].map(({ id }) => id))];
  return ids.flatMap((id) => {
    const [was, is] = [before.find((rule) => rule.id === id), after.find((rule) => rule.id === id)];
    const [wasText, isText] = [was ? briefly(was) : null, is ? briefly(is) : null];
    return wasText === isText ? [] : [{ ruleId: id, name: (is ?? was)!.name, before: wasText, after: isText }];
  });
}

function briefly(rule: DeadlineRule): string {
  const cutoff = rule.unit !== 'hours' && rule.cutoff !== '24:00' ? `，${rule.cutoff}截止` : '';
  const adopted = rule.adopted ? '' : '，未采用';
  const warnings = rule.warnAt.map((point) => warningText(point)).join('、');
  return `${lengthText(rule)}${cutoff}${adopted}；${rule.document}；预警 ${warnings || '无'}（${rule.version}）`;
}

function warningText(point: WarnPoint): string {
  if ('percent' in point) return `已过 ${point.percent}%`;
  return point.workingDaysLeft === 0 ? `到期日 ${point.at}` : `剩 ${point.workingDaysLeft} 日 ${point.at}`;
}
