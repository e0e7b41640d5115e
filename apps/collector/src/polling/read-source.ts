import type { PageReading, SourceCause } from '@huiying/contracts';
import type { FetchedDocument, FetchFailure, Validators } from '@huiying/fetching';
import type { ArticleCheckRow } from '@huiying/persistence';
import type { CapturedDocument } from '../collecting/index.js';
import { parseFeed, type FeedItem } from '../feeds/index.js';
import { readArticle, readJson, readList, type ListedArticle } from '../pages/index.js';
import { zoneOf, type CollectorSource } from '../sources/index.js';
import { checkOf, dueChecks, type DueCheck } from './article-checks.js';
import { causeOfDocument, causeOfFetch, oddityOf } from './failure-cause.js';
import type { PoliteFetcher } from './polite-fetcher.js';

/** Items and the document they stand in: the evidence. */
export interface ReadDocument {
  items: FeedItem[];
  document: CapturedDocument;
}

/** What reading a source brought. */
export type Reading =
  | { outcome: 'not-modified' }
  | {
      outcome: 'read';
      documents: ReadDocument[];
      validators: Validators;
      /** Entries listed, whether known or not. */
      listed: number;
      oddity: SourceCause | null;
      /** For a page: where on it the list stands. */
      foundAt: string | null;
      contentType: string | null;
      /** In English, for the log. */
      problems: string[];
      /** When the articles of a page are looked at again. */
      checks: readonly ArticleCheckRow[];
    }
  | { outcome: 'failed'; cause: SourceCause; said: string; reason: string; retryAfterSeconds: number | null };

export interface ReadParts {
  fetcher: PoliteFetcher;
  /** Of these addresses, those whose articles are known: they are not fetched again. */
  known: (identities: readonly string[]) => Promise<ReadonlySet<string>>;
  /** When these articles were read last; a trial has none, and looks at none again. */
  checks: (urls: readonly string[]) => Promise<ReadonlyMap<string, ArticleCheckRow>>;
  now: Date;
  /** Articles fetched at most; the rest come at the next poll. */
  mostArticles: number;
  validators: Validators;
  /** How long one poll may take, from its beginning; articles that would not fit in come at the next. */
  budgetMs: number;
}

interface ReadPage {
  document: FetchedDocument;
  articles: ListedArticle[];
}

/** Articles that could not be had so often are taken by what the list says of them. */
const TRIES = 3;

/** Fetches a source and reads what it holds. Never throws for anything that the source does. */
export class SourceReader {
  /** How often each article could not be had; bounded, and begun anew with the process. */
  private readonly missed = new Map<string, number>();

  async read(source: CollectorSource, parts: ReadParts): Promise<Reading> {
    const answer = await parts.fetcher.fetch(source, source.url!, parts.validators);
    if (answer.outcome === 'not-modified') return answer;
    if (answer.outcome === 'failed') return { ...answer, outcome: 'failed', cause: answer.cause ?? causeOfFetch(answer as FetchFailure) };
    if (source.kind === 'page') return this.readPage(source, answer, parts);
    return source.kind === 'json' ? readJsonSource(source, answer) : readFeed(source, answer);
  }

  private async readPage(source: CollectorSource, first: FetchedDocument, parts: ReadParts): Promise<Reading> {
    const begunAt = performance.now();
    const reading: Partial<PageReading> = source.page ?? {};
    const list = readList(first, reading, zoneOf(source));
    if (list.outcome === 'unreadable') return failed(list.kind, list.said);
    const pages: ReadPage[] = [{ document: first, articles: list.articles }];
    for (let next = list.next; next !== null && pages.length < (reading.pages ?? 1);) {
      const answer = await parts.fetcher.fetch(source, next, NOTHING_KNOWN);
      const more = answer.outcome === 'fetched' ? readList(answer, reading, zoneOf(source)) : null;
      if (answer.outcome !== 'fetched' || more?.outcome !== 'read') break;
      pages.push({ document: answer, articles: more.articles });
      next = more.next;
    }
    const listed = pages.flatMap(({ articles }) => articles);
    const { documents, checks } =
      reading.articles === false
        ? {
            documents: pages.map(({ document, articles }) => ({ document, items: articles.map((article) => itemOf(article)) })),
            checks: [],
          }
        : await this.readArticles(source, pages, parts, begunAt);
    const oddity = list.unreadable > 0.02 ? 'encoding' : oddityOf(listed);
    // What a page says of its own age is no proof that its list is unchanged, so it is asked for whole each time.
    return { ...read(first, documents, listed.length, oddity), validators: NOTHING_KNOWN, foundAt: list.at, checks };
  }

  /** The articles that are not known yet, each from its own page; newest first as lists have them, so the rest is older and comes later. */
  private async readArticles(source: CollectorSource, pages: readonly ReadPage[], parts: ReadParts, begunAt: number) {
    const listed = pages.flatMap(({ document, articles }) => articles.map((article) => ({ article, page: document })));
    const known = await parts.known(listed.map(({ article }) => article.url));
    const documents: ReadDocument[] = [];
    const checks: ArticleCheckRow[] = [];
    for (const { article, page } of listed.filter(({ article: { url } }) => !known.has(url)).slice(0, parts.mostArticles)) {
      const left = parts.budgetMs - (performance.now() - begunAt);
      const answer = await parts.fetcher.fetch(source, article.url, NOTHING_KNOWN, left);
      const found = answer.outcome === 'fetched' ? await readArticle(answer, source.page ?? {}, zoneOf(source)) : null;
      if (answer.outcome === 'fetched' && found !== null) {
        documents.push({ document: answer, items: [itemOf(article, found)] });
        checks.push(checkOf(article, parts.now, { checks: 0, ...answer.validators }));
      } else if (left <= 0 || (answer.outcome === 'failed' && answer.kind === 'too-soon')) break;
      else if (this.isGivenUp(article.url)) documents.push({ document: page, items: [itemOf(article)] });
    }
    const again = listed.flatMap(({ article }) => (known.has(article.url) ? [article] : []));
    const { due, takenUp } = dueChecks(again, await parts.checks(again.map(({ url }) => url)), parts.now);
    for (const one of due.slice(0, parts.mostArticles - documents.length)) {
      const left = parts.budgetMs - (performance.now() - begunAt);
      if (left <= 0) break;
      const seen = await this.lookAgain(source, one, parts, left);
      if (seen.document) documents.push(seen.document);
      checks.push(seen.check);
    }
    return { documents, checks: [...checks, ...takenUp] };
  }

  /** Asks for an article that is known: only if it was changed, unless its list says so. What cannot be had now is asked for whole at the next look. */
  private async lookAgain(source: CollectorSource, { article, check, isRenamed }: DueCheck, parts: ReadParts, left: number) {
    const answer = await parts.fetcher.fetch(source, article.url, isRenamed ? NOTHING_KNOWN : check, left);
    const found = answer.outcome === 'fetched' ? await readArticle(answer, source.page ?? {}, zoneOf(source)) : null;
    const document = answer.outcome === 'fetched' && found !== null ? { document: answer, items: [itemOf(article, found)] } : null;
    const kept = document?.document.validators ?? (answer.outcome === 'not-modified' ? check : NOTHING_KNOWN);
    const { etag, lastModified } = kept;
    return { document, check: checkOf(article, parts.now, { checks: isRenamed ? 0 : check.checks + 1, etag, lastModified }) };
  }

  /** True once an article could not be had so often that the list's own words must do. */
  private isGivenUp(url: string): boolean {
    const times = (this.missed.get(url) ?? 0) + 1;
    this.missed.delete(url);
    if (times >= TRIES) return true;
    this.missed.set(url, times);
    if (this.missed.size > 5_000) this.missed.delete(this.missed.keys().next().value!);
    return false;
  }
}

const NOTHING_KNOWN: Validators = { etag: null, lastModified: null };

function read(answer: FetchedDocument, documents: ReadDocument[], listed: number, oddity: SourceCause | null) {
  return {
    outcome: 'read' as const,
    documents,
    validators: answer.validators,
    listed,
    oddity,
    foundAt: null,
    contentType: answer.contentType,
    problems: [],
    checks: [],
  };
}

async function readFeed(source: CollectorSource, answer: FetchedDocument): Promise<Reading> {
  const feed = await parseFeed(answer, zoneOf(source));
  if (feed.outcome === 'unreadable') return failed(feed.kind, feed.said, feed.reason);
  const oddity = oddityOf(feed.items);
  return { ...read(answer, [{ items: feed.items, document: answer }], feed.items.length, oddity), problems: feed.problems };
}

function readJsonSource(source: CollectorSource, answer: FetchedDocument): Reading {
  const json = readJson(answer, source.json ?? {}, zoneOf(source));
  if (json.outcome === 'unreadable') return failed(json.kind, json.said);
  return read(answer, [{ items: json.items, document: answer }], json.items.length, oddityOf(json.items));
}

function failed(kind: Parameters<typeof causeOfDocument>[0], said: string, reason = kind as string): Reading {
  return { outcome: 'failed', cause: causeOfDocument(kind), said, reason, retryAfterSeconds: null };
}

/** An article as an item: what its own page says goes before what the list says. */
function itemOf(listed: ListedArticle, own: Awaited<ReturnType<typeof readArticle>> = null): FeedItem {
  const isCut = /(?:\.{2,}|…)$/.test(listed.title);
  return {
    identity: listed.url,
    title: isCut && own?.title ? own.title : listed.title,
    text: own?.text ?? listed.text,
    url: listed.url,
    author: own?.author ?? null,
    publishedAt: own?.publishedAt ?? listed.publishedAt,
  };
}
