import type { DutyTurn } from './duty.js';
import { isAtLeast, type SeverityLevel } from './severity-level.js';

/** A thing that happened of which somebody must be told. */
export type TellFact =
  | { kind: 'alert-raised' }
  | { kind: 'source-out' }
  | { kind: 'source-back' }
  /** A channel of notices is out of order, is in order again, or its credential runs out. */
  | { kind: 'channel' }
  /** A key of another system ends soon. */
  | { kind: 'api-key' }
  | { kind: 'task-assigned'; departmentId: string }
  | { kind: 'task-returned'; departmentId: string }
  | { kind: 'task-replied'; departmentId: string }
  /** The desk is asked to do something. */
  | { kind: 'desk-asked' }
  /** A leader is asked to decide something. */
  | { kind: 'leader-asked' }
  | { kind: 'department-told'; departmentId: string }
  | { kind: 'deadline-warned'; departmentIds: readonly string[] }
  | { kind: 'deadline-breached'; departmentIds: readonly string[] };

/** Everybody who may be told, as the accounts stand now. */
export interface TellablePeople {
  onDuty: readonly DutyTurn[];
  /** Everyone with the role 值班员, on duty or not. */
  dutyOfficers: readonly string[];
  /** 部门负责人 by department. */
  departmentLeads: ReadonlyMap<string, readonly string[]>;
  supervisors: readonly string[];
  /** 系统管理员: those who can mend a source. */
  administrators?: readonly string[];
  /** 分管领导 and 主要负责人: told by escalation alone, never with the supervisors. */
  upper?: { deputy: readonly string[]; head: readonly string[] };
}

export interface Recipient {
  personId: string;
  /** In Chinese, e.g. 当班值班员. */
  reason: string;
}

/**
 * Who is told of a fact, each person once, with the first reason that holds. While the accounts hold any duty officer, lead
 * or supervisor, the answer is never empty: nobody on duty means every duty officer, and a department without a lead means
 * the supervisors.
 */
export function recipientsFor(fact: TellFact, severity: SeverityLevel, people: TellablePeople): Recipient[] {
  const told = [...ownersOf(fact, people), ...watchersOf(fact, severity, people)];
  const everybody = [...people.dutyOfficers, ...people.supervisors, ...[...people.departmentLeads.values()].flat()];
  const recipients = told.length > 0 ? told : everybody.map((personId) => ({ personId, reason: '无人可通知时的兜底人员' }));
  return recipients.filter((one, index) => recipients.findIndex((other) => other.personId === one.personId) === index);
}

/** The departments that must act. */
function ownersOf(fact: TellFact, people: TellablePeople): Recipient[] {
  if (fact.kind === 'task-assigned' || fact.kind === 'department-told') return leadsOf([fact.departmentId], people);
  if (fact.kind === 'leader-asked') return leadersOf(people, '须审批');
  if (fact.kind === 'deadline-warned' || fact.kind === 'deadline-breached') return leadsOf(fact.departmentIds, people);
  return [];
}

/** Those who watch over it: the duty desk, leaders for I and II, supervisors once a clock is breached. */
function watchersOf(fact: TellFact, severity: SeverityLevel, people: TellablePeople): Recipient[] {
  if (fact.kind === 'task-assigned' || fact.kind === 'department-told' || fact.kind === 'leader-asked') return [];
  const watchers = officersOf(people);
  const maintained = { 'source-out': '信源维护', 'source-back': '信源维护', channel: '通知渠道维护', 'api-key': '接口密钥维护' }[
    fact.kind as string
  ];
  if (maintained !== undefined) watchers.push(...(people.administrators ?? []).map((personId) => ({ personId, reason: maintained })));
  const isGrave = isAtLeast(severity, 'II');
  if (isGrave && (fact.kind === 'alert-raised' || fact.kind === 'deadline-breached')) watchers.push(...leadersOf(people, '特别重大、重大'));
  if (fact.kind === 'deadline-breached') watchers.push(...people.supervisors.map((personId) => ({ personId, reason: '逾期督办' })));
  return watchers;
}

function leadsOf(departmentIds: readonly string[], people: TellablePeople): Recipient[] {
  return departmentIds.flatMap((departmentId) => {
    const leads = people.departmentLeads.get(departmentId) ?? [];
    if (leads.length > 0) return leads.map((personId) => ({ personId, reason: '责任部门负责人' }));
    const stand = people.supervisors.length > 0 ? people.supervisors : people.dutyOfficers;
    return stand.map((personId) => ({ personId, reason: '责任部门未设负责人，转督办' }));
  });
}

function officersOf(people: TellablePeople): Recipient[] {
  const onDuty = people.onDuty.filter((turn) => turn.duty === 'officer');
  if (onDuty.length > 0) return onDuty.map((turn) => ({ personId: turn.personId, reason: '当班值班员' }));
  return people.dutyOfficers.map((personId) => ({ personId, reason: '当前无人值班，通知全体值班员' }));
}

function leadersOf(people: TellablePeople, why: string): Recipient[] {
  const onDuty = people.onDuty.filter((turn) => turn.duty === 'leader');
  if (onDuty.length > 0) return onDuty.map((turn) => ({ personId: turn.personId, reason: `带班领导（${why}）` }));
  return people.supervisors.map((personId) => ({ personId, reason: `当前无带班领导，转督办（${why}）` }));
}
