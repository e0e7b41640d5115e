import { escapeAttribute, escapeText } from 'entities';
import type { Handler } from 'htmlparser2';
import { innerBase, resolveAddress, webAddress } from './addresses.js';
import { familyOfNamespace, familyOfUndeclared, isTransparent, placesOf, type Dialect, type Family, type Place } from './elements.js';
import { Draft } from './feed-draft.js';
import { asHtml, atomMode, type Mode, type Piece } from './text-construct.js';

export const MOST_ITEMS = 2_000;
/** Of characters of one element; what is longer is cut. */
const MOST_LEAF = 400_000;
const MOST_NAMESPACES = 100;
/** How deep in other markup (a server's warning, an envelope) a feed may begin. */
const DEEPEST_ROOT = 6;

type Attributes = Record<string, string>;

/** An open element. */
interface Frame {
  family: Family;
  local: string;
  namespaces: ReadonlyMap<string, Family>;
  base: string | null;
  /** Nothing in a muted element is read, but an entry that begins there. */
  role: 'around' | 'muted' | 'leaf' | 'inner' | 'entry';
}

/** The element whose text is being read. */
interface Leaf {
  frame: Frame;
  attributes: Attributes;
  places: readonly Place[];
  pieces: Piece[];
  length: number;
  /** Elements open in it. */
  inner: string[];
  /** Where it names a person by elements: Atom's author. */
  person: { name: string; email: string };
}

/** Of RSS's elements, those that may stand in a text or in an author. */
const MAY_NEST = new Set(['author', 'body', 'content', 'summary']);
const ALSO_HTML = new Set(['title', 'link', 'abstract', 'date', 'language']);
const ITEM_OF: Record<Dialect, string> = { rss: 'item', atom: 'entry' };

/** Takes a tokenizer's events and keeps what is read of feeds, whatever dialect and however damaged. */
export class FeedGatherer implements Partial<Handler> {
  readonly feed = new Draft();
  readonly entries: Draft[] = [];
  dialect: Dialect | null = null;
  itemsLeftOut = false;
  private readonly frames: Frame[] = [];
  private isOldAtom = false;
  private entry: Draft | null = null;
  private leaf: Leaf | null = null;

  /** @param base the document's own address, where it is known */
  constructor(private readonly base: string | null) {}

  get depth(): number {
    return this.frames.length;
  }

  onopentag(name: string, attributes: Attributes): void {
    const frame = this.frameOf(name, attributes);
    const above = this.frames.at(-1);
    this.frames.push(frame);
    if (this.dialect === null) return this.openRoot(frame, attributes);
    if (this.startsEntry(frame)) return this.openEntry(frame, attributes);
    if (this.leaf && this.isSibling(frame)) this.closeLeaf();
    if (this.leaf && isAlternative(this.leaf, frame)) this.openAlternatives(this.leaf);
    if (this.leaf) return this.openInner(this.leaf, frame, attributes);
    if (above?.role === 'muted') frame.role = 'muted';
    else this.openKnown(frame, attributes);
  }

  ontext(text: string): void {
    const { leaf } = this;
    if (!leaf || leaf.length > MOST_LEAF) return;
    leaf.length += text.length;
    const within = leaf.inner.at(-1);
    if (within === 'name' || within === 'email') leaf.person[within] += text;
    const last = leaf.pieces.at(-1);
    // The tokenizer hands a text over in as many parts as there are entities in it.
    if (within !== undefined) leaf.pieces.push({ markup: escapeText(text) });
    else if (last && 'text' in last) last.text += text;
    else leaf.pieces.push({ text });
  }

  onclosetag(): void {
    const frame = this.frames.pop();
    if (frame?.role === 'leaf' && this.leaf?.frame === frame) this.closeLeaf();
    else if (frame?.role === 'inner' && this.leaf) this.closeInner(this.leaf, frame);
    else if (frame?.role === 'entry') this.entry = null;
  }

  /** Keeps what was still open where the document ended. */
  finish(): void {
    if (this.leaf) this.closeLeaf();
  }

  private frameOf(name: string, attributes: Attributes): Frame {
    const above = this.frames.at(-1);
    const namespaces = withDeclarations(above?.namespaces, attributes);
    const colon = name.indexOf(':');
    const prefix = colon < 0 ? '' : name.slice(0, colon);
    const family = namespaces.get(prefix) ?? familyOfUndeclared(prefix);
    const base = innerBase(attributes['xml:base'] ?? (name === 'channel' ? attributes.base : undefined), above ? above.base : this.base);
    return { family, local: name.slice(colon + 1), namespaces, base, role: 'around' };
  }

  private openRoot({ family, local, base }: Frame, attributes: Attributes): void {
    if (local === 'rss' || local === 'rdf') this.dialect = 'rss';
    else if (local === 'feed' && (family === 'atom' || this.depth === 1)) this.dialect = 'atom';
    else if (this.depth === 1 && local === 'channel') this.dialect = 'rss';
    else if (this.depth === 1 && (local === 'item' || local === 'entry')) {
      this.dialect = local === 'item' ? 'rss' : 'atom';
      this.openEntry(this.frames[0]!, attributes);
    }
    if (this.dialect === null && this.depth > DEEPEST_ROOT) this.frames.at(-1)!.role = 'muted';
    this.isOldAtom = this.dialect === 'atom' && /^0\./.test(attributes.version ?? '');
    if (local === 'channel') this.addLink(this.feed, attributes.href, base, 1);
  }

  private startsEntry({ family, local }: Frame): boolean {
    if (!isOwn(family)) return false;
    return this.leaf ? local === ITEM_OF[this.dialect!] : local === 'item' || local === 'entry';
  }

  private openEntry(frame: Frame, attributes: Attributes): void {
    if (this.leaf) this.closeLeaf();
    frame.role = 'entry';
    if (this.entries.length >= MOST_ITEMS) {
      this.itemsLeftOut = true;
      this.entry = new Draft();
      return;
    }
    this.entry = new Draft();
    this.entries.push(this.entry);
    const about = attributes['rdf:about'] ?? '';
    this.entry.add('id', 2, resolveAddress(about, frame.base) ?? about);
    this.addLink(this.entry, webAddress(about, frame.base) ?? '', frame.base, 8);
    // Channel definition files have both in attributes.
    this.addLink(this.entry, attributes.href, frame.base, 0);
    this.entry.add('updated', 3, attributes.lastmod ?? '');
  }

  /** RSS's elements do not stand in each other: one that does shows that the one before was not closed. */
  private isSibling({ family, local }: Frame): boolean {
    if (this.dialect === 'atom' || !isOwn(family) || (this.leaf!.inner.length > 0 && ALSO_HTML.has(local))) return false;
    return placesOf(this.entry !== null, family, local) !== undefined && !MAY_NEST.has(local);
  }

  private openKnown(frame: Frame, attributes: Attributes): void {
    const { family, local } = frame;
    if (isOwn(family) && local === 'channel') return this.addLink(this.feed, attributes.href, frame.base, 1);
    // Channel definition files name their page by a link as pages have it.
    if (isOwn(family) && local === 'a') this.addLink(this.entry ?? this.feed, attributes.href, frame.base, 2);
    const places = placesOf(this.entry !== null, family, local);
    if (places === undefined) {
      frame.role = isTransparent(family, local) ? 'around' : 'muted';
      return;
    }
    frame.role = 'leaf';
    this.leaf = { frame, attributes, places, pieces: [], length: 0, inner: [], person: { name: '', email: '' } };
  }

  private openInner(leaf: Leaf, frame: Frame, attributes: Attributes): void {
    frame.role = 'inner';
    leaf.inner.push(frame.local);
    if (leaf.length > MOST_LEAF) return;
    const markup = tagOf(frame, attributes);
    leaf.length += markup.length;
    leaf.pieces.push({ markup });
  }

  /** What holds several forms of one text is no text itself. */
  private openAlternatives({ frame }: Leaf): void {
    frame.role = 'around';
    this.leaf = null;
  }

  /** Among several forms of a content the one with markup is taken. */
  private lessAsPlain({ frame, attributes }: Leaf): number {
    return frame.local === 'content' && /^text\/plain$/i.test(attributes.type?.trim() ?? '') ? 0.5 : 0;
  }

  private closeInner(leaf: Leaf, { local }: Frame): void {
    leaf.inner.pop();
    if (leaf.length <= MOST_LEAF && TAG.test(local) && !VOID.has(local)) leaf.pieces.push({ markup: `</${local}>` });
  }

  private closeLeaf(): void {
    const leaf = this.leaf!;
    const { frame, attributes, places, pieces } = leaf;
    this.leaf = null;
    const draft = this.entry ?? this.feed;
    for (const [field, rank] of places) {
      if (field === 'link') this.closeLink(draft, leaf);
      else if (field === 'author') draft.add('author', rank, personOf(leaf));
      else if (field === 'title') draft.add('title', rank, asHtml(pieces, this.modeOf(leaf, 'guess')), frame.base);
      else if (field === 'summary' || field === 'content') {
        const html = asHtml(pieces, this.modeOf(leaf, frame.local === 'subtitle' ? 'guess' : 'html'));
        // A second description is the full text.
        const isSecond = field === 'summary' && this.dialect === 'rss' && draft.has('summary', rank) && !draft.has('content', 0);
        draft.add(isSecond ? 'content' : field, rank + this.lessAsPlain(leaf), html, frame.base);
      } else draft.add(field, rank, textOf(pieces));
    }
    if (['guid', 'id'].includes(frame.local) && this.entry) this.addPermalink(this.entry, textOf(pieces), attributes.ispermalink);
  }

  private modeOf({ frame, attributes }: Leaf, otherwise: Mode): Mode {
    const isAtom = frame.family === 'atom' || (this.dialect === 'atom' && frame.family === 'own');
    return isAtom || (isOwn(frame.family) && attributes.type !== undefined) ? atomMode(attributes, this.isOldAtom) : otherwise;
  }

  /** Atom's links stand in an attribute, RSS's in the text; either is found in the other. */
  private closeLink(draft: Draft, { frame, attributes, pieces }: Leaf): void {
    const text = textOf(pieces);
    const rel = (attributes.rel ?? '').trim().toLowerCase();
    if (rel !== '' && !/^(?:http:\/\/www\.iana\.org\/assignments\/relation\/)?alternate$/.test(rel)) return;
    if (this.dialect === 'rss' && text !== '') return this.addLink(draft, text, frame.base, 0);
    const isPage = attributes.type === undefined || /html/i.test(attributes.type);
    this.addLink(draft, attributes.href, frame.base, isPage ? 1 : 2);
    this.addLink(draft, text, frame.base, 3);
  }

  private addPermalink(entry: Draft, guid: string, isPermalink: string | undefined): void {
    if (isPermalink?.trim().toLowerCase() === 'false') return;
    const base = this.frames.at(-1)?.base ?? this.base;
    this.addLink(entry, isPermalink === undefined ? (/^https?:/i.test(guid) ? guid : '') : guid, base, 7);
  }

  private addLink(draft: Draft, written: string | undefined, base: string | null, rank: number): void {
    draft.add('link', rank, resolveAddress(written ?? '', base) ?? '');
  }
}

const isOwn = (family: Family) => family === 'own' || family === 'rss' || family === 'atom' || family === 'rdf';

/** One of several forms of a text, as Atom 0.3 may have them in a content of the type multipart/alternative. */
function isAlternative({ frame, attributes }: Leaf, { family, local }: Frame): boolean {
  return isOwn(family) && local === 'content' && frame.local === 'content' && /^multipart\//i.test(attributes.type?.trim() ?? '');
}

function withDeclarations(around: ReadonlyMap<string, Family> = new Map(), attributes: Attributes): ReadonlyMap<string, Family> {
  let namespaces: Map<string, Family> | null = null;
  for (const [name, uri] of Object.entries(attributes)) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue;
    namespaces ??= new Map(around);
    if (namespaces.size >= MOST_NAMESPACES) break;
    const prefix = name.slice(6);
    namespaces.set(prefix, familyOfNamespace(uri) ?? familyOfStrange(prefix, uri, around));
  }
  return namespaces ?? around;
}

/** A usual prefix at a strange address is a slip. The root's own namespace is the dialect's; one further in is somebody else's. */
function familyOfStrange(prefix: string, uri: string, around: ReadonlyMap<string, Family>): Family {
  if (prefix !== '') return familyOfUndeclared(prefix);
  return uri.trim() === '' || around.size === 0 || around.get('') === 'own' ? 'own' : 'other';
}

function personOf({ pieces, person }: Leaf): string {
  const [name, email] = [person.name.trim(), person.email.trim()];
  return (name || email || textOf(pieces)).replace(/\s+/g, ' ');
}

const textOf = (pieces: readonly Piece[]) =>
  pieces
    .map((piece) => ('text' in piece ? piece.text : ''))
    .join('')
    .trim();

const TAG = /^[a-z][a-z0-9]*$/;
const VOID = new Set(['br', 'hr', 'img', 'input', 'wbr', 'col', 'area', 'embed', 'source', 'param', 'meta', 'link']);
const ADDRESSES = new Set(['href', 'src', 'cite', 'poster', 'longdesc']);

/** An element of the content as HTML, its addresses resolved here, where xml:base is known. What it may say is judged later. */
function tagOf({ local, base }: Frame, attributes: Attributes): string {
  if (!TAG.test(local)) return '';
  const written = Object.entries(attributes)
    .filter(([name]) => TAG.test(name))
    .map(([name, value]) => ` ${name}="${escapeAttribute(ADDRESSES.has(name) ? (resolveAddress(value, base) ?? '') : value)}"`);
  return `<${local}${written.join('')}>`;
}
