import { decodeHTMLStrict } from 'entities';

/** An entity longer than this, or made of other entities, is no abbreviation but an attack; so is all that together grows beyond the limit. */
const LONGEST_ENTITY = 200;
const MOST_ENTITIES = 500;
const MOST_GROWTH = 1_000_000;
const ENTITY = new RegExp(
  `<!ENTITY\\s{1,100}([\\w.-]{1,50})\\s{1,100}(?:"([^"<%]{0,${LONGEST_ENTITY}})"|'([^'<%]{0,${LONGEST_ENTITY}})')\\s{0,100}>`,
  'g',
);
const XML_NAMES = new Set(['lt', 'gt', 'amp', 'quot', 'apos']);

/**
 * The document without its type declaration and with named entities written out: HTML's, which feeds use without declaring them,
 * and plain ones that the declaration defines. Entities that name a file, an address or other entities stay as they are written.
 */
export function readPrologue(text: string): string {
  const { body, subset } = withoutDoctype(text);
  const entities = plainEntities(subset);
  let growth = 0;
  return body.replace(/<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|&([A-Za-z][\w.-]{0,50});/g, (whole, name: string | undefined) => {
    if (name === undefined) return whole.endsWith(']]>') ? whole : endedCdata(whole);
    if (XML_NAMES.has(name)) return whole;
    const value = entities.get(name) ?? decodeHTMLStrict(whole);
    growth += value.length;
    return value === whole || growth > MOST_GROWTH ? whole : value.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  });
}

/** CDATA that nobody ended ends where its element does, so that it does not swallow the entries after it. */
function endedCdata(section: string): string {
  const end = section.search(/<\/(?:title|link|description|content:encoded|content|summary|guid|author|dc:creator|pubdate)\s*>/i);
  return end < 0 ? section : `${section.slice(0, end)}]]>${section.slice(end)}`;
}

/** Up to the end of the internal subset, whatever brackets and quotes stand in it; an endless one swallows the document. */
function withoutDoctype(text: string): { body: string; subset: string } {
  const start = text.slice(0, 4_096).search(/<!DOCTYPE/i);
  if (start < 0) return { body: text, subset: '' };
  const end = endOfDoctype(text, start);
  const rest = end < text.length ? withoutDoctype(text.slice(end)) : { body: '', subset: '' };
  return { body: text.slice(0, start) + rest.body, subset: text.slice(start, end) + rest.subset };
}

function endOfDoctype(text: string, start: number): number {
  const mark = /<!--|["'[\]>]/g;
  mark.lastIndex = start;
  let inSubset = false;
  for (let match = mark.exec(text); match; match = mark.exec(text)) {
    const [what] = match;
    if (what === '[') inSubset = true;
    else if (what === ']') inSubset = false;
    else if (what !== '>') {
      const close = what === '<!--' ? '-->' : what;
      const end = text.indexOf(close, mark.lastIndex);
      if (end < 0) return text.length;
      mark.lastIndex = end + close.length;
    } else if (!inSubset) return mark.lastIndex;
  }
  return text.length;
}

function plainEntities(subset: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name, double, single] of subset.replace(/<!--[\s\S]*?(?:-->|$)/g, '').matchAll(ENTITY)) {
    const value = decodeHTMLStrict((double ?? single)!);
    if (!/&[\w#]/.test(value) && !found.has(name!) && found.size < MOST_ENTITIES) found.set(name!, value);
  }
  return found;
}
