/** Minutes east of UTC: +08:00 is 480. */
export type ZoneMinutes = number;

const CHINA: ZoneMinutes = 480;
/** Outside these years a date is a slip, not a date. */
const YEARS = [1970, 2199] as const;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
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
  北京时间: 8,
  'asia/shanghai': 8,
};

const TIME = String.raw`(?:(?<noon>上午|下午|晚上|中午|凌晨|오전|오후)?\s*(?<hour>\d{1,2})[:时時点點](?<minute>\d{1,2})?分?(?::?(?<second>\d{1,2})秒?(?:[.,]\d+)?)?)`;
const ZONE = String.raw`(?<zone>[A-Za-z/]+(?:[+-]\d{1,2}:?\d{2})?|[+-]\d{1,2}:?\d{2}|北京时间)`;
const MONTH_NAME = '(?<monthName>[A-Za-z]{3,9})';
const WEEKDAY = String.raw`(?:[A-Za-z]{2,9}(?:\.?,\s*|\.?\s+))?`;

/** Each form as sites write it; the first that fits the whole text is taken. */
const FORMS: readonly RegExp[] = [
  // 2026-04-18T08:30:00.123+08:00, 2026/4/18 8:30, 2026.04.18, Fri, 2006/09/15 08:19:53 EDT
  new RegExp(`^${WEEKDAY}(?<year>\\d{4})[-/.](?<month>\\d{1,2})[-/.](?<day>\\d{1,2})(?:(?:\\s*T\\s*|\\s+)${TIME}(?:\\s*${ZONE})?)?$`, 'i'),
  // 2026年4月18日 下午3:20, 2004년 05월 28일 01:31:15
  new RegExp(
    `^(?<year>\\d{4})[年년]\\s*(?<month>\\d{1,2})[月월]\\s*(?<day>\\d{1,2})[日号號일]?(?:\\s*(?:[(（]?(?:星期|周|週).[)）]?)?\\s*${TIME}(?:\\s*${ZONE})?)?$`,
    'i',
  ),
  // Sat, 03 Oct 2026 12:53:46 +0800, 3 October, 26 12:53 GMT
  new RegExp(`^${WEEKDAY}(?<day>\\d{1,2})[\\s-]+${MONTH_NAME}[\\s,-]+(?<year>\\d{4}|\\d{2})(?:,?\\s+${TIME}(?:\\s*${ZONE})?)?$`, 'i'),
  // Sat Oct 3 12:53:46 +0800 2026 (asctime, with a zone or without)
  new RegExp(`^${WEEKDAY}${MONTH_NAME}\\s+(?<day>\\d{1,2}),?\\s+${TIME}(?:\\s+${ZONE})?\\s+(?<year>\\d{4})$`, 'i'),
  // Sat Oct 3 2026 12:53:46 GMT, October 3, 2026
  new RegExp(`^${WEEKDAY}${MONTH_NAME}\\s+(?<day>\\d{1,2}),?\\s+(?<year>\\d{4})(?:,?\\s+${TIME}(?:\\s*${ZONE})?)?$`, 'i'),
  // 20260418, 20260418T083000Z
  new RegExp(`^(?<year>\\d{4})(?<month>\\d{2})(?<day>\\d{2})(?:T?(?<hour>\\d{2})(?<minute>\\d{2})(?<second>\\d{2})\\s*${ZONE}?)?$`, 'i'),
  // W3C-DTF without a day: 2026-04, 2026
  /^(?<year>\d{4})(?:-(?<month>\d{2}))?$/,
];

/**
 * The instant a feed's date means, or null where it means none: an entry is never given a time that its source did not give.
 * A date without a time is the day's beginning.
 * @param zone where no zone is written. `CST` is China's time when this is +08:00, America's otherwise.
 */
export function readFeedDate(written: string, zone: ZoneMinutes): Date | null {
  const text = written.normalize('NFKC').replace(/\s+/g, ' ').trim();
  if (text.length === 0 || text.length > 80) return null;
  if (/^\d{10}$|^\d{13}$/.test(text)) return within(new Date(text.length === 10 ? Number(text) * 1000 : Number(text)));
  for (const form of FORMS) {
    const parts = form.exec(text)?.groups;
    // A date in Korean words is on Korea's clock.
    if (parts) return instantOf(parts, /[가-힣]/.test(text) ? 540 : zone);
  }
  return null;
}

/** Minutes of a zone as written: +0800, +08:00, GMT-5:30, EST; null for one that nobody knows. */
export function readZone(written: string, local: ZoneMinutes): ZoneMinutes | null {
  const match = /^([a-z/\u4e00-\u9fff]*)(?:([+-])(\d{1,2}):?(\d{2}))?$/i.exec(written.trim());
  if (!match) return null;
  const [, name = '', sign, hours, minutes] = match;
  const lower = name.toLowerCase();
  if (lower === 'cst' && local === CHINA) return CHINA;
  const base = lower === '' ? 0 : ZONES[lower];
  if (base === undefined || Number(hours ?? 0) > 14 || Number(minutes ?? 0) > 59) return null;
  const offset = sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  return base * 60 + offset;
}

type Parts = Record<string, string | undefined>;

function instantOf(parts: Parts, local: ZoneMinutes): Date | null {
  const zone = parts.zone === undefined ? local : readZone(parts.zone, local);
  const month = parts.monthName === undefined ? Number(parts.month ?? 1) : MONTHS.indexOf(parts.monthName.slice(0, 3).toLowerCase()) + 1;
  const [year, day, hour] = [fullYear(parts.year!), Number(parts.day ?? 1), hourOf(parts)];
  const [minute, second] = [Number(parts.minute ?? 0), Number(parts.second ?? 0)];
  if (zone === null || month < 1 || month > 12 || day < 1 || hour > 24 || minute > 59 || second > 60) return null;
  if (day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null;
  return within(new Date(Date.UTC(year, month - 1, day, hour, minute - zone, second)));
}

function fullYear(written: string): number {
  const year = Number(written);
  if (written.length > 2) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}

/** 下午3时 is 15; 上午12时 and 凌晨12时 are 0. */
function hourOf({ hour, noon }: Parts): number {
  const said = Number(hour ?? 0);
  if (noon === undefined || said > 12) return said;
  if (noon === '下午' || noon === '晚上' || noon === '오후') return said === 12 ? 12 : said + 12;
  if (noon === '中午') return said < 11 ? said + 12 : said;
  return said === 12 ? 0 : said;
}

function within(date: Date): Date | null {
  const year = date.getUTCFullYear();
  return year >= YEARS[0] && year <= YEARS[1] ? date : null;
}
