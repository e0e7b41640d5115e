/** The dialects of feeds: RSS 0.9–2.0 with its kin (RDF, CDF), and Atom. */
export type Dialect = 'rss' | 'atom';
/** Whose word an element is; `own` is what no vocabulary claims, and so the dialect's. */
export type Family = 'own' | 'rss' | 'atom' | 'rdf' | 'dc' | 'dcterms' | 'content' | 'media' | 'itunes' | 'xhtml' | 'other';
/** What is read of a feed and of an entry. */
export type Field = 'id' | 'title' | 'link' | 'summary' | 'content' | 'author' | 'language' | 'published' | 'updated';
/** A field, and how much the element is trusted for it: 0 is asked first. */
export type Place = readonly [Field, number];

/** By the address of the namespace, lower case; several editions of one vocabulary are one family. */
const NAMESPACES: readonly [string, Family][] = [
  ['http://www.w3.org/2005/atom', 'atom'],
  ['http://purl.org/atom/', 'atom'],
  ['http://www.w3.org/1999/02/22-rdf-syntax-ns', 'rdf'],
  ['http://purl.org/dc/terms', 'dcterms'],
  ['http://purl.org/dc/', 'dc'],
  ['http://purl.org/rss/1.0/modules/content', 'content'],
  ['http://purl.org/rss/1.0/modules/dcterms', 'dcterms'],
  ['http://purl.org/rss/1.0/modules/dc/', 'dc'],
  ['http://purl.org/rss/1.0/modules/', 'other'],
  ['http://purl.org/rss/', 'rss'],
  ['http://purl.org/net/rss1', 'rss'],
  ['http://my.netscape.com/', 'rss'],
  ['http://channel.netscape.com/', 'rss'],
  ['http://my.userland.com/', 'rss'],
  ['http://backend.userland.com/', 'rss'],
  ['http://blogs.law.harvard.edu/tech/rss', 'rss'],
  ['http://cyber.law.harvard.edu/rss', 'rss'],
  ['http://www.rssboard.org/rss', 'rss'],
  ['http://search.yahoo.com/mrss', 'media'],
  ['http://video.search.yahoo.com/mrss', 'media'],
  ['http://www.itunes.com/', 'itunes'],
  ['http://example.com/dtds/podcast', 'itunes'],
  ['http://www.w3.org/1999/xhtml', 'xhtml'],
];

/** A prefix that nobody declared means what it always means. */
const USUAL_PREFIXES: Record<string, Family> = {
  rss: 'rss',
  rdf: 'rdf',
  dc: 'dc',
  dcterms: 'dcterms',
  content: 'content',
  atom: 'atom',
  atom10: 'atom',
  atom03: 'atom',
  media: 'media',
  itunes: 'itunes',
  xhtml: 'xhtml',
};

/** The family that a namespace's address stands for; undefined for one that is not known. */
export function familyOfNamespace(uri: string): Family | undefined {
  const lower = uri.trim().toLowerCase();
  return NAMESPACES.find(([start]) => lower.startsWith(start))?.[1];
}

export function familyOfUndeclared(prefix: string): Family {
  return prefix === '' ? 'own' : Object.hasOwn(USUAL_PREFIXES, prefix) ? USUAL_PREFIXES[prefix]! : 'other';
}

const SHARED: Record<string, Place[]> = {
  'own:title': [['title', 0]],
  'dc:title': [['title', 1]],
  'media:title': [['title', 3]],
  'itunes:title': [['title', 4]],
  'own:link': [['link', 0]],
  'dc:creator': [['author', 0]],
  'own:author': [['author', 1]],
  'dc:author': [['author', 2]],
  'itunes:author': [['author', 3]],
  'own:updated': [['updated', 0]],
  'own:modified': [['updated', 1]],
  'dcterms:modified': [['updated', 1]],
};

/** Of the channel, or Atom's feed. */
const FEED: Record<string, Place[]> = {
  ...SHARED,
  'own:description': [['summary', 0]],
  'own:subtitle': [['summary', 0]],
  'own:tagline': [['summary', 0]],
  'own:abstract': [['summary', 1]],
  'dc:description': [['summary', 2]],
  'itunes:summary': [['summary', 3]],
  'itunes:subtitle': [['summary', 4]],
  'own:managingeditor': [['author', 0]],
  'own:language': [['language', 0]],
  'dc:language': [['language', 1]],
  'own:lastbuilddate': [['updated', 0]],
  'dc:date': [['updated', 1]],
  'own:pubdate': [['updated', 2]],
  'own:published': [['updated', 3]],
  'own:issued': [['updated', 3]],
  'dcterms:issued': [['updated', 3]],
};

/** Of an item or entry. A date of Dublin Core names no occasion; it is taken for both. */
const ENTRY: Record<string, Place[]> = {
  ...SHARED,
  'own:guid': [['id', 0]],
  'own:id': [['id', 1]],
  'dc:identifier': [['id', 3]],
  'own:description': [['summary', 0]],
  'own:summary': [['summary', 0]],
  'own:abstract': [['summary', 1]],
  'dc:description': [['summary', 2]],
  'dcterms:abstract': [['summary', 2]],
  'itunes:summary': [['summary', 3]],
  'itunes:subtitle': [['summary', 4]],
  'media:description': [['summary', 5]],
  'content:encoded': [['content', 0]],
  'own:content': [['content', 0]],
  'own:fullitem': [['content', 1]],
  'own:body': [['content', 2]],
  'xhtml:body': [['content', 2]],
  'xhtml:div': [['content', 3]],
  'own:pubdate': [['published', 0]],
  'own:published': [['published', 0]],
  'own:issued': [['published', 1]],
  'dcterms:issued': [['published', 1]],
  'own:date': [['published', 1]],
  'dc:date': [
    ['published', 2],
    ['updated', 2],
  ],
  'own:created': [['published', 4]],
  'dcterms:created': [['published', 4]],
  'own:lastbuilddate': [['updated', 2]],
};

/** Where an element's text belongs; undefined for one that is not read. */
export function placesOf(inEntry: boolean, family: Family, local: string): readonly Place[] | undefined {
  const places = inEntry ? ENTRY : FEED;
  const key = `${family === 'rss' || family === 'atom' ? 'own' : family}:${local}`;
  return Object.hasOwn(places, key) ? places[key] : undefined;
}

/** Unknown elements whose inside is read all the same. */
export function isTransparent(family: Family, local: string): boolean {
  return family === 'media' ? local === 'group' || local === 'content' : family === 'own' && (local === 'items' || local === 'entries');
}
