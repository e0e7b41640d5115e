import { localTimeText } from '@huiying/domain';

/** Somebody was told something. */
export interface Told {
  at: Date;
  name: string;
  role: string;
  isOnDuty: boolean;
  /** Ways to reach them beyond the console: 邮件, 电话. */
  reachableBy: string[];
  isUrgent: boolean;
  title: string;
}

/** A clock as it stands when the drill ends. */
export interface DrillClock {
  rule: string;
  responsible: string;
  dueAt: Date;
  state: string;
}

export interface DrillOutcome {
  title: string;
  told: readonly Told[];
  done: readonly { at: Date; text: string }[];
  clocks: readonly DrillClock[];
}

/** Told off duty with the console alone: nobody sits there, so it would not have been seen before the next turn. */
export function isMissed(told: Told): boolean {
  return !told.isOnDuty && told.reachableBy.length === 0;
}

/** Who was told when, and who would have missed what. Pure. */
export function drillReport({ title, told, done, clocks }: DrillOutcome): string {
  const lines = [
    ...told.map((one) => ({
      at: one.at,
      text: `  告知 ${one.name}（${one.role}${one.isOnDuty ? '，当班' : ''}）${one.isUrgent ? '【紧急】' : ''}${one.title}`,
    })),
    ...done.map(({ at, text }) => ({ at, text: `办理 ${text}` })),
  ].sort((a, b) => a.at.getTime() - b.at.getTime());
  const missed = told.filter(isMissed);
  const broken = clocks.filter(({ state }) => state === 'overdue' || state === 'met-late');
  const people = new Set(told.map(({ name }) => name));
  return [
    `演练：${title}（通知通道已隔离，没有任何人真正收到消息）`,
    '',
    '一、经过',
    ...lines.map(({ at, text }) => `${localTimeText(at)}  ${text}`),
    '',
    `二、共告知 ${people.size} 人 ${told.length} 次`,
    '',
    '三、会错过什么',
    ...(broken.length === 0
      ? ['没有时限逾期。']
      : broken.map(
          ({ rule, responsible, dueAt, state }) =>
            `${rule}：应于 ${localTimeText(dueAt)} 前完成，${state === 'overdue' ? '至结束无人完成' : '完成时已逾期'}（责任：${responsible}）`,
        )),
    ...(missed.length === 0 ? ['每一条通知都送得到人。'] : missedLines(missed)),
  ].join('\n');
}

function missedLines(missed: readonly Told[]): string[] {
  const byName = new Map<string, Told[]>();
  for (const told of missed) byName.set(told.name, [...(byName.get(told.name) ?? []), told]);
  return [...byName].map(([name, all]) => {
    const first = all[0]!;
    return `${name}（${first.role}）不当班且没有邮箱、电话，会错过 ${all.length} 条，最早一条：${localTimeText(first.at)} ${first.title}`;
  });
}
