import type { CheerioAPI } from 'cheerio/slim';
import type { Element, AnyNode } from 'domhandler';
import { linkOf } from '@huiying/fetching/pages';

/** One entry of a list as it stands on the page. */
export interface ListPlace {
  item: Element;
  anchor: Element;
  url: string;
}

export interface FoundList {
  places: ListPlace[];
  /** What the list was recognised by, e.g. ul.news > li; for the preview. */
  at: string;
}

const FEWEST = 3;
const MOST_ANCHORS = 4_000;
/** Shorter words are buttons and sections, not headlines. */
const SHORTEST_TITLE = 6;
const ASIDE =
  /(?:^|[-_\s])(?:nav|menu|foot|footer|header|top|crumb|breadcrumb|friend|copyright|links?|login|share|banner|sidebar|map)(?:$|[-_\s\d])/i;
const DATE = /(?:(?:19|20)\d{2}\s*[-/.年]\s*)?\d{1,2}\s*[-/.月]\s*\d{1,2}/;

/**
 * The list of articles on a page, found by what all such lists have in common: many links that stand at the same place of the page's
 * structure, with headlines for words and mostly a date beside them. Null where nothing on the page looks like one.
 */
export function findList($: CheerioAPI, base: string): FoundList | null {
  const groups = new Map<string, ListPlace[]>();
  for (const anchor of $('a[href]').toArray().slice(0, MOST_ANCHORS)) {
    const url = linkOf($(anchor).attr('href'), base);
    if (url === null || titleOf($, anchor).length < SHORTEST_TITLE) continue;
    const path = pathOf(anchor);
    groups.set(path, [...(groups.get(path) ?? []), { item: anchor, anchor, url }]);
  }
  let best: { score: number; path: string; places: ListPlace[] } | null = null;
  for (const [path, group] of groups) {
    const places = withItems(group);
    const score = scoreOf($, path, places, base);
    if (score > (best?.score ?? 0)) best = { score, path, places };
  }
  return best && { places: best.places, at: shortPath(best.path) };
}

/** The words of a link; its title attribute where the words were cut short for the layout. */
export function titleOf($: CheerioAPI, anchor: AnyNode): string {
  const words = $(anchor).text().replace(/\s+/g, ' ').trim();
  const whole = ($(anchor).attr('title') ?? '').replace(/\s+/g, ' ').trim();
  const kept = words.replace(/\s*(?:\.{2,}|…+)$/, '');
  return whole !== '' && whole.length >= kept.length && whole.startsWith(kept) ? whole : words;
}

/** An entry is the largest part of the page that holds this link and no other of its group. */
function withItems(group: readonly ListPlace[]): ListPlace[] {
  const holds = new Map<AnyNode, Set<string>>();
  for (const { anchor, url } of group) {
    for (let node: AnyNode | null = anchor; node; node = node.parent) holds.set(node, (holds.get(node) ?? new Set()).add(url));
  }
  const seen = new Set<string>();
  return group.flatMap(({ anchor, url }) => {
    if (seen.has(url)) return [];
    seen.add(url);
    let item = anchor;
    while (item.parent && 'attribs' in item.parent && holds.get(item.parent)!.size === 1) item = item.parent;
    return [{ item, anchor, url }];
  });
}

function scoreOf($: CheerioAPI, path: string, places: readonly ListPlace[], base: string): number {
  if (places.length < FEWEST) return 0;
  const lengths = places.map(({ anchor }) => Math.min(titleOf($, anchor).length, 30));
  const length = lengths.reduce((a, b) => a + b, 0) / places.length;
  const share = (is: (place: ListPlace) => boolean) => places.filter(is).length / places.length;
  const dated = share(({ item, anchor }) => DATE.test($(item).text().replace($(anchor).text(), '')));
  const host = new URL(base).host;
  const near = share(({ url }) => new URL(url).host === host);
  const aside = path.split('>').some((step) => ASIDE.test(step.replace(/[.#]/g, ' '))) ? 0.15 : 1;
  return Math.min(places.length, 40) * length * (1 + 3 * dated) * (0.4 + 0.6 * near) * aside * (length < 9 ? 0.4 : 1);
}

/** Where a node stands: the names and classes above it, without what differs from entry to entry. */
function pathOf(node: Element): string {
  const steps: string[] = [];
  for (let at: AnyNode | null = node; at && 'attribs' in at; at = at.parent) steps.push(stepOf(at));
  return steps.reverse().join('>');
}

const CHANGING = /\d|^(?:odd|even|first|last|active|on|current|cur|hover|new|top)$/i;

function stepOf({ name, attribs }: Element): string {
  const classes = (attribs.class ?? '').split(/\s+/).filter((one) => one !== '' && !CHANGING.test(one));
  const id = attribs.id !== undefined && !CHANGING.test(attribs.id) && name !== 'li' && name !== 'a' ? `#${attribs.id}` : '';
  return `${name}${id}${classes
    .slice(0, 2)
    .map((one) => `.${one}`)
    .join('')}`;
}

function shortPath(path: string): string {
  return path.split('>').slice(-4).join(' > ');
}
