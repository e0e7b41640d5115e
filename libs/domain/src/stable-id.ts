import { createHash } from 'node:crypto';

const NAMESPACE = Buffer.from('6f0b1c8ea4d94d0cb6a1f6d6e9a0c7d3', 'hex');

/**
 * A UUID (version 5) that the same parts always give: two deliveries of one fact make one event, one notice.
 * Parts are joined by U+001F, so ('a','bc') and ('ab','c') differ.
 */
export function stableId(...parts: (string | number)[]): string {
  const hash = createHash('sha1').update(NAMESPACE).update(parts.join('\u001f')).digest().subarray(0, 16);
  hash[6] = (hash[6]! & 0x0f) | 0x50;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
