import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

/**
 * An office file (OOXML) with the same bytes whenever it is made: libraries write the time of the making into it, and
 * into its archive, and count pictures on over all files.
 * @param at the time that stands in it instead
 * @param edits what is put into parts that the library has no words for
 */
export function sameEveryTime(made: Uint8Array, at: Date, edits: Record<string, (xml: string) => string> = {}): Buffer {
  const parts = unzipSync(made);
  for (const [name, edit] of Object.entries(edits)) parts[name] = strToU8(edit(strFromU8(parts[name]!)));
  const core = parts['docProps/core.xml'];
  if (core) parts['docProps/core.xml'] = strToU8(strFromU8(core).replace(/(<dcterms:\w+ [^>]*>)[^<]*/g, `$1${at.toISOString()}`));
  const text = parts['word/document.xml'];
  let picture = 0;
  if (text)
    parts['word/document.xml'] = strToU8(strFromU8(text).replace(/(<wp:docPr id=")\d+/g, (_, head: string) => `${head}${++picture}`));
  return Buffer.from(zipSync(parts, { mtime: new Date(1980, 0, 1), level: 6 }));
}
