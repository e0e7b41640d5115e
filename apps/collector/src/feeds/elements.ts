/** The dialects of feeds. RDF is RSS 0.90 and 1.0, whose items stand beside the channel. */
export type Dialect = 'rss' | 'rdf' | 'atom';
/** Whose word an element is; `own` belongs to the dialect itself. */
export type Family = 'own' | 'rss' | 'atom' | 'rdf' | 'dc' | 'dcterms' | 'content' | 'other';

/** By the address of the namespace, lower case; several editions of one vocabulary are one family. */
const NAMESPACES: readonly [string, Family][] = [
  ['http://www.w3.org/2005/atom', 'atom'],
  ['http://purl.org/atom/ns', 'atom'],
  ['http://www.w3.org/1999/02/22-rdf-syntax-ns', 'rdf'],
  ['http://purl.org/dc/elements/', 'dc'],
  ['http://purl.org/dc/terms', 'dcterms'],
  ['http://purl.org/rss/1.0/modules/content', 'content'],
  ['http://purl.org/rss/1.0/modules/', 'other'],
  ['http://purl.org/rss/1.0', 'rss'],
  ['http://purl.org/net/rss1', 'rss'],
  ['http://my.netscape.com/', 'rss'],
  ['http://channel.netscape.com/', 'rss'],
  ['http://my.userland.com/', 'rss'],
  ['http://backend.userland.com/', 'rss'],
  ['http://blogs.law.harvard.edu/tech/rss', 'rss'],
];
/** A prefix that nobody declared means what it always means. */
const USUAL_PREFIXES: Record<string, Family> = {
  rdf: 'rdf',
  dc: 'dc',
  dcterms: 'dcterms',
  content: 'content',
  atom: 'atom',
  atom10: 'atom',
};

export function familyOf(prefix: string, uri: string | undefined, dialect: Dialect | null): Family {
  const known = uri === undefined ? undefined : NAMESPACES.find(([start]) => uri.toLowerCase().startsWith(start))?.[1];
  const family = known ?? (prefix === '' ? 'own' : uri === undefined ? (USUAL_PREFIXES[prefix.toLowerCase()] ?? 'other') : 'other');
  if (family === 'rss' && dialect !== 'atom') return 'own';
  return family === 'atom' && dialect === 'atom' ? 'own' : family;
}

/**
 * The elements whose text is read, by family and name, and the name under which the parser gets them. Dates go under names of
 * ours, because rss-parser would throw on one that it cannot read, or read it in the machine's own zone.
 */
const DATES = {
  'dc:date': 'when:published',
  'dcterms:issued': 'when:published',
  'dcterms:created': 'when:published',
  'dcterms:modified': 'when:updated',
};
const SHARED = { 'dc:creator': 'dc:creator', 'dc:title': 'dc:title', 'content:encoded': 'content:encoded', ...DATES };
const RSS: Record<string, string> = {
  ...SHARED,
  'own:title': 'title',
  'own:link': 'link',
  'own:description': 'description',
  'own:summary': 'summary',
  'own:content': 'content:encoded',
  'own:guid': 'guid',
  'own:id': 'guid',
  'own:author': 'author',
  'own:pubdate': 'when:published',
  'own:published': 'when:published',
  'own:date': 'when:published',
  'atom:published': 'when:published',
  'own:lastbuilddate': 'when:updated',
  'own:updated': 'when:updated',
  'atom:updated': 'when:updated',
  'atom:summary': 'summary',
  'atom:content': 'content:encoded',
};
const ATOM: Record<string, string> = {
  ...SHARED,
  'own:title': 'title',
  'own:link': 'link',
  'own:id': 'id',
  'own:summary': 'summary',
  'own:content': 'content',
  'own:name': 'name',
  'own:published': 'when:published',
  'own:issued': 'when:published',
  'own:created': 'when:published',
  'own:updated': 'when:updated',
  'own:modified': 'when:updated',
};

export function leafName(dialect: Dialect, family: Family, local: string): string | undefined {
  const names = dialect === 'atom' ? ATOM : RSS;
  const key = `${family}:${local}`;
  return Object.hasOwn(names, key) ? names[key] : undefined;
}
