/**
 * Personal data is masked by default, in fields and inside free text (个保法第51条; GB/T 33358 工单保密). What is hidden is what
 * an officer does not need in order to act; the shape stays, so that a reader sees what stood there.
 */

import { HOUSE_AFTER_CUE, NAME_AFTER_CUE } from './masking-cues.js';
import { matchesIn } from './matches-in.js';

export type PersonalKind = 'mobile' | 'landline' | 'identity-card' | 'email' | 'plate' | 'bank-card' | 'name' | 'house';

/** A stretch of personal data found in a text; offsets in UTF-16 code units, end exclusive. */
export interface PersonalMatch {
  kind: PersonalKind;
  start: number;
  end: number;
  masked: string;
}

interface Finder {
  kind: PersonalKind;
  pattern: RegExp;
  /** The masked form, or null where the digits are something else. */
  mask: (found: string) => string | null;
}

/** A run of digits that another digit or letter touches is part of a number of another kind (单号、流水号), or what is left of a masked one. */
const BEFORE = '(?<![0-9A-Za-z]|\\*{4})';
const AFTER = '(?![0-9A-Za-z])';
/** Names of numbers that are no personal data, standing right before the digits. */
const NUMBER_OF_A_THING =
  /(?:单号|编号|文号|订单|工单|流水号|案号|舆情单|受理号|查询码|合同号|发票号|信用代码|项目号|批次|序号|No\.?|№)(?:为|是)?\s*[:：#]?\s*[A-Za-z0-9-]{0,12}$/i;

const PROVINCES = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼';

/** Longest and surest first: what one finder takes, the next does not see. */
const FINDERS: readonly Finder[] = [
  { kind: 'email', pattern: /(?<![\w.+*-]|\*@)[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/g, mask: maskEmail },
  {
    kind: 'identity-card',
    pattern: new RegExp(`${BEFORE}[1-8]\\d{5}[ -]?(?:18|19|20)\\d{2}[ -]?\\d{4}[ -]?\\d{3}[\\dXx]${AFTER}`, 'g'),
    mask: maskIdentityCard,
  },
  { kind: 'bank-card', pattern: new RegExp(`${BEFORE}[3-6]\\d{3}(?:[ -]?\\d{4}){2,3}(?:[ -]?\\d{1,4})?${AFTER}`, 'g'), mask: maskBankCard },
  { kind: 'mobile', pattern: /(?<![0-9A-Za-z])(?:(?:\+|00)?86[ -]?)?1[3-9]\d([ -]?)\d{4}\1\d{4}(?![0-9A-Za-z])/g, mask: maskMobile },
  {
    kind: 'landline',
    pattern: /(?<![0-9A-Za-z.-])(?:\((?:0\d{2,3})\)|（(?:0\d{2,3})）|0\d{2,3})[ -－—]?[2-9]\d{6,7}(?![0-9A-Za-z])/g,
    mask: maskLandline,
  },
  {
    kind: 'landline',
    pattern: /(?<=(?:电话|座机|固话|联系方式)(?:号码)?(?:是|为)?[:：]?\s?)[2-9]\d{6,7}(?![0-9A-Za-z])/g,
    mask: (digits) => `${'*'.repeat(digits.length - 2)}${digits.slice(-2)}`,
  },
  {
    kind: 'plate',
    pattern: new RegExp(
      `[${PROVINCES}][A-HJ-NP-Z][·• -]?(?:[DF][A-HJ-NP-Z0-9]\\d{4}|\\d{5}[DF]|[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳])(?![A-Za-z0-9])`,
      'g',
    ),
    mask: maskPlate,
  },
  { kind: 'house', pattern: HOUSE_AFTER_CUE, mask: () => '****' },
  { kind: 'name', pattern: NAME_AFTER_CUE, mask: maskName },
];
const ADDRESS = /https?:\/\/[\x21-\x7e]+/g;
/** Kinds that a word before the digits (单号、编号) can turn into something else. */
const NUMBERS: readonly PersonalKind[] = ['mobile', 'landline', 'identity-card', 'bank-card'];

/** Finds personal data in free text, in order, without overlaps. Full-width digits are read as digits. */
export function findPersonal(original: string): PersonalMatch[] {
  const text = original.replace(/[０-９Ｘｘ＠]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
  const addresses = matchesIn(ADDRESS, text).map((url) => ({ start: url.index, end: url.index + url[0].length }));
  const found: PersonalMatch[] = [];
  for (const { kind, pattern, mask } of FINDERS) {
    for (const match of matchesIn(pattern, text)) {
      const start = match.index;
      const end = kind === 'house' ? endBefore(found, start, start + match[0].length) : start + match[0].length;
      if (found.some((other) => start < other.end && other.start < end)) continue;
      if (NUMBERS.includes(kind) && NUMBER_OF_A_THING.test(text.slice(Math.max(0, start - 24), start))) continue;
      // The path of an address on the net is no person's number; a parameter (phone=…) may well be.
      if (text[start - 1] !== '=' && addresses.some((url) => url.start < start && start < url.end)) continue;
      const masked = mask(text.slice(start, end));
      if (masked !== null) found.push({ kind, start, end, masked });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** A house takes digits behind it for its room: where they belong to something that was found before, it ends there. */
function endBefore(found: readonly PersonalMatch[], start: number, end: number): number {
  return Math.min(end, ...found.filter((other) => other.start > start).map((other) => other.start));
}

/** Free text with the personal data in it masked; 12345, dates, amounts and order numbers are left alone. */
export function maskText(text: string): string {
  let out = '';
  let from = 0;
  for (const match of findPersonal(text)) {
    out += text.slice(from, match.start) + match.masked;
    from = match.end;
  }
  return out + text.slice(from);
}

/** `张**`; a compound surname stays whole (`欧阳**`); a name of letters keeps its first. Empty stays empty. */
export function maskName(name: string): string {
  const trimmed = name.trim();
  if (trimmed === '') return '';
  const surname = COMPOUND_SURNAMES.find((one) => trimmed.startsWith(one) && trimmed.length > one.length);
  return `${surname ?? [...trimmed][0]!}**`;
}

/** `138****5678`, whatever stood before or between the digits. Something that is no mobile or landline is masked whole. */
export function maskPhone(phone: string): string {
  const trimmed = phone.trim();
  if (trimmed === '') return '';
  const [match] = findPersonal(trimmed);
  if (match && match.start === 0 && match.end === trimmed.length) return match.masked;
  const digits = trimmed.replace(/\D/g, '');
  return digits.length > 4 ? `${'*'.repeat(digits.length - 2)}${digits.slice(-2)}` : '*'.repeat(Math.max(digits.length, 1));
}

/** Kept down to the street or town (街道、乡镇); house, estate and room are hidden. An address without one keeps its district. */
export function maskAddress(address: string): string {
  const trimmed = address.trim();
  if (trimmed === '') return '';
  const upTo = /^.*?(?:街道|[^市区县]{1,8}?[镇乡](?!政府))/.exec(trimmed) ?? /^.*?[市县](?:[^市县]{1,8}?区)?|^.*?区/.exec(trimmed);
  return `${upTo?.[0] ?? ''}****`;
}

/** A place on the map as coarse as a masked address: to a thousandth of a degree, about 100 m, which is a street and no house. */
export function maskPlace({ longitude, latitude }: { longitude: number; latitude: number }): { longitude: number; latitude: number } {
  const coarse = (degrees: number) => Math.round(degrees * 1000) / 1000 + 0;
  return { longitude: coarse(longitude), latitude: coarse(latitude) };
}

/**
 * Whether the last character of an 18-digit 居民身份证 number fits the others (GB 11643-1999) and its date is a date.
 * A number with a wrong check is masked all the same in the text: a slip of the pen still names a person.
 */
export function isIdentityCard(number: string): boolean {
  const digits = number.replace(/[ -]/g, '').toUpperCase();
  if (!/^[1-8]\d{16}[\dX]$/.test(digits) || !isDate(digits.slice(6, 14))) return false;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return '10X98765432'[sum % 11] === digits[17];
}

const COMPOUND_SURNAMES = [
  '欧阳',
  '司马',
  '上官',
  '诸葛',
  '东方',
  '皇甫',
  '尉迟',
  '公孙',
  '慕容',
  '令狐',
  '司徒',
  '夏侯',
  '端木',
  '轩辕',
  '长孙',
  '宇文',
  '百里',
  '南宫',
  '独孤',
  '呼延',
];

/** The first character and the domain stay; a domain that is made of a number (139…@…) is no safer than the number itself. */
function maskEmail(found: string): string {
  const at = found.indexOf('@');
  return `${found[0]}***@${maskText(found.slice(at + 1))}`;
}

/** Front 6 (place) and last 4. Without a right check sum it must at least hold a real birth date to be taken for one. */
function maskIdentityCard(found: string): string | null {
  const digits = found.replace(/[ -]/g, '');
  return isIdentityCard(digits) || isDate(digits.slice(6, 14)) ? `${digits.slice(0, 6)}********${digits.slice(-4)}` : null;
}

/** Bank cards have 16 to 19 digits and a Luhn check; without a right one the digits are some other number. */
function maskBankCard(found: string): string | null {
  const digits = found.replace(/[ -]/g, '');
  if (digits.length < 16 || digits.length > 19 || !passesLuhn(digits)) return null;
  return `${digits.slice(0, 4)}${'*'.repeat(digits.length - 8)}${digits.slice(-4)}`;
}

function maskMobile(found: string): string {
  const digits = found.replace(/\D/g, '').slice(-11);
  return `${digits.slice(0, 3)}****${digits.slice(-4)}`;
}

/** The area code stays, and the last two digits. */
function maskLandline(found: string): string {
  const digits = found.replace(/\D/g, '');
  const area = /^(?:010|02\d)/.test(digits) ? 3 : 4;
  return `${digits.slice(0, area)}-${'*'.repeat(digits.length - area - 2)}${digits.slice(-2)}`;
}

/** `望A***12`: province and city, then the last two. */
function maskPlate(found: string): string {
  const plain = found.replace(/[·• -]/g, '');
  return `${plain.slice(0, 2)}${'*'.repeat(plain.length - 4)}${plain.slice(-2)}`;
}

function isDate(yyyymmdd: string): boolean {
  const [year, month, day] = [yyyymmdd.slice(0, 4), yyyymmdd.slice(4, 6), yyyymmdd.slice(6)].map(Number) as [number, number, number];
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
