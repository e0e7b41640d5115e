import { decode as decodeAs, encodingExists } from 'iconv-lite';
import jschardet from 'jschardet';
import { isUtf8 } from 'node:buffer';

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
  'gb-2312': 'gb18030',
  'x-gbk': 'gb18030',
  gb_2312: 'gb18030',
  'gb_2312-80': 'gb18030',
  'iso-8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'big5-hkscs': 'big5hkscs',
  'utf-8': 'utf8',
};
const SAMPLE_BYTES = 8 * 1024;
const CJK = /[\u3400-\u9fff]/;

/**
 * Reads a document's bytes. Byte-order mark first, then the bytes themselves: what is valid UTF-8 with Chinese in it is UTF-8
 * whatever the header or the declaration says, because real sites say it wrongly (RFC 7303 would let the header win). Then header,
 * then declaration, then a guess. Never throws: what cannot be read becomes U+FFFD and is counted.
 */
export function decodeDocument(bytes: Buffer, contentType: string | null = null): DecodedText {
  const marked = byMark(bytes);
  if (marked) return marked;
  const header = encodingNamed(/charset\s*=\s*["']?([^"';\s]+)/i.exec(contentType ?? '')?.[1]);
  const declared = declaredEncoding(bytes);
  if (isUtf8(bytes)) {
    const text = bytes.toString('utf8');
    const named = header ?? declared;
    if (!isMultiByteChinese(named) || isAscii(bytes) || CJK.test(text)) return { text, encoding: 'utf8', by: 'bytes', unreadable: 0 };
  }
  return best(bytes, candidates(bytes, header, declared));
}

/** The encoding of a file of which only the beginning is at hand; for reading it as a stream. */
export function guessEncoding(sample: Buffer): string {
  // The sample may end within a character; the last whole line does not.
  const end = sample.lastIndexOf(0x0a);
  return decodeDocument(end > 0 ? sample.subarray(0, end) : sample).encoding;
}

type Candidate = Pick<DecodedText, 'encoding' | 'by'>;

/** In the order of trust. The guess costs most and is made only when what was declared did not fit. */
function* candidates(bytes: Buffer, header: string | null, declared: string | null): Iterable<Candidate> {
  if (header) yield { encoding: header, by: 'header' };
  if (declared) yield { encoding: declared, by: 'declaration' };
  yield { encoding: guess(bytes), by: 'guess' };
  yield { encoding: 'gb18030', by: 'guess' };
  yield { encoding: 'big5', by: 'guess' };
}

/**
 * The first candidate with few unreadable characters, or else the one with the fewest. A cut character is damage, not a sign of
 * another encoding; read in a wrong encoding most characters fail.
 */
function best(bytes: Buffer, list: Iterable<Candidate>): DecodedText {
  let found = attempt(bytes, { encoding: 'utf8', by: 'bytes' });
  // Bytes of another encoding never look like this much Chinese in UTF-8.
  if (found.unreadable * 20 <= nonAscii(found.text) && CJK.test(found.text)) return found;
  for (const candidate of list) {
    const tried = attempt(bytes, candidate);
    if (tried.unreadable * 5 <= nonAscii(tried.text)) return tried;
    if (tried.unreadable < found.unreadable) found = tried;
  }
  return found;
}

function attempt(bytes: Buffer, { encoding, by }: Candidate): DecodedText {
  const text = decodeAs(bytes, encoding);
  return { text, encoding, by, unreadable: count(text, '\ufffd') };
}

function byMark(bytes: Buffer): DecodedText | null {
  // Blank lines before the mark are seen in the wild.
  const start = /^[\s]*/.exec(bytes.toString('latin1', 0, 64))![0].length;
  const rest = bytes.subarray(start);
  if (rest[0] === 0xef && rest[1] === 0xbb && rest[2] === 0xbf) return marked(rest.subarray(3), 'utf8');
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return marked(bytes.subarray(2), 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return marked(bytes.subarray(2), 'utf-16be');
  // Without a mark, every other byte of the first "<?" or "<r" is zero.
  if (bytes[0] === 0x3c && bytes[1] === 0 && bytes[3] === 0) return { ...marked(bytes, 'utf-16le'), by: 'bytes' };
  if (bytes[0] === 0 && bytes[1] === 0x3c && bytes[2] === 0) return { ...marked(bytes, 'utf-16be'), by: 'bytes' };
  return null;
}

function marked(bytes: Buffer, encoding: string): DecodedText {
  const text = decodeAs(bytes, encoding);
  const unreadable = count(text, '\ufffd');
  // A UTF-8 mark before GBK bytes: the mark was put there by an editor, the text was not.
  if (encoding === 'utf8' && unreadable > 0 && unreadable * 10 > nonAscii(text))
    return best(bytes, candidates(bytes, null, declaredEncoding(bytes)));
  return { text, encoding, by: 'byte-order-mark', unreadable };
}

function declaredEncoding(bytes: Buffer): string | null {
  const start = bytes.toString('latin1', 0, 1024);
  return encodingNamed(/<\?xml[^>]*?encoding\s*=\s*["']([^"']+)["']/i.exec(start)?.[1]);
}

/** The name as iconv-lite knows it and as wide as sites use it; null for a name that nobody knows. */
function encodingNamed(name: string | undefined): string | null {
  if (!name) return null;
  const lower = name.trim().toLowerCase();
  const wide = WIDER[lower] ?? lower;
  // A declaration that could be read as ASCII cannot be UTF-16, whatever it says.
  if (wide.startsWith('utf-16') || wide.startsWith('utf16') || wide.startsWith('ucs')) return null;
  return encodingExists(wide) ? wide : null;
}

function guess(bytes: Buffer): string {
  const sample = bytes.subarray(0, SAMPLE_BYTES).filter((byte, i, all) => byte > 0x7f || (i > 0 && all[i - 1]! > 0x7f));
  const { encoding } = jschardet.detect(Buffer.from(sample));
  return encodingNamed(encoding ?? undefined) ?? 'gb18030';
}

function isMultiByteChinese(encoding: string | null): boolean {
  return encoding !== null && (encoding.startsWith('gb') || encoding.startsWith('big5'));
}

function isAscii(bytes: Buffer): boolean {
  return bytes.every((byte) => byte < 0x80);
}

function nonAscii(text: string): number {
  let n = 0;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) n++;
  return n;
}

function count(text: string, character: string): number {
  let n = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) n++;
  return n;
}
