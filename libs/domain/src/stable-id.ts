import { createHash } from 'node:crypto';

const NAMESPACE = Buffer.from('6f0b1c8ea4d94d0cb6a1f6d6e9a0c7d3', 'hex');

/** How a UUID begins that `idAt` or `idBeside` made: the instant, then version 8. */
const ORDERED = /^([0-9a-f]{8})-([0-9a-f]{4})-8/;

/**
 * A UUID (version 5) that the same parts always give: two deliveries of one fact make one event, one notice.
 * Parts are joined by U+001F, so ('a','bc') and ('ab','c') differ.
 */
export function stableId(...parts: (string | number)[]): string {
  return written(hashOf(parts), 5);
}

/**
 * A UUID (version 8) that begins with an instant (48 bits of milliseconds, as in version 7), the rest made of the parts. What comes into
 * being at about the same time stands together in every index, so that the work of a day touches few pages of millions.
 */
export function idAt(at: Date, ...parts: (string | number)[]): string {
  const hash = hashOf(parts);
  hash.writeUIntBE(at.getTime(), 0, 6);
  return written(hash, 8);
}

/** As stableId, standing where the anchor's id stands: what belongs to a case lies beside it. An anchor of another making gives stableId's. */
export function idBeside(anchor: string, ...parts: (string | number)[]): string {
  const instant = ORDERED.exec(anchor);
  return instant ? idAt(new Date(parseInt(instant[1]! + instant[2]!, 16)), ...parts) : stableId(...parts);
}

function hashOf(parts: readonly (string | number)[]): Buffer {
  return createHash('sha1').update(NAMESPACE).update(parts.join('\u001f')).digest().subarray(0, 16);
}

function written(hash: Buffer, version: number): string {
  hash[6] = (hash[6]! & 0x0f) | (version << 4);
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
