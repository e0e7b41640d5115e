import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { TOPICS, channel } from '@huiying/contracts';
import { stableId } from '@huiying/domain';
import { outgoing } from '@huiying/messaging';
import { CollectedOpinions, EvidenceDocuments, type Queries, type SeenItem, type SourceRow, type Tx } from '@huiying/persistence';
import type { FeedItem } from '../feeds/index.js';

/** A document that items were read from, as it came. */
export interface CapturedDocument {
  bytes: Buffer;
  url: string | null;
  contentType: string | null;
  headers: Record<string, string>;
}

/** Items of one source, the document they came in, and when. */
export interface Capture {
  source: Pick<SourceRow, 'id' | 'name' | 'channel' | 'setting'>;
  items: readonly FeedItem[];
  document: CapturedDocument;
  at: Date;
}

/** What was new: opinions not seen before, and edits of known ones. */
export interface Arrivals {
  added: number;
  edited: number;
}

/** A capture ready to be written: without what is known already, its document packed. */
export interface PreparedCapture {
  capture: Capture;
  seen: { item: FeedItem; seen: SeenItem }[];
  sha256: string;
  packed: Buffer;
}

const pack = promisify(gzip);

/** The work that needs no transaction. Null where nothing seems new: the usual end of a poll, for one query. */
export async function prepareCapture(on: Queries, capture: Capture): Promise<PreparedCapture | null> {
  if (capture.items.length === 0) return null;
  const all = capture.items.map((item) => ({ item, seen: seenItem(capture.source.id, item) }));
  const unchanged = await new CollectedOpinions(on).unchanged(all.map((a) => a.seen));
  const seen = all.filter((a) => !unchanged.has(a.seen.opinionId));
  if (seen.length === 0) return null;
  const { bytes } = capture.document;
  return { capture, seen, sha256: createHash('sha256').update(bytes).digest('hex'), packed: await pack(bytes) };
}

/** Writes what is new, its evidence and the events of it: one commit with whatever else `tx` does. */
export async function keepCapture(tx: Tx, { capture, seen, sha256, packed }: PreparedCapture): Promise<Arrivals> {
  const { source, document, at } = capture;
  const items = seen.map((s) => s.seen);
  const revisions = await new CollectedOpinions(tx).record(source.id, items, { at, sha256 });
  if (revisions.size === 0) return { added: 0, edited: 0 };
  const { url, contentType, headers, bytes } = document;
  const evidence = { sha256, sourceId: source.id, url, capturedAt: at, contentType, headers, size: bytes.length, body: packed };
  await new EvidenceDocuments(tx).keep(evidence);
  let added = 0;
  for (const { item, seen: seenNow } of seen) {
    const revision = revisions.get(seenNow.opinionId);
    if (revision === undefined) continue;
    if (revision === 1) added++;
    const about = { opinionId: seenNow.opinionId, revision, sha256 };
    tx.send(source.setting?.policies === true ? found(capture, item, about) : collected(capture, item, about));
  }
  return { added, edited: revisions.size - added };
}

function collected({ source, at }: Capture, item: FeedItem, about: { opinionId: string; revision: number; sha256: string }) {
  const id = stableId(TOPICS.opinionCollected, about.opinionId, about.revision);
  return outgoing(
    TOPICS.opinionCollected,
    about.opinionId,
    { id, occurredAt: at, causedBy: null },
    {
      ...about,
      sourceId: source.id,
      sourceName: source.name,
      channel: channel.parse(source.channel),
      title: item.title,
      text: item.text,
      url: item.url,
      author: item.author,
      publishedAt: item.publishedAt?.toISOString() ?? null,
      capturedAt: at.toISOString(),
      order: null,
      ...(source.setting === null ? {} : { fromCity: source.setting.belongsToCity }),
    },
  );
}

/** An entry of a list of policy documents: for the register, not for judging. */
function found({ source, at }: Capture, item: FeedItem, about: { opinionId: string; revision: number; sha256: string }) {
  const { opinionId: documentId, revision, sha256 } = about;
  const id = stableId(TOPICS.policyDocumentFound, documentId, revision);
  return outgoing(
    TOPICS.policyDocumentFound,
    documentId,
    { id, occurredAt: at, causedBy: null },
    {
      documentId,
      revision,
      sha256,
      sourceId: source.id,
      sourceName: source.name,
      title: item.title,
      text: item.text,
      url: item.url,
      publishedAt: item.publishedAt?.toISOString() ?? null,
      capturedAt: at.toISOString(),
    },
  );
}

/** Title and text without white space: what moves when a page is laid out anew is no edit. */
function seenItem(sourceId: string, item: FeedItem): SeenItem {
  const content = [item.title, item.text].map((part) => part.replace(/\s+/g, '')).join('\u001f');
  return {
    opinionId: stableId(sourceId, item.identity),
    identity: item.identity,
    contentHash: createHash('sha256').update(content).digest(),
  };
}
