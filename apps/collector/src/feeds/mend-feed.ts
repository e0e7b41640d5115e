import { Parser } from 'htmlparser2';
import { familyOf, leafName, type Dialect } from './elements.js';

/** A feed rewritten as small, well-formed XML of known elements: nothing in it can make the parser throw, expand or fetch. */
export interface MendedFeed {
  xml: string;
  /** xml:base of the root, against which links are resolved. */
  base: string | null;
  /** Set when the document held more items than are read. */
  itemsLeftOut: boolean;
}
export type MendRefusal = 'no-feed' | 'too-deep';

const MOST_ITEMS = 2_000;
/** Deeper than any page that was ever written by hand or by machine in earnest. */
const MOST_DEPTH = 2_000;
const MOST_LEAF = 400_000;
/** Small, so that the limits are looked at often: a document may nest a hundred thousand elements. */
const SLICE = 16 * 1024;
const VOID = new Set(['br', 'hr', 'img', 'input', 'wbr', 'col', 'area', 'embed', 'source', 'param', 'meta']);

/**
 * Reads what feeds really are (bare ampersands, HTML's entities, unclosed tags, cut downloads, undeclared prefixes) with a
 * forgiving tokenizer and writes down only what is read from feeds. Document types and the entities they define are dropped unread.
 */
export function mendFeed(text: string): MendedFeed | MendRefusal {
  const writer = new FeedWriter();
  const parser = new Parser(writer, { xmlMode: true, decodeEntities: true, recognizeSelfClosing: true });
  const bare = withoutDoctype(text);
  for (let at = 0; at < bare.length; at += SLICE) {
    parser.write(bare.slice(at, at + SLICE));
    if (writer.depth > MOST_DEPTH) return 'too-deep';
    if (writer.itemsLeftOut) return writer.finish() ?? 'no-feed';
  }
  parser.end();
  return writer.finish() ?? 'no-feed';
}

/** Up to the end of the internal subset, whatever brackets and quotes stand in it; an endless one swallows the document. */
export function withoutDoctype(text: string): string {
  const start = text.slice(0, 4_096).search(/<!DOCTYPE/i);
  if (start < 0) return text;
  const part = /<!--[\s\S]*?-->|"[^"]*"|'[^']*'|[[\]>]/g;
  part.lastIndex = start;
  let inSubset = false;
  for (let match = part.exec(text); match; match = part.exec(text)) {
    if (match[0] === '[') inSubset = true;
    else if (match[0] === ']') inSubset = false;
    else if (match[0] === '>' && !inSubset) return text.slice(0, start) + withoutDoctype(text.slice(part.lastIndex));
  }
  return text.slice(0, start);
}

/** An element whose text is being gathered. */
interface Leaf {
  name: string;
  attributes: Record<string, string>;
  value: string;
  /** Open tags inside: markup that should have been escaped, or XHTML. */
  inner: number;
}

/** Takes the tokenizer's events and writes the mended document. */
class FeedWriter {
  depth = 0;
  itemsLeftOut = false;
  private readonly out: string[] = [];
  private readonly namespaces = new Map<string, string>();
  private dialect: Dialect | null = null;
  private base: string | null = null;
  private items = 0;
  private leaf: Leaf | null = null;
  /** Depth at which something unknown began; until it ends nothing is written. */
  private mutedFrom: number | null = null;
  private open: { channel: boolean; item: boolean; author: boolean } = { channel: false, item: false, author: false };

  onopentag(rawName: string, attributes: Record<string, string>): void {
    this.depth++;
    this.learnNamespaces(attributes);
    const { family, local } = this.nameOf(rawName);
    if (this.dialect === null) return this.openRoot(local, attributes);
    const startsItem = family === 'own' && (local === 'item' || local === 'entry');
    if (this.leaf && startsItem) this.closeLeaf();
    if (this.leaf) return this.openInner(this.leaf, local);
    if (this.mutedFrom !== null) return;
    if (startsItem) return this.openItem(attributes);
    if (family === 'own' && local === 'channel' && this.dialect !== 'atom') return this.openChannel();
    if (family === 'own' && local === 'author' && this.dialect === 'atom' && !this.open.author) return this.openAuthor();
    const name = leafName(this.dialect, family, local);
    if (name === undefined || (name === 'name' && !this.open.author)) this.mutedFrom = this.depth;
    else this.leaf = { name, attributes, value: '', inner: 0 };
  }

  ontext(text: string): void {
    if (!this.leaf || this.leaf.value.length > MOST_LEAF) return;
    this.leaf.value += this.leaf.inner > 0 ? escaped(text) : text;
  }

  onclosetag(rawName: string): void {
    this.depth--;
    const { family, local } = this.nameOf(rawName);
    if (this.mutedFrom !== null) {
      if (this.depth < this.mutedFrom) this.mutedFrom = null;
    } else if (this.leaf) {
      if (this.leaf.inner === 0) this.closeLeaf();
      else this.closeInner(this.leaf, local);
    } else if (family === 'own' && (local === 'item' || local === 'entry')) this.closeItem();
    else if (family === 'own' && local === 'author') this.closeAuthor();
    else if (family === 'own' && local === 'channel' && this.dialect === 'rdf') this.closeChannel();
  }

  /** The whole document, whatever was left open; null where no feed began. */
  finish(): MendedFeed | null {
    if (this.dialect === null) return null;
    if (this.leaf) this.closeLeaf();
    this.closeItem();
    // rss-parser needs a channel, even an empty one.
    if (!this.open.channel && this.dialect !== 'atom' && !this.out.includes('<channel>')) this.out.push('<channel>', '</channel>');
    this.closeChannel();
    this.out.push(this.dialect === 'atom' ? '</feed>' : this.dialect === 'rdf' ? '</rdf:RDF>' : '</rss>');
    return { xml: this.out.join(''), base: this.base, itemsLeftOut: this.itemsLeftOut };
  }

  private openRoot(local: string, attributes: Record<string, string>): void {
    if (this.depth !== 1) return;
    if (local === 'feed') this.dialect = 'atom';
    else if (local === 'rdf') this.dialect = 'rdf';
    else if (local === 'rss' || local === 'channel') this.dialect = 'rss';
    else return;
    this.base = attributes['xml:base'] ?? null;
    // rss-parser takes an element without any child for no feed.
    this.out.push(this.dialect === 'atom' ? '<feed><rights/>' : this.dialect === 'rdf' ? '<rdf:RDF>' : '<rss version="2.0">');
    if (local === 'channel') this.openChannel();
  }

  private openChannel(): void {
    if (this.open.channel || this.out.includes('<channel>')) return;
    this.open.channel = true;
    this.out.push('<channel>');
  }

  private closeChannel(): void {
    if (this.open.channel) this.out.push('</channel>');
    this.open.channel = false;
  }

  private openItem(attributes: Record<string, string>): void {
    this.closeItem();
    if (++this.items > MOST_ITEMS) {
      this.itemsLeftOut = true;
      return;
    }
    if (this.dialect === 'rss') this.openChannel();
    if (this.dialect === 'rdf') this.closeChannel();
    this.open.item = true;
    const about = attributes['rdf:about'];
    this.out.push(
      this.dialect === 'atom' ? '<entry>' : '<item>',
      about && this.dialect === 'rdf' ? `<about>${escaped(about)}</about>` : '',
    );
  }

  private closeItem(): void {
    this.closeAuthor();
    if (this.open.item) this.out.push(this.dialect === 'atom' ? '</entry>' : '</item>');
    this.open.item = false;
  }

  private openAuthor(): void {
    this.open.author = true;
    this.out.push('<author>');
  }

  private closeAuthor(): void {
    if (this.open.author) this.out.push('</author>');
    this.open.author = false;
  }

  private openInner(leaf: Leaf, local: string): void {
    leaf.inner++;
    if (leaf.value.length <= MOST_LEAF && /^[a-z][a-z0-9]*$/.test(local)) leaf.value += `<${local}>`;
  }

  private closeInner(leaf: Leaf, local: string): void {
    leaf.inner--;
    if (leaf.value.length <= MOST_LEAF && /^[a-z][a-z0-9]*$/.test(local) && !VOID.has(local)) leaf.value += `</${local}>`;
  }

  private closeLeaf(): void {
    const { name, attributes, value } = this.leaf!;
    this.leaf = null;
    if (name === 'link') this.writeLink(attributes, value.trim());
    else if (value.trim() !== '') this.out.push(`<${name}>${escaped(value)}</${name}>`);
  }

  /** Atom's links stand in an attribute, RSS's in the text; either is found in the other. */
  private writeLink(attributes: Record<string, string>, text: string): void {
    const address = escaped(text === '' || this.dialect === 'atom' ? (attributes.href ?? text).trim() : text);
    if (address === '' || !['', 'alternate'].includes(attributes.rel ?? '')) return;
    this.out.push(this.dialect === 'atom' ? `<link rel="alternate" href="${address}"/>` : `<link>${address}</link>`);
  }

  private learnNamespaces(attributes: Record<string, string>): void {
    for (const [name, uri] of Object.entries(attributes)) {
      if (name === 'xmlns' && this.depth === 1) this.namespaces.set('', uri);
      else if (name.startsWith('xmlns:')) this.namespaces.set(name.slice(6), uri);
    }
  }

  private nameOf(raw: string) {
    const colon = raw.indexOf(':');
    const prefix = colon < 0 ? '' : raw.slice(0, colon);
    return { family: familyOf(prefix, this.namespaces.get(prefix), this.dialect), local: raw.slice(colon + 1).toLowerCase() };
  }
}

/** Control characters and halves of characters. */
const FORBIDDEN = /(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/gu;
const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** As XML text or attribute value; characters that XML forbids are gone. */
function escaped(text: string): string {
  return text.replace(FORBIDDEN, '').replace(/[&<>"]/g, (character) => ESCAPES[character]!);
}
