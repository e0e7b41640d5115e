/** Clocks that fell due in a span, as they stood at an instant. Counts. */
export interface ClockCounts {
  /** Met at or before the due instant. */
  onTime: number;
  /** Met after it. */
  late: number;
  /** Not met, and due before the instant. */
  overdue: number;
  /** Not met, and not due yet at the instant. */
  running: number;
  /** Of all these: with a later end given (延期), and that stood for a while (暂停). */
  extended: number;
  paused: number;
}

export const NO_CLOCKS: ClockCounts = { onTime: 0, late: 0, overdue: 0, running: 0, extended: 0, paused: 0 };

export function added(one: ClockCounts, other: ClockCounts): ClockCounts {
  const sum = (key: keyof ClockCounts) => one[key] + other[key];
  return {
    onTime: sum('onTime'),
    late: sum('late'),
    overdue: sum('overdue'),
    running: sum('running'),
    extended: sum('extended'),
    paused: sum('paused'),
  };
}

/** 到期: on time, late, or overdue. What is not yet due, and not met, is told apart. */
export function cameDue({ onTime, late, overdue }: Pick<ClockCounts, 'onTime' | 'late' | 'overdue'>): number {
  return onTime + late + overdue;
}

/**
 * 按时率 = 按时 / (办结 + 逾期未办结). What is overdue and open counts against it: a rate over closed clocks alone is 100 % while work is overdue.
 * null where nothing has come to its end.
 */
export function onTimeRate(counts: Pick<ClockCounts, 'onTime' | 'late' | 'overdue'>): number | null {
  const due = cameDue(counts);
  return due === 0 ? null : counts.onTime / due;
}

/** `92.3%`; cut off, not rounded up, so that 100% means all. `—` where there is nothing to tell. */
export function rateText(rate: number | null): string {
  return rate === null ? '—' : `${(Math.floor(rate * 1000 + 1e-9) / 10).toFixed(1).replace(/\.0$/, '')}%`;
}

/** Change on the span before: `增加 12（+24.0%）`; without a share where there was nothing before. */
export function changeText(now: number, then: number): string {
  if (now === then) return '持平';
  const share = then === 0 ? '' : `（${now > then ? '+' : '−'}${((Math.abs(now - then) / then) * 100).toFixed(1)}%）`;
  return `${now > then ? '增加' : '减少'} ${Math.abs(now - then)}${share}`;
}
