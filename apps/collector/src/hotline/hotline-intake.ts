import { createHash, randomBytes } from 'node:crypto';
import { TOPICS } from '@huiying/contracts';
import type { HotlineIntakeAnswer, HotlineRecord } from '@huiying/contracts/http';
import { stableId, type Clock, type Fault, type WorkCalendar } from '@huiying/domain';
import { outgoing } from '@huiying/messaging';
import { CollectorSources, HotlineOrders, type OrderVersion, type StoredOrder, type Store, type Tx } from '@huiying/persistence';
import { plainLine } from '@huiying/fetching/pages';
import { afterSuccess, settleSource, UNSEEN_LIST, type CollectorSource } from '../sources/index.js';
import { comparable } from './comparable-record.js';
import { maskedOpinion, type MaskedOpinion } from './masked-opinion.js';
import { maskedOrder } from './masked-order.js';
import { readRecord } from './read-record.js';
import type { RecordSeal } from '@huiying/platform';
import { SharedTurns } from './shared-turns.js';

type Result = HotlineIntakeAnswer['results'][number];

/** The source that records belong to, once the database has it. */
export interface HotlineSource {
  readonly hotline: Pick<CollectorSource, 'id' | 'name' | 'channel'>;
  /** By which the rhythm of its calls is reckoned. */
  readonly calendar?: WorkCalendar;
  ready(): Promise<void>;
}

/** A good record on its way in. */
interface Candidate {
  index: number;
  /** As it came, for the seal. */
  original: unknown;
  record: HotlineRecord;
  receivedAt: Date;
  opinionId: string;
  contentMac: Buffer;
  /** Where the answer to it goes. */
  results: Result[];
}

interface Taken {
  opinionId: string;
  revision: number;
}
interface About {
  masked: MaskedOpinion;
  sha256: string;
  now: Date;
}

/** Takes 12345 work orders: each once, whole batches in a few statements, the good ones whatever the bad ones are. */
export class HotlineIntake {
  private readonly turns = new SharedTurns<Candidate>((fresh) => this.store.change((tx) => this.keep(tx, fresh)));

  constructor(
    private readonly store: Store,
    private readonly list: HotlineSource,
    private readonly clock: Clock,
    private readonly seal: RecordSeal,
  ) {}

  /**
   * Idempotent by order number and version: a version known already, or an older one, changes nothing; the same version with other
   * content is refused, because one of the two would be lost.
   */
  async take(values: readonly unknown[]): Promise<HotlineIntakeAnswer> {
    await this.list.ready();
    const results: Result[] = new Array<Result>(values.length);
    const candidates = values.flatMap((value, index) => this.read(value, index, results));
    const known = await new HotlineOrders(this.store.database).stored(candidates.map((c) => c.record.orderNo));
    const fresh = unsettled(candidates, known);
    // Every change of the hotline waits for the one row that tells where it stands: those that wait go together.
    if (fresh.length > 0) await this.turns.take(fresh);
    const count = (outcome: Result['outcome']) => results.filter((r) => r.outcome === outcome).length;
    return { accepted: count('accepted'), unchanged: count('unchanged'), rejected: count('rejected'), results };
  }

  /** An order's first version as it came, null where none came. */
  async first(orderNo: string): Promise<{ opinionId: string; record: unknown } | null> {
    const orders = new HotlineOrders(this.store.database);
    const [order] = await orders.stored([orderNo]);
    const kept = await orders.sealedRecord(orderNo, 1);
    if (!order || !kept) return null;
    const { record } = JSON.parse(this.seal.open(kept.sealed, placeOf(orderNo, 1)).toString('utf8')) as { record: unknown };
    return { opinionId: order.opinionId, record };
  }

  private read(value: unknown, index: number, results: Result[]): Candidate[] {
    const read = readRecord(value, this.clock.now());
    if ('faults' in read) {
      results[index] = rejected(index, read.orderNo, read.faults);
      return [];
    }
    const opinionId = stableId(this.list.hotline.id, read.record.orderNo);
    return [{ index, original: value, ...read, opinionId, contentMac: this.seal.mac(comparable(read.record)), results }];
  }

  /** One order may come several times in a batch: its first version goes in the first round, its second in the next. */
  private async keep(tx: Tx, fresh: Candidate[]): Promise<void> {
    const now = this.clock.now();
    const orders = new HotlineOrders(tx);
    const arrived = { added: 0, edited: 0 };
    for (const round of roundsOf(fresh)) {
      const sealed = round.map((candidate) => this.sealed(candidate, now));
      const taken = await orders.accept(sealed, now);
      round.forEach((candidate, i) => {
        const opinion = taken.get(candidate.record.orderNo);
        if (opinion === undefined) return;
        candidate.results[candidate.index] = settled(candidate, 'accepted', opinion.opinionId);
        if (opinion.revision === 1) arrived.added++;
        else arrived.edited++;
        const about = { sha256: sealed[i]!.sha256, now, masked: maskedOpinion(candidate.record) };
        tx.send(this.collected(candidate, opinion, about), received(candidate, opinion, about));
      });
      const left = round.filter((c) => !taken.has(c.record.orderNo));
      if (left.length > 0) unsettled(left, await orders.stored(left.map((c) => c.record.orderNo)));
    }
    const sources = new CollectorSources(tx);
    const source = (await sources.lock(this.list.hotline.id))!;
    const { calendar } = this.list;
    await settleSource(tx, source, afterSuccess(source, now, UNSEEN_LIST), { ...arrived, at: now }, { calendar, now });
  }

  /** What is sealed holds some chance, so that its digest, which leaves the collector, does not let a phone number be tried out. */
  private sealed({ record, original, opinionId, contentMac }: Candidate, now: Date): OrderVersion {
    const text = Buffer.from(JSON.stringify({ record: original, capturedAt: now, salt: randomBytes(16).toString('hex') }));
    const { orderNo, version } = record;
    const sha256 = createHash('sha256').update(text).digest('hex');
    return { orderNo, version, opinionId, contentMac, sha256, sealed: this.seal.seal(text, placeOf(orderNo, version)) };
  }

  private collected({ record, receivedAt }: Candidate, { opinionId, revision }: Taken, { sha256, now, masked }: About) {
    const source = this.list.hotline;
    const line = (text: string | null) => (text === null ? null : plainLine(text, 100) || null);
    return outgoing(
      TOPICS.opinionCollected,
      opinionId,
      { id: stableId(TOPICS.opinionCollected, opinionId, revision), occurredAt: now, causedBy: null },
      {
        opinionId,
        revision,
        sourceId: source.id,
        sourceName: source.name,
        channel: source.channel,
        ...masked,
        url: null,
        author: null,
        publishedAt: receivedAt.toISOString(),
        capturedAt: now.toISOString(),
        sha256,
        order: {
          orderNo: record.orderNo,
          version: record.version,
          appealType: record.appealType,
          urgency: record.urgency,
          category: line(record.category),
          region: line(record.region),
          leadUnit: line(record.leadUnit),
        },
      },
    );
  }
}

/** The whole order, for whoever works on it. */
function received({ record }: Candidate, { opinionId, revision }: Taken, { sha256, now, masked }: About) {
  const about = { id: stableId(TOPICS.hotlineOrderReceived, opinionId, revision), occurredAt: now, causedBy: null };
  const data = { ...maskedOrder(record, masked), opinionId, capturedAt: now.toISOString(), sha256 };
  return outgoing(TOPICS.hotlineOrderReceived, record.orderNo, about, data);
}

/** What a sealed record belongs to. */
export function placeOf(orderNo: string, version: number): string {
  return `${orderNo}\u001f${version}`;
}

/** Settles what is known already, and gives what is not. */
function unsettled(candidates: Candidate[], known: StoredOrder[]): Candidate[] {
  const byNo = new Map(known.map((order) => [order.orderNo, order]));
  return candidates.filter((candidate) => {
    const stored = byNo.get(candidate.record.orderNo);
    if (!stored || candidate.record.version > stored.version) return true;
    const isOther = candidate.record.version === stored.version && !candidate.contentMac.equals(stored.contentMac);
    candidate.results[candidate.index] = isOther
      ? rejected(candidate.index, candidate.record.orderNo, [SAME_VERSION])
      : settled(candidate, 'unchanged', stored.opinionId);
    return false;
  });
}

const SAME_VERSION: Fault = {
  field: 'version',
  rule: 'must grow when the content changes: this version came before with other content',
  message: 'version：该版本已收到过且内容不同；内容有改动时版本号须增大',
};

function roundsOf(candidates: Candidate[]): Candidate[][] {
  const rounds: Candidate[][] = [];
  const times = new Map<string, number>();
  for (const candidate of candidates) {
    const round = times.get(candidate.record.orderNo) ?? 0;
    times.set(candidate.record.orderNo, round + 1);
    (rounds[round] ??= []).push(candidate);
  }
  return rounds;
}

function settled({ index, record }: Candidate, outcome: 'accepted' | 'unchanged', opinionId: string): Result {
  return { index, orderNo: record.orderNo, outcome, opinionId };
}

function rejected(index: number, orderNo: string | null, faults: Fault[]): Result {
  return {
    index,
    orderNo,
    outcome: 'rejected',
    opinionId: null,
    faults: faults.map((fault) => ({ ...fault, message: fault.message ?? fault.rule })),
  };
}
