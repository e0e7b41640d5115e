import { readFeedDate, type ZoneMinutes } from '../feeds/index.js';

const YEAR = String.raw`(?:19|20)\d{2}`;
const IN_TEXT = new RegExp(
  String.raw`${YEAR}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}日?(?:\s*T?\s*\d{1,2}[:：时]\d{1,2}(?:[:：分]\d{1,2})?)?`,
);
/** /202611/t20261102_1234.html, /2026-11/02/c_123.html, /art/2026/11/2/art_1_2.html */
const IN_ADDRESS = [
  new RegExp(String.raw`[/_t](${YEAR})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])[_/.]`),
  new RegExp(String.raw`/(${YEAR})[-/](0?[1-9]|1[0-2])[-/](0?[1-9]|[12]\d|3[01])/`),
];

/** The first date written in a text, or null. */
export function dateInText(text: string, zone: ZoneMinutes): Date | null {
  const found = IN_TEXT.exec(text.normalize('NFKC').slice(0, 5_000))?.[0];
  if (found === undefined) return null;
  const tidy = found.replace(/\s*([-/.年月])\s*/g, '$1').trim();
  return readFeedDate(withGap(tidy), zone);
}

/** The day that an address names, at its midnight; sites file their articles by it. */
export function dateInAddress(url: string, zone: ZoneMinutes): Date | null {
  for (const form of IN_ADDRESS) {
    const parts = form.exec(new URL(url).pathname);
    if (parts) return readFeedDate(`${parts[1]}-${parts[2]}-${parts[3]}`, zone);
  }
  return null;
}

/** 2026-11-0209:30 is how a date and its time look when the tags between them are gone. */
function withGap(date: string): string {
  return date.replace(/^(\d{4}[-/.]\d{1,2}[-/.]\d{2})(\d{1,2}:)/, '$1 $2');
}
