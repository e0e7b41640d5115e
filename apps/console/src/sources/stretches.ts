/** A stretch of equal hours. */
export interface Stretch {
  sign: string;
  start: number;
  length: number;
}

/** Equal hours that follow each other as one: 168 hours are mostly one or three stretches. */
export function stretchesOf(hours: string): Stretch[] {
  const stretches: Stretch[] = [];
  for (let at = 0; at < hours.length; at++) {
    const last = stretches.at(-1);
    if (last?.sign === hours[at]) last.length++;
    else stretches.push({ sign: hours[at]!, start: at, length: 1 });
  }
  return stretches;
}
