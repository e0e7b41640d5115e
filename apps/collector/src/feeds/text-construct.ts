import { escapeText } from 'entities';

/** Markup of a document, as HTML that is not safe yet, and the address that its links start from. */
export interface Markup {
  html: string;
  base: string | null;
}

/** A piece of an element's content: its text, or markup that stood in it as elements (written as HTML already). */
export type Piece = { text: string } | { markup: string };

/**
 * How an element's text is to be understood: as HTML that was escaped, as text, as elements (in `xhtml` inside a div that is not
 * part of it), as bytes; `guess` for an RSS title, which may be text or HTML and does not say.
 */
export type Mode = 'html' | 'text' | 'elements' | 'xhtml' | 'base64' | 'guess';

/**
 * The mode that Atom's attributes state: `type` of RFC 4287, `type` and `mode` of Atom 0.3. What is called text/html without a mode is
 * escaped HTML in all feeds seen, though Atom 0.3 would have it as elements.
 * @param isOld for Atom 0.3
 */
export function atomMode(attributes: Record<string, string>, isOld: boolean): Mode {
  const type = (attributes.type ?? 'text').trim().toLowerCase();
  const mode = attributes.mode?.trim().toLowerCase();
  if (mode === 'base64') return 'base64';
  if (type === 'html' || type === 'text/html') return 'html';
  if (type === 'xhtml' || /[/+]xml$/.test(type)) return mode === 'escaped' ? 'html' : isOld ? 'elements' : 'xhtml';
  if (type.startsWith('text') || !type.includes('/')) return mode === 'escaped' ? 'guess' : 'text';
  return 'base64';
}

/** The content as one piece of HTML. Elements in what should be text win: nobody writes elements by mistake. */
export function asHtml(pieces: readonly Piece[], mode: Mode): string {
  const hasElements = pieces.some((piece) => 'markup' in piece);
  if (mode === 'base64') return decoded(pieces.map((piece) => ('text' in piece ? piece.text : '')).join(''));
  if (mode === 'xhtml') return withoutDiv(joined(pieces, escapeText));
  if (mode === 'text' || mode === 'elements' || (hasElements && mode === 'guess')) return joined(pieces, escapeText);
  if (mode === 'guess') return joined(pieces, (text) => (looksLikeHtml(text) ? text : escapeText(text)));
  return joined(pieces, (text) => text);
}

const joined = (pieces: readonly Piece[], write: (text: string) => string) =>
  pieces.map((piece) => ('text' in piece ? write(piece.text) : piece.markup)).join('');

function decoded(base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  const text = bytes.toString('utf8');
  if (text.includes('\ufffd')) return '';
  return looksLikeHtml(text) ? text : escapeText(text);
}

/** The one div that Atom asks for around XHTML belongs to the feed, not to the text. */
function withoutDiv(html: string): string {
  const whole = /^\s*<div(?:\s[^<>]*)?>([\s\S]*)<\/div>\s*$/.exec(html);
  if (!whole) return html;
  let open = 0;
  for (const [tag] of whole[1]!.matchAll(/<\/?div(?=[\s>/])/g)) {
    open += tag === '<div' ? 1 : -1;
    if (open < 0) return html;
  }
  return whole[1]!;
}

const HTML_TAG =
  /^\/?(?:a|abbr|acronym|address|article|aside|b|big|blockquote|body|br|center|cite|code|dd|del|dfn|div|dl|dt|em|figure|figcaption|font|footer|h[1-6]|head|header|hr|html|i|iframe|img|ins|kbd|li|nobr|ol|p|pre|q|s|samp|script|section|small|span|strike|strong|style|sub|sup|table|tbody|td|tfoot|th|thead|title|tr|tt|u|ul|var|video)$/i;

/** Whether a text that does not say so is HTML: it has tags and all of them are HTML's, or it has an entity. */
export function looksLikeHtml(text: string): boolean {
  const tags = [...text.slice(0, 20_000).matchAll(/<(\/?[a-z][a-z0-9:-]*)(?=[\s/>])/gi)];
  if (tags.length === 0) return /&(?:[a-z][a-z0-9]{1,30}|#\d{1,7}|#x[0-9a-f]{1,6});/i.test(text);
  return tags.every(([, name]) => HTML_TAG.test(name!));
}
