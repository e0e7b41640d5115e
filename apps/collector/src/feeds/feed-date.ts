import { YEARS } from '@huiying/contracts/http';
import { readNumber } from '@huiying/text';

/** Minutes east of UTC: +08:00 is 480. */
export type ZoneMinutes = number;

const CHINA: ZoneMinutes = 480;

/** How the months' names begin, without accents: English, and what European feeds write in its place. */
const MONTHS = [
  'jan gen ene ιαν',
  'feb fev φεβ',
  'mar μαρ',
  'apr avr abr απρ',
  'may mai maj mag μαι',
  'jun juin giu ιουν',
  'jul juil lug ιουλ',
  'aug aou ago αυγ',
  'sep sze set σεπ',
  'oct okt ott out οκτ',
  'nov νοε',
  'dec dez dic δεκ',
].map((names) => names.split(' '));

/** RFC 822 names, what American feeds write instead, and what European ones add. Hours east of UTC. */
const ZONES: Record<string, number> = {
  z: 0,
  ut: 0,
  utc: 0,
  gmt: 0,
  'etc/gmt': 0,
  'etc/utc': 0,
  wet: 0,
  bst: 1,
  west: 1,
  cet: 1,
  met: 1,
  mez: 1,
  cest: 2,
  mest: 2,
  mesz: 2,
  eet: 2,
  eest: 3,
  msk: 3,
  at: -4,
  ast: -4,
  adt: -3,
  et: -5,
  est: -5,
  edt: -4,
  ct: -6,
  cst: -6,
  cdt: -5,
  mt: -7,
  mst: -7,
  mdt: -6,
  pt: -8,
  pst: -8,
  pdt: -7,
  hkt: 8,
  sgt: 8,
  jst: 9,
  kst: 9,
  hst: -10,
  akst: -9,
  akdt: -8,
  brt: -3,
  ist: 5.5,
  ict: 7,
  awst: 8,
  aest: 10,
  aedt: 11,
  nzst: 12,
  nzdt: 13,
  北京时间: 8,
  中国标准时间: 8,
  'asia/chongqing': 8,
  'asia/shanghai': 8,
};

const TIME = String.raw`(?:(?<noon>上午|下午|晚上|中午|凌晨|早上|傍晚|오전|오후)?\s*(?<hour>\d{1,2})[:时時点點](?<minute>\d{1,2})?分?(?::?(?<second>\d{1,2})秒?(?:[.,]\d+)?)?(?:\s*(?<half>[AP]\.?M\.?)(?![a-z]))?)`;
const ZONE = String.raw`\(?(?<zone>[A-Za-z/]+(?:[+-]\d{1,2}(?::?\d{2})?)?|[+-]\d{1,2}(?::?\d{2})?|北京时间|中国标准时间)\)?`;
const MONTH_NAME = String.raw`(?<monthName>\p{L}{3,12}\.?|1?\d月)`;
const WEEKDAY = String.raw`(?:\p{L}{1,12}(?:\.?,\s*|\.?\s+))?`;
const MAYBE_TIME = `(?:,?\\s*T?\\s*${TIME}(?:\\s*${ZONE})?)?`;

/** Each form as sites write it; the first that fits the whole text is taken. */
const FORMS: readonly RegExp[] = [
  // 2026-04-18T08:30:00.123+08:00, 2026/4/18 8:30, 2026.04.18, Fri, 2006/09/15 08:19:53 EDT; months of three digits are seen
  `${WEEKDAY}(?<year>\\d{4})[-/.](?<month>0?\\d{1,2})[-/.](?<day>\\d{1,2})(?:(?:\\s*T\\s*|\\s+)${TIME}(?:\\s*${ZONE})?)?`,
  // 2004-július-13T9:15-05:00
  `(?<year>\\d{4})-${MONTH_NAME}-(?<day>\\d{1,2})${MAYBE_TIME}`,
  // 2026年4月18日 下午3:20, 2004년 05월 28일 01:31:15
  `(?<year>\\d{4})[年년]\\s*(?<month>\\d{1,2})[月월]\\s*(?<day>\\d{1,2})[日号號일]?\\s*(?:\\(?(?:星期|周|週).\\)?)?${MAYBE_TIME}`,
  // Sat, 03 Oct 2026 12:53:46 +0800, 3 October, 26 12:53 GMT, 周六, 03 10月 2026 12:53:46 +0800
  `${WEEKDAY}(?<day>\\d{1,2})[\\s-]+${MONTH_NAME}[\\s,-]+(?<year>\\d{4}|\\d{2})(?:,?\\s+${TIME}(?:\\s*${ZONE})?)?`,
  // Sat Oct 3 12:53:46 +0800 2026 (asctime, with a zone or without)
  `${WEEKDAY}${MONTH_NAME}\\s+(?<day>\\d{1,2}),?\\s+${TIME}(?:\\s+${ZONE})?\\s+(?<year>\\d{4})`,
  // Sat Oct 3 2026 12:53:46 GMT, October 3, 2026
  `${WEEKDAY}${MONTH_NAME}\\s+(?<day>\\d{1,2}),?\\s+(?<year>\\d{4})(?:,?\\s+${TIME}(?:\\s*${ZONE})?)?`,
  // 20260418, 20260418T083000Z
  `(?<year>\\d{4})(?<month>\\d{2})(?<day>\\d{2})(?:T?(?<hour>\\d{2})(?<minute>\\d{2})(?<second>\\d{2})\\s*(?:${ZONE})?)?`,
  // 2026-04, 2026; ISO 8601's day of the year, 2003-335; its two-digit years, 03-12-31, 031231, -03-12, -0312, 03335
  '(?<year>\\d{4})(?:-(?<month>\\d{2}))?',
  '(?<year>\\d{4})-?(?<dayOfYear>\\d{3})',
  '(?<year>\\d{2})-(?<month>\\d{2})-(?<day>\\d{2})',
  '(?<year>\\d{2})(?<month>\\d{2})(?<day>\\d{2})',
  '-(?<year>\\d{2})-?(?<month>\\d{2})',
  '(?<year>0\\d)(?<dayOfYear>\\d{3})',
].map((form) => new RegExp(`^${form}$`, 'iu'));

/** Words around a date on a page. */
const LABEL = /^(?:发布|发表|更新)?(?:时间|日期|于)?[:：]\s*/;

/**
 * The instant a feed's date means, or null where it means none: an entry is never given a time that its source did not give.
 * A date without a time is the day's beginning.
 * @param zone where no zone is written. `CST` is China's time when this is +08:00, America's otherwise.
 */
export function readFeedDate(written: string, zone: ZoneMinutes): Date | null {
  if (written.length > 200) return null;
  const text = inArabic(written.normalize('NFKC').replace(/\s+/g, ' ').trim().replace(LABEL, ''));
  const epoch = /^(?:\/Date\()?(\d{10}|\d{13})(?:\)\/)?$/.exec(text)?.[1];
  if (epoch !== undefined) return within(new Date(epoch.length === 10 ? Number(epoch) * 1000 : Number(epoch)));
  // A comment, as mail has it: +0000 (UTC).
  const bare = text.replace(/(?<=[+-]\d{2}:?\d{2}) \([^()]*\)$/, '');
  for (const form of FORMS) {
    const parts = form.exec(bare)?.groups;
    // A date in Korean words is on Korea's clock.
    if (parts) return instantOf(parts, /[가-힣]/.test(text) ? 540 : zone);
  }
  return null;
}

/** 二〇二六年十二月二十八日 with digits. */
function inArabic(text: string): string {
  return text.replace(/[〇零一二三四五六七八九十]{1,4}(?=[年月日号號])/g, (han) => String(readNumber(han) ?? han));
}

/** Minutes of a zone as written: +0800, +08:00, GMT-5:30, EST; null for one that nobody knows. */
export function readZone(written: string, local: ZoneMinutes): ZoneMinutes | null {
  const match = /^([a-z/\u4e00-\u9fff]*)(?:([+-])(\d{1,2})(?::?(\d{2}))?)?$/i.exec(written.trim());
  if (!match) return null;
  const [, name = '', sign, hours, minutes] = match;
  const lower = name.toLowerCase();
  if (lower === 'cst' && local === CHINA) return CHINA;
  // A single letter says nothing that can be relied on (RFC 5322, 4.3).
  const base = lower === '' || /^[a-z]$/.test(lower) ? 0 : Object.hasOwn(ZONES, lower) ? ZONES[lower] : undefined;
  if (base === undefined || Number(hours ?? 0) > 14 || Number(minutes ?? 0) > 59) return null;
  const offset = sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes ?? 0));
  return base * 60 + offset;
}

type Parts = Record<string, string | undefined>;

function instantOf(parts: Parts, local: ZoneMinutes): Date | null {
  const zone = parts.zone === undefined ? local : readZone(parts.zone, local);
  const month = parts.monthName === undefined ? Number(parts.month ?? 1) : monthNamed(parts.monthName);
  const [year, day, hour] = [fullYear(parts.year!), Number(parts.day ?? 1), hourOf(parts)];
  const [minute, second] = [Number(parts.minute ?? 0), Number(parts.second ?? 0)];
  if (zone === null || month < 1 || month > 12 || day < 1 || hour > 24 || minute > 59 || second > 60) return null;
  if (parts.dayOfYear !== undefined) return ordinal(year, Number(parts.dayOfYear), zone);
  if (day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null;
  return within(new Date(Date.UTC(year, month - 1, day, hour, minute - zone, second)));
}

function ordinal(year: number, day: number, zone: ZoneMinutes): Date | null {
  return day < 1 || day > 366 ? null : within(new Date(Date.UTC(year, 0, day, 0, -zone)));
}

function monthNamed(name: string): number {
  if (name.endsWith('月')) return Number(name.slice(0, -1));
  const plain = name.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  return MONTHS.findIndex((starts) => starts.some((start) => plain.startsWith(start))) + 1;
}

function fullYear(written: string): number {
  const year = Number(written);
  if (written.length > 2) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}

/** 下午3时 and 3 PM are 15; 上午12时, 凌晨12时 and 12 AM are 0. */
function hourOf({ hour, noon, half }: Parts): number {
  const said = Number(hour ?? 0);
  if ((noon === undefined && half === undefined) || said > 12) return said;
  if (noon === '中午') return said < 11 ? said + 12 : said;
  const isLate = half === undefined ? /下午|晚上|傍晚|오후/.test(noon!) : /^p/i.test(half);
  return (said % 12) + (isLate ? 12 : 0);
}

function within(date: Date): Date | null {
  const year = date.getUTCFullYear();
  return year >= YEARS[0] && year <= YEARS[1] ? date : null;
}
