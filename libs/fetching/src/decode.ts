import { decode as decodeAs, encodingExists } from 'iconv-lite';
import jschardet from 'jschardet';
import { isUtf8 } from 'node:buffer';
import { chineseFit, fromHz, markOf, wideEncodingOf, type ChineseEncoding, type Fit } from './byte-patterns.js';

/** Text of a document, and how its encoding was known. */
export interface DecodedText {
  text: string;
  /** As iconv-lite names it, e.g. utf8, gb18030, big5. */
  encoding: string;
  by: 'byte-order-mark' | 'bytes' | 'header' | 'declaration' | 'guess';
  /** Characters that could not be read (U+FFFD in the text). */
  unreadable: number;
}

/** Names that sites use for a smaller set than they write: gb2312 pages hold GBK characters, iso-8859-1 pages hold windows-1252. */
const WIDER: Record<string, string> = {
  gb2312: 'gb18030',
  gbk: 'gb18030',
  cp936: 'gb18030',
  ms936: 'gb18030',
  'windows-936': 'gb18030',
  'gb-2312': 'gb18030',
  'gb-18030': 'gb18030',
  'x-gbk': 'gb18030',
  gb_2312: 'gb18030',
  'gb_2312-80': 'gb18030',
  'gb2312-80': 'gb18030',
  'euc-cn': 'gb18030',
  chinese: 'gb18030',
  'iso-8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'us-ascii': 'windows-1252',
  ascii: 'windows-1252',
  'big5-hkscs': 'big5hkscs',
  'utf-8': 'utf8',
  hz: 'hz-gb-2312',
};
/** Written in ASCII's bytes alone, so that only their name tells of them. */
const SEVEN_BIT = new Set(['hz-gb-2312', 'iso-2022-jp']);
const SAMPLE_BYTES = 8 * 1024;
const CJK = /[\u3400-\u9fff]/g;
/** Letters for phonetics, marks without a letter, rare scripts: what two GBK characters look like when their bytes happen to be UTF-8. */
const UNLIKELY = /[\u0080-\u009f\u0250-\u036f\u0500-\u058f\u0700-\u07ff]/;

/**
 * Reads a document's bytes. Byte-order mark first, then the bytes themselves: what is valid UTF-8 with Chinese in it is UTF-8
 * whatever the header or the declaration says, because real sites say it wrongly (RFC 7303 would let the header win). Then header,
 * then declaration, then a guess; a claim that the bytes plainly contradict is not believed. Never throws: what cannot be read
 * becomes U+FFFD and is counted.
 */
export function decodeDocument(bytes: Buffer, contentType: string | null = null): DecodedText {
  const mark = markOf(bytes);
  if (mark) return marked(bytes.subarray(mark.end), mark.encoding);
  const wide = wideEncodingOf(bytes);
  if (wide)
    return attempt(bytes.subarray(0, bytes.length - (bytes.length % (wide.includes('32') ? 4 : 2))), { encoding: wide, by: 'bytes' });
  const header = encodingNamed(/charset\s*=\s*["']?([^"';\s]+)/i.exec(contentType ?? '')?.[1]);
  const declared = declaredEncoding(bytes);
  const claims = claimsOf(header, declared);
  if (!isUtf8(bytes)) return best(bytes, claims);
  const sevenBit = claims.find(({ encoding }) => SEVEN_BIT.has(encoding));
  if (sevenBit && isAscii(bytes)) return attempt(bytes, sevenBit);
  const text = bytes.toString('utf8');
  return isReallyUtf8(bytes, text, claims) ? { text, encoding: 'utf8', by: 'bytes', unreadable: 0 } : best(bytes, claims);
}

/** The encoding of a file of which only the beginning is at hand; for reading it as a stream. */
export function guessEncoding(sample: Buffer): string {
  // The sample may end within a character; the last whole line does not.
  const end = sample.lastIndexOf(0x0a);
  return decodeDocument(end > 0 ? sample.subarray(0, end) : sample).encoding;
}

type Claim = Pick<DecodedText, 'encoding' | 'by'>;

/** In the order of trust. Latin-1 is what servers say who were told nothing, so it comes after the document's own word. */
function claimsOf(header: string | null, declared: string | null): Claim[] {
  const claims: Claim[] = [];
  if (header) claims.push({ encoding: header, by: 'header' });
  if (declared) claims.push({ encoding: declared, by: 'declaration' });
  return header === 'windows-1252' ? claims.reverse() : claims;
}

/** Two bytes of GBK can be UTF-8 by chance: then the text is of letters that nobody writes, and the claim or the bytes say Chinese. */
function isReallyUtf8(bytes: Buffer, text: string, claims: readonly Claim[]): boolean {
  if (isAscii(bytes) || count(text, CJK) > 0) return true;
  return !claims.some(({ encoding }) => chineseNamed(encoding)) && !(UNLIKELY.test(text) && isPlainly(chineseFit(bytes, 'gb18030')));
}

/** The encoding that fits best, of what is claimed and what the bytes look like. */
function best(bytes: Buffer, claims: readonly Claim[]): DecodedText {
  const utf8 = attempt(bytes, { encoding: 'utf8', by: 'bytes' });
  // Cut or mixed UTF-8. Bytes of another encoding never look like this much Chinese, or so many other characters, in UTF-8.
  const read = nonAscii(utf8.text) - utf8.unreadable;
  if (
    count(utf8.text, CJK) > utf8.unreadable ||
    (utf8.unreadable > 0 && read > 2 * utf8.unreadable && !claims.some(({ encoding }) => chineseNamed(encoding)))
  )
    return utf8;
  let found = utf8;
  for (const claim of candidates(bytes, claims)) {
    const tried = attempt(bytes, claim);
    // A cut character is damage, not a sign of another encoding; read in a wrong encoding most characters fail.
    if (tried.unreadable * 5 <= nonAscii(tried.text)) return tried;
    if (tried.unreadable < found.unreadable) found = tried;
  }
  return found;
}

function* candidates(bytes: Buffer, claims: readonly Claim[]): Iterable<Claim> {
  const [gb, big5] = [chineseFit(bytes, 'gb18030'), chineseFit(bytes, 'big5')];
  const fits: ChineseEncoding[] = share(big5) > share(gb) ? ['big5', 'gb18030'] : ['gb18030', 'big5'];
  const [fitting, other] = fits as [ChineseEncoding, ChineseEncoding];
  const [fit, otherFit] = fitting === 'big5' ? [big5, gb] : [gb, big5];
  for (const claim of claims) {
    const isContradicted =
      claim.encoding === 'utf8' ||
      (claim.encoding === 'windows-1252' && (isPlainly(fit) || (fit.broken === 0 && fit.characters > 2 && share(fit) > 0.5))) ||
      (chineseNamed(claim.encoding) === other && isPlainly(fit) && fit.characters > 3 && share(otherFit) < 0.75);
    if (!isContradicted) yield claim;
  }
  if (isPlainly(fit) || (fit.broken === 0 && share(fit) > 0.5)) yield { encoding: fitting, by: 'guess' };
  // Letters with accents stand alone among ASCII.
  if (fit.broken * 3 > fit.characters) yield { encoding: 'windows-1252', by: 'guess' };
  const guessed = guess(bytes);
  if (guessed) yield { encoding: guessed, by: 'guess' };
  yield { encoding: fitting, by: 'guess' };
  yield { encoding: other, by: 'guess' };
}

/** Nearly every character is an ordinary one, and hardly a byte is left over. */
function isPlainly(fit: Fit): boolean {
  return fit.characters > 1 && share(fit) >= 0.85 && fit.broken * 20 <= fit.characters;
}

const share = ({ characters, common, broken }: Fit) => (characters === 0 ? 0 : common / (characters + broken));

function chineseNamed(encoding: string): ChineseEncoding | null {
  return encoding.startsWith('gb') ? 'gb18030' : encoding.startsWith('big5') ? 'big5' : null;
}

function attempt(bytes: Buffer, { encoding, by }: Claim): DecodedText {
  const text = textOf(bytes, encoding);
  return { text, encoding, by, unreadable: count(text, /\ufffd/g) };
}

function textOf(bytes: Buffer, encoding: string): string {
  if (encoding === 'hz-gb-2312') return decodeAs(fromHz(bytes), 'gb18030');
  return SEVEN_BIT.has(encoding) ? new TextDecoder(encoding).decode(bytes) : decodeAs(bytes, encoding);
}

function marked(bytes: Buffer, encoding: string): DecodedText {
  const read = attempt(bytes, { encoding, by: 'byte-order-mark' });
  // A UTF-8 mark before GBK bytes: the mark was put there by an editor, the text was not.
  if (encoding === 'utf8' && read.unreadable > 0 && read.unreadable * 10 > nonAscii(read.text))
    return best(bytes, claimsOf(null, declaredEncoding(bytes)));
  return read;
}

function declaredEncoding(bytes: Buffer): string | null {
  const start = bytes.toString('latin1', 0, 1024);
  return encodingNamed(/<\?xml[^>]*?encoding\s*=\s*["']([^"']+)["']/i.exec(start)?.[1]);
}

/** The name as iconv-lite knows it and as wide as sites use it; null for a name that nobody knows. */
function encodingNamed(name: string | undefined): string | null {
  if (!name) return null;
  const lower = name.trim().toLowerCase();
  const wide = Object.hasOwn(WIDER, lower) ? WIDER[lower]! : lower;
  // A declaration that could be read as ASCII cannot be UTF-16, whatever it says.
  if (/^(?:utf-?16|utf-?32|ucs|utf-?7)/.test(wide)) return null;
  return SEVEN_BIT.has(wide) || encodingExists(wide) ? wide : null;
}

/** Of jschardet's answers, those that are more likely than a few characters of Chinese: not Macintosh's, MS-DOS's or Hebrew's letters. */
const LIKELY = /^(?:utf8|gb|big5|shift_jis|euc-|windows-125[0-2]|koi8-r)/;

function guess(bytes: Buffer): string | null {
  const sample = bytes.subarray(0, SAMPLE_BYTES).filter((byte, i, all) => byte > 0x7f || (i > 0 && all[i - 1]! > 0x7f));
  const { encoding } = jschardet.detect(Buffer.from(sample));
  const named = encodingNamed(encoding ?? undefined);
  return named !== null && LIKELY.test(named) ? named : null;
}

function isAscii(bytes: Buffer): boolean {
  return bytes.every((byte) => byte < 0x80);
}

function nonAscii(text: string): number {
  let n = 0;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) n++;
  return n;
}

function count(text: string, pattern: RegExp): number {
  let n = 0;
  for (const _ of text.matchAll(pattern)) n++;
  return n;
}
