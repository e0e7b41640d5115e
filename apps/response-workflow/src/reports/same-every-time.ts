import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

/**
 * An office file (OOXML) with the same bytes whenever it is made: libraries write the time of the making into it, and into its archive.
 * @param at the time that stands in it instead
 */
export function sameEveryTime(made: Uint8Array, at: Date): Buffer {
  const parts = unzipSync(made);
  const core = parts['docProps/core.xml'];
  if (core) parts['docProps/core.xml'] = strToU8(strFromU8(core).replace(/(<dcterms:\w+ [^>]*>)[^<]*/g, `$1${at.toISOString()}`));
  return Buffer.from(zipSync(parts, { mtime: new Date(1980, 0, 1), level: 6 }));
}
