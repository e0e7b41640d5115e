import type { ActionView, DeadlineWhy, ExtensionView } from '@huiying/contracts/http';
import { assertExtendable, extensionRefusal, isOpen, isPaused, lengthText, Refusal, type Conflict, type Deadline } from '@huiying/domain';
import type { DeadlineRow, ExtensionRow } from '@huiying/persistence';
import { isAtDesk, type Actor } from '../accounts/index.js';
import type { CityBook } from '../city/index.js';
import { linkOf } from './clock-subject.js';

const NOT_YOURS = '由承办单位申请';
const LEADERS_ONLY = '由带班领导审批';
const OWN_REQUEST = '本人的申请须由他人审批';

/** The responsible department asks; the desk does where no department has the clock, a supervisor in anybody's place. */
export function mayAsk({ departmentId }: Pick<DeadlineRow, 'departmentId'>, actor: Actor): boolean {
  if (actor.role === 'supervisor') return true;
  return departmentId === null ? isAtDesk(actor) : actor.role === 'department-lead' && actor.departmentId === departmentId;
}

/** A leader decides, never on what the same person asked for. */
export function decideWhyNot(row: Pick<ExtensionRow, 'askedById'>, actor: Actor): string | null {
  if (actor.role !== 'supervisor') return LEADERS_ONLY;
  return row.askedById === actor.id ? OWN_REQUEST : null;
}

/** Who decided first, for the one who comes second. */
export function decisionOn(row: ExtensionRow): Conflict | undefined {
  const what = { asked: '', approved: '批准', refused: '不予批准', withdrawn: '撤回' }[row.state];
  return row.decidedBy && row.decidedAt ? { by: row.decidedBy, at: row.decidedAt.toISOString(), what } : undefined;
}

export function toExtensionView(row: ExtensionRow, city: CityBook, actor: Actor | null): ExtensionView {
  const department = row.departmentId === null ? null : city.departmentName(row.departmentId);
  const subject = { kind: row.subjectKind, id: row.subjectId };
  return {
    id: row.id,
    deadlineId: row.deadlineId,
    ruleName: row.ruleName,
    subject: { ...subject, no: row.no, title: row.title, link: linkOf({ caseId: row.caseId, deadline: { subject } }) },
    severity: row.severity,
    departmentName: department,
    length: lengthText({ length: row.amount, unit: row.unit }),
    dueAt: row.dueAt.toISOString(),
    until: row.until.toISOString(),
    reason: row.reason,
    state: row.isLapsed ? 'lapsed' : row.state,
    askedAt: row.askedAt.toISOString(),
    askedBy: row.askedBy,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    decidedBy: row.decidedBy,
    note: row.note,
    actions: actor === null ? [] : requestActions(row, actor),
  };
}

function requestActions(row: ExtensionRow, actor: Actor): ActionView[] {
  const settled = extensionRefusal(row.state, 'approve', decisionOn(row))?.said ?? (row.isLapsed ? '该时限已完成或取消' : null);
  const decide = settled ?? decideWhyNot(row, actor);
  const withdraw = settled ?? (row.askedById === actor.id ? null : '只有申请人可以撤回');
  return [
    { action: 'approve-extension', allowed: decide === null, whyNot: decide },
    { action: 'refuse-extension', allowed: decide === null, whyNot: decide },
    { action: 'withdraw-extension', allowed: withdraw === null, whyNot: withdraw },
  ];
}

/** How far a clock may still be extended. */
export function limitOf({ rule, extensions }: Deadline): DeadlineWhy['extensionLimit'] {
  if (rule.extension === null) return null;
  const used = extensions.reduce((sum, { amount }) => sum + amount, 0);
  const words = (length: number) => lengthText({ length, unit: rule.unit });
  const { most, times, approver } = rule.extension;
  return { most: words(most), left: words(Math.max(0, most - used)), times: Math.max(0, times - extensions.length), approver };
}

/** What this person may do with a clock itself, and why not. */
export function clockActions(row: DeadlineRow, actor: Actor, now: Date): ActionView[] {
  const { deadline } = row;
  const extend = mayAsk(row, actor) ? (row.askedUntil === null ? extendWhyNot(deadline, now) : '已有待批的延期申请') : NOT_YOURS;
  const leads = actor.role === 'supervisor' ? null : LEADERS_ONLY;
  const pause = leads ?? pauseWhyNot(deadline, now);
  const resume = leads ?? (isPaused(deadline) ? null : '该时限没有在暂停');
  return [
    { action: 'extend', allowed: extend === null, whyNot: extend },
    { action: 'pause', allowed: pause === null, whyNot: pause },
    { action: 'resume', allowed: resume === null, whyNot: resume },
  ];
}

function extendWhyNot(deadline: Deadline, now: Date): string | null {
  try {
    assertExtendable(deadline, deadline.rule.unit === 'hours' ? 1 / 60 : 1, now);
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.said;
    throw error;
  }
}

function pauseWhyNot(deadline: Deadline, now: Date): string | null {
  if (deadline.rule.pausableFor.length === 0) return `${deadline.rule.name}的规则不允许暂停`;
  if (!isOpen(deadline)) return '该时限已结束，不能暂停';
  if (isPaused(deadline)) return '该时限已在暂停中';
  return now >= deadline.dueAt ? '该时限已到期，不能暂停' : null;
}
