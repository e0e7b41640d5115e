import { createHash } from 'node:crypto';
import { encode } from 'iconv-lite';
import type { DemoItem, FeedItemStep } from './demo-step.js';
import { districtPage } from './district/district-page.js';
import { DEMO_FEEDS, demoFeed, type DemoFeed } from './feeds/demo-feeds.js';
import { renderArticle, renderHome, renderOfficialPage } from './feeds/render-page.js';
import { renderFeed } from './feeds/render-feed.js';
import { liveItems, trickledBySerial } from './live/live-items.js';
import { slotAt, slotEnd } from './live/trickle.js';
import { after, wallTime } from './moments.js';
import { policyPage } from './policies.js';
import { officialPages, script } from './script.js';
import { demoOrigin } from './sources.js';

const ITEMS_PER_FEED = 30;
/** Quarter hours of the trickle that surely hold the newest 30 items of each feed: ten days and more. */
const LOOK_BACK_SLOTS = 1000;

export interface DemoResponse {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** What a polite reader sends to be told “nothing new”. */
export interface Conditions {
  ifNoneMatch?: string | undefined;
  ifModifiedSince?: string | undefined;
}

export interface DemoSite {
  /** Path without query. null = no such page, or not yet published. */
  documentFor(path: string, now: Date, conditions?: Conditions): DemoResponse | null;
}

/**
 * The demo city's web: feeds in their true encodings, article pages, official pages.
 * @param startedAt when this demo city was first loaded; the loader keeps it, so that a later start serves the same past
 * @param liveAt when what happens after the past began; null while the past is being played
 */
export function openDemoSite(startedAt: Date, demoPort: number, liveAt: () => Date | null = () => startedAt): DemoSite {
  const past = script(startedAt).flatMap((step) => (step.kind === 'feed-item' ? [step] : []));
  const byPath = new Map(past.map((step) => [step.item.path, step.item]));
  const pages = new Map(officialPages(startedAt).map((page) => [page.path, page]));
  const origin = demoOrigin(demoPort);

  // Told once per quarter of an hour, not once per poll.
  let told: { slot: number; steps: FeedItemStep[] } | null = null;
  const liveSteps = (now: Date): FeedItemStep[] => {
    const from = liveAt();
    if (from === null) return [];
    const slot = slotAt(from, now);
    if (told?.slot !== slot) told = { slot, steps: liveItems(from, slotEnd(from, slot), LOOK_BACK_SLOTS) };
    return told.steps;
  };
  let firstDay: Map<string, DemoItem> | null = null;
  const liveItemAt = (path: string): DemoItem | undefined => {
    const from = liveAt();
    if (from === null) return undefined;
    firstDay ??= new Map(liveItems(from, after(from, { days: 1 }), 0).map(({ item }) => [item.path, item]));
    return firstDay.get(path) ?? trickledBySerial(from, serialOf(path))?.item;
  };
  const itemsOf = (feed: DemoFeed, now: Date): DemoItem[] =>
    [...past, ...liveSteps(now)]
      .filter((step) => step.sourceId === feed.id && step.item.publishedAt <= now)
      .slice(-ITEMS_PER_FEED)
      .reverse()
      .map((step) => step.item);

  return {
    documentFor(path, now, conditions = {}) {
      const feed = DEMO_FEEDS.find((f) => f.feedPath === path);
      if (feed?.format === 'broken') return brokenAnswer(now);
      if (feed) {
        const items = itemsOf(feed, now);
        return conditional(renderFeed(feed, items, origin), items[0]?.publishedAt ?? startedAt, feedType(feed), conditions);
      }
      const notices = districtPage(startedAt, path, now);
      if (notices) return conditional(notices, now, HTML, {});
      const policies = policyPage(startedAt, path, now);
      if (policies) return conditional(policies, now, HTML, {});
      const official = pages.get(path);
      if (official && official.publishedAt <= now) return conditional(renderOfficialPage(official), official.publishedAt, HTML, conditions);
      const item = byPath.get(path) ?? liveItemAt(path);
      if (item && item.path === path && item.publishedAt <= now) {
        const owner = feedOfPath(path);
        return conditional(encode(renderArticle(owner, item), owner.bytes), item.publishedAt, htmlType(owner), conditions);
      }
      if (path === '/robots.txt')
        return conditional(Buffer.from('User-agent: *\nAllow: /\n'), startedAt, 'text/plain; charset=utf-8', conditions);
      return path === '/' ? conditional(renderHome(), startedAt, HTML, conditions) : null;
    },
  };
}

/** The feed document with one item alone: what a loader of the past hands to the collector's own parser. */
export function documentWith(sourceId: string, items: readonly DemoItem[], demoPort: number): { contentType: string; body: Buffer } {
  const feed = demoFeed(sourceId);
  return { contentType: feedType(feed), body: renderFeed(feed, items, demoOrigin(demoPort)) };
}

const HTML = 'text/html; charset=utf-8';

function feedType(feed: DemoFeed): string {
  const kind = { atom: 'application/atom+xml', rdf: 'application/rdf+xml', rss: 'application/rss+xml', broken: 'text/html' }[feed.format];
  // The metro paper's server is silent about the encoding, as many are: the declaration in the document must do.
  return feed.bytes === 'gbk' ? 'text/xml' : `${kind}; charset=${feed.declared}`;
}

function htmlType(feed: DemoFeed): string {
  return `text/html; charset=${feed.bytes === 'utf8' ? 'utf-8' : feed.bytes}`;
}

/** This county's site is down on purpose: an error page, and every other quarter hour a firewall's page that says 200. */
function brokenAnswer(now: Date): DemoResponse {
  const blocked = Math.floor(wallTime(now).minute / 15) % 2 === 1;
  const said = blocked ? '您的访问过于频繁，请完成验证后继续。' : '服务暂时不可用，请稍后再试。';
  const body = Buffer.from(
    `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>提示</title></head><body><p>${said}</p></body></html>`,
  );
  const headers: Record<string, string> = { 'content-type': HTML, 'content-length': String(body.length), 'cache-control': 'no-store' };
  return blocked ? { status: 200, headers, body } : { status: 503, headers: { ...headers, 'retry-after': '120' }, body };
}

function conditional(body: Buffer, modifiedAt: Date, contentType: string, { ifNoneMatch, ifModifiedSince }: Conditions): DemoResponse {
  const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 24)}"`;
  const headers: Record<string, string> = { etag, 'last-modified': modifiedAt.toUTCString(), 'cache-control': 'no-cache' };
  // RFC 9110 13.2.2: If-None-Match, where sent, decides alone.
  const unchanged =
    ifNoneMatch !== undefined
      ? ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
      : ifModifiedSince !== undefined && Math.floor(modifiedAt.getTime() / 1000) * 1000 <= Date.parse(ifModifiedSince);
  if (unchanged) return { status: 304, headers, body: Buffer.alloc(0) };
  return { status: 200, headers: { ...headers, 'content-type': contentType, 'content-length': String(body.length) }, body };
}

function serialOf(path: string): string {
  return /\/(\w+)\.html$/.exec(path)?.[1] ?? '';
}

function feedOfPath(path: string): DemoFeed {
  const feed = DEMO_FEEDS.find((f) => path.startsWith(`${f.folder}/`));
  if (!feed) throw new RangeError(`no demo feed has the page ${path}`);
  return feed;
}
