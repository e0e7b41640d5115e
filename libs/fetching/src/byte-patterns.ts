/** A byte-order mark, and the encoding it is of. UTF-32's little-endian mark begins as UTF-16's does, and stands first. */
const MARKS: readonly [encoding: string, ...bytes: number[]][] = [
  ['utf-32le', 0xff, 0xfe, 0, 0],
  ['utf-32be', 0, 0, 0xfe, 0xff],
  ['utf-16le', 0xff, 0xfe],
  ['utf-16be', 0xfe, 0xff],
  ['utf8', 0xef, 0xbb, 0xbf],
];

/** The mark at the start, where blank lines are seen before it in the wild. */
export function markOf(bytes: Buffer): { encoding: string; end: number } | null {
  const blank = /^\s*/.exec(bytes.toString('latin1', 0, 64))![0].length;
  for (const start of blank > 0 ? [0, blank] : [0]) {
    const mark = MARKS.find(([, ...mark]) => mark.every((byte, i) => bytes[start + i] === byte));
    if (mark && (start === 0 || mark[0] === 'utf8')) return { encoding: mark[0], end: start + mark.length - 1 };
  }
  return null;
}

/** UTF-16 or UTF-32 without a mark, known by where the zeros of its ASCII stand; null for anything else. */
export function wideEncodingOf(bytes: Buffer): string | null {
  const start = bytes.subarray(0, Math.min(64, bytes.length - (bytes.length % 4)));
  if (start.length < 8) return null;
  const zeros = [0, 0, 0, 0];
  start.forEach((byte, i) => (zeros[i % 4]! += byte === 0 ? 1 : 0));
  const full = start.length / 4;
  const pattern = zeros.map((n) => (n >= full * 0.75 ? '0' : n <= full * 0.25 ? 'x' : '?')).join('');
  const known: Record<string, string> = { x000: 'utf-32le', '000x': 'utf-32be', x0x0: 'utf-16le', '0x0x': 'utf-16be' };
  return known[pattern] ?? null;
}

/** How well bytes fit an encoding of Chinese. */
export interface Fit {
  characters: number;
  /** Characters of the first level, which hold nearly all of ordinary text, and punctuation. */
  common: number;
  /** Bytes above ASCII that make no character. */
  broken: number;
}

/** GB 2312's first level is led by B0–D7, Big5's by A4–C6; A1–A3 lead punctuation in both. */
const FIRST_LEVEL = { gb18030: [0xb0, 0xd7, 0xa1], big5: [0xa4, 0xc6, 0x40] } as const;
export type ChineseEncoding = keyof typeof FIRST_LEVEL;

export function chineseFit(bytes: Buffer, encoding: ChineseEncoding): Fit {
  const fit = { characters: 0, common: 0, broken: 0 };
  const [first, last, lowestTrail] = FIRST_LEVEL[encoding];
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i]!;
    if (lead < 0x80) continue;
    const trail = bytes[i + 1] ?? 0;
    const isFour = encoding === 'gb18030' && trail >= 0x30 && trail <= 0x39 && (bytes[i + 2] ?? 0) > 0x80;
    if (lead === 0x80 || lead === 0xff || !(isFour || isTrail(trail, encoding))) {
      fit.broken++;
      continue;
    }
    fit.characters++;
    if (!isFour && trail >= lowestTrail && ((lead >= first && lead <= last) || (lead >= 0xa1 && lead <= 0xa3))) fit.common++;
    i += isFour ? 3 : 1;
  }
  return fit;
}

function isTrail(byte: number, encoding: ChineseEncoding): boolean {
  if (encoding === 'big5') return (byte >= 0x40 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xfe);
  return byte >= 0x40 && byte <= 0xfe && byte !== 0x7f;
}

/** HZ (RFC 1843): GB 2312 in seven bits, between ~{ and ~}. */
export function fromHz(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1').replace(/~\n/g, '');
  const gb = text.replace(/~\{([\s\S]*?)(?:~\}|$)|~~/g, (_, hanzi: string | undefined) =>
    hanzi === undefined ? '~' : [...hanzi].map((c) => (c > ' ' ? String.fromCharCode(c.charCodeAt(0) | 0x80) : c)).join(''),
  );
  return Buffer.from(gb, 'latin1');
}
