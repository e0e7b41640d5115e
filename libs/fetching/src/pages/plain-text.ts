import sanitizeHtml from 'sanitize-html';

/** Longer markup is cut before it is read: a page of 200,000 characters is no opinion any more. */
const MOST_MARKUP = 200_000;
/** And where it is nested deeper: reading costs the square of the depth. */
const MOST_DEPTH = 200;
/** Tags that nest only when they are closed by hand; the others of ordinary texts close by themselves. */
const TAGS = /<(\/?)(?!(?:br|hr|img|input|wbr|col|p|li|dt|dd|tr|td|th|option)\b)[a-z][^<>]*>/gi;
const BLOCKS = [
  'p',
  'div',
  'br',
  'li',
  'ul',
  'ol',
  'tr',
  'table',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'blockquote',
  'section',
  'article',
  'pre',
  'hr',
  'dt',
  'dd',
];
/** Their text is none for a reader. */
export const HIDDEN = 'script style textarea option noscript iframe template svg math head xmp object embed'.split(' ');
const ESCAPES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' };

/**
 * Plain text of what a feed carries as HTML: scripts and styles gone, entities read, one line per paragraph.
 * Text without markup comes out as it went in, apart from white space.
 * @param most characters kept
 */
export function plainText(markup: string, most: number): string {
  const cut = withinLimits(markup);
  return tidy(/<[a-z/!?]|&[a-z#]/i.test(cut) ? stripped(cut) : cut, most);
}

/** Markup no longer and no deeper than is read. */
export function withinLimits(markup: string): string {
  const cut = markup.slice(0, MOST_MARKUP);
  let depth = 0;
  for (const tag of cut.matchAll(TAGS)) {
    if (!tag[0].endsWith('/>')) depth = Math.max(0, depth + (tag[1] === '/' ? -1 : 1));
    if (depth > MOST_DEPTH) return cut.slice(0, tag.index);
  }
  return cut;
}

/** The same on one line, for titles. */
export function plainLine(markup: string, most: number): string {
  return tidy(plainText(markup, most * 4).replace(/\n/g, ' '), most);
}

function stripped(markup: string): string {
  // What is left afterwards are these tags without attributes, and four escapes: safe to read by pattern.
  const clean = sanitizeHtml(markup, { allowedTags: BLOCKS, allowedAttributes: {}, nonTextTags: HIDDEN });
  return clean
    .replace(/\s+/g, ' ')
    .replace(/<[^>]*>/g, '\n')
    .replace(/&(?:lt|gt|quot|amp);/g, (escape) => ESCAPES[escape]!);
}

function tidy(text: string, most: number): string {
  const lines = text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    // Control characters and invisible marks (zero width, byte-order, bidi) that would make equal texts differ.
    .replace(/(?![\t\n])[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffe\uffff]/gu, '')
    .replace(/\p{Cs}/gu, '\ufffd')
    .split('\n')
    .map((line) => line.replace(/[^\S\n]+/g, ' ').trim())
    .filter((line) => line !== '');
  return cutAt(lines.join('\n'), most);
}

/** Never between the two halves of a character. */
function cutAt(text: string, most: number): string {
  if (text.length <= most) return text;
  return text.slice(0, /[\ud800-\udbff]/.test(text[most - 1]!) ? most - 1 : most);
}
