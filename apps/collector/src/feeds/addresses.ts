/** Where something can be said or seen: not javascript:, data:, file: or what else a document may try. */
const HARMLESS = /^(?:https?|ftp|feed|mailto|news|magnet):/i;

/** Longer ones are no addresses. */
const LONGEST = 8_000;

/**
 * An address of a document, resolved where it is relative and a base is known. As it is written where it is complete already;
 * null where there is none, or one that nobody should follow.
 */
export function resolveAddress(written: string, base: string | null): string | null {
  const address = withoutControls(written);
  if (address === '' || address.length > LONGEST) return null;
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(address)?.[0];
  if (scheme !== undefined) return HARMLESS.test(address) ? address : null;
  if (base === null || !URL.canParse(address, base)) return address;
  const { href } = new URL(address, base);
  return HARMLESS.test(href) ? href : null;
}

/** An absolute http(s) address in the one form that URLs are compared in, or null. */
export function webAddress(written: string | null, base: string | null): string | null {
  const address = withoutControls(written ?? '').replace(/\s+/g, '');
  if (address === '' || !URL.canParse(address, base ?? undefined)) return null;
  const url = new URL(address, base ?? undefined);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
}

/** What xml:base makes of the base around it. */
export function innerBase(written: string | undefined, outer: string | null): string | null {
  const address = withoutControls(written ?? '');
  return address !== '' && address.length < LONGEST && URL.canParse(address, outer ?? undefined)
    ? new URL(address, outer ?? undefined).href
    : outer;
}

/** Browsers drop these before they read an address, so they must not hide a scheme from us. */
function withoutControls(written: string): string {
  return written.replace(/[\p{Cc}\u200b-\u200f\u2028\u2029\ufeff]/gu, '').trim();
}
