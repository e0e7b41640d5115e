import { BadInput, dueAt, instantAt, ledgerOf, rulesInForce, type CountedDay, type DeadlineRule, type WorkCalendar } from '@huiying/domain';
import type { DueQuestion } from './due-question.js';

/** The rules and the calendar a question is answered by. */
export interface DueBook {
  rules: readonly DeadlineRule[];
  calendar: WorkCalendar;
}

const OFFSET_MS = 8 * 3_600_000;

/**
 * Answers a question, one object for each answer; an id that several rules share (HL-06b) gives one for each of them.
 * Instants are in Beijing time with their offset.
 * @throws BadInput for a rule that is not known or not in force at the start
 */
export function answerDue(question: DueQuestion, book: DueBook): object[] {
  if (question.kind === 'rule') return rulesOf(question.rule, question.start, book).map((rule) => ruleAnswer(rule, question.start, book));
  if (question.kind === 'between') {
    const count = counted(() => book.calendar.workingDaysBetween(question.from, question.to), '--between');
    return [
      { from: question.from, to: question.to, workingDays: count.days, provisional: count.provisional, ledger: dayLines(count.ledger) },
    ];
  }
  const count = counted(() => book.calendar.addWorkingDays(question.from, question.days), '--working-days');
  const dueDate = count.date;
  return [
    {
      from: question.from,
      workingDays: question.days,
      dueDate,
      dueAt: inBeijing(new Date(instantAt(dueDate, '24:00').getTime() - 1)),
      provisional: count.provisional,
      ledger: dayLines(count.ledger),
    },
  ];
}

function ruleAnswer(rule: DeadlineRule, start: Date, { calendar }: DueBook): object {
  const due = dueAt(rule, start, calendar);
  const ledger = ledgerOf(rule, start, calendar);
  const { id, version, name, jurisdiction, document, clause, certainty, adopted, length, unit, cutoff } = rule;
  return {
    rule: id,
    version,
    name,
    start: inBeijing(start),
    length,
    unit,
    cutoff,
    dueDate: inBeijing(due.dueAt).slice(0, 10),
    dueAt: inBeijing(due.dueAt),
    provisional: due.provisional,
    adopted,
    jurisdiction,
    document,
    clause,
    certainty,
    ledger: unit === 'hours' ? ledger.map((line) => ({ ...line, from: zoned(line.from), to: zoned(line.to) })) : ledger,
  };
}

function rulesOf(id: string, start: Date, { rules }: DueBook): DeadlineRule[] {
  const inForce = rulesInForce(rules, start);
  const own = inForce.find((rule) => rule.id === id);
  if (own) return [own];
  const isPart = (rule: DeadlineRule) => rule.id.startsWith(id) && /^[a-z]?\d?$/.test(rule.id.slice(id.length));
  const parts = inForce.filter(isPart);
  if (parts.length > 0) return parts;
  const known = rules.filter((rule) => rule.id === id || isPart(rule));
  const rule = known.length > 0 ? `must be in force at the start: it holds from ${known[0]!.effectiveFrom}` : 'must be the id of a rule';
  throw new BadInput([{ field: '--rule', rule, got: id }]);
}

function dayLines(ledger: readonly CountedDay[]): object[] {
  return ledger.map(({ date, counted: isCounted, why }) => ({
    from: date,
    to: date,
    counted: isCounted,
    amount: isCounted ? 1 : 0,
    unit: 'workingDays',
    why,
  }));
}

function counted<T>(count: () => T, field: string): T {
  try {
    return count();
  } catch (error) {
    if (error instanceof RangeError) throw new BadInput([{ field, rule: error.message }]);
    throw error;
  }
}

function zoned(instant: string): string {
  return inBeijing(new Date(instant));
}

function inBeijing(instant: Date): string {
  const text = new Date(instant.getTime() + OFFSET_MS).toISOString();
  return `${text.endsWith('.000Z') ? text.slice(0, 19) : text.slice(0, 23)}+08:00`;
}
