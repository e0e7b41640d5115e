import type { HotlineRecordInput } from '@huiying/contracts/http';
import { before, monthDay, wallTime } from '../moments.js';

/** A text somebody wrote on the web. {今日} {昨日} {前日} {上周} {今年} stand for dates as seen when it was written. */
export interface Written {
  title: string;
  text: string;
  author: string | null;
  /** Hours of the day it may appear in: from (included) to (not included); 24 and more run into the night. */
  hours?: readonly [number, number];
}

/** A call to 12345 as the operator took it down. */
export interface Call {
  appealType: NonNullable<HotlineRecordInput['appealType']>;
  urgency: NonNullable<HotlineRecordInput['urgency']>;
  region: string;
  /** The unit the operator sent it to. */
  leadUnit: string;
  category: string;
  title: string;
  content: string;
  hours?: readonly [number, number];
}

/** Puts the dates into a text written at `at`. */
export function fillDates(text: string, at: Date): string {
  return text
    .replaceAll('{今日}', monthDay(at))
    .replaceAll('{昨日}', monthDay(before(at, { days: 1 })))
    .replaceAll('{前日}', monthDay(before(at, { days: 2 })))
    .replaceAll('{上周}', monthDay(before(at, { days: 7 })))
    .replaceAll('{今年}', `${wallTime(at).year}年`);
}
