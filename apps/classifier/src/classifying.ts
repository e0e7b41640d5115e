import { Injectable } from '@nestjs/common';
import { TOPICS, type Judgement, type OpinionCollectedV1, type StoryRegroupedV1 } from '@huiying/contracts';
import { stableId, type Clock } from '@huiying/domain';
import { outgoing } from '@huiying/messaging';
import type { JoinedOpinion, KnownScheme, OutgoingEvent, Store } from '@huiying/persistence';
import { fingerprintOf, type MatterReader, type SchemeMatcher } from '@huiying/text';
import { judge, type CompiledLexicon, type Learned } from './judging/index.js';
import { matchSchemes, SchemeBook } from './schemes/index.js';
import { matterReader, StoryJoiner, StoryRegrouper, type JoinedBatch, type ReadOpinion } from './stories/index.js';

/** The reader group of this service. */
export const CLASSIFIER = 'classifier';

/** Channels whose sources speak with one voice, which may have habits; on the others many people speak. */
const ONE_VOICE: ReadonlySet<string> = new Set(['news', 'gov-site', 'wechat']);

interface Judged {
  event: OpinionCollectedV1;
  judgement: Judgement;
  read: ReadOpinion;
}

/** Judges collected opinions and joins them to stories; what comes of it goes out in the same commit. */
@Injectable()
export class Classifying {
  /** Staff's keyword schemes, as the log tells of them. */
  readonly schemes: SchemeBook;
  private readonly joiner = new StoryJoiner();
  private readonly regrouper: StoryRegrouper;

  constructor(
    private readonly store: Store,
    private readonly lexicon: CompiledLexicon,
    private readonly clock: Clock,
    private readonly model: { readonly learned: Learned | undefined } = { learned: undefined },
    private readonly reader: MatterReader = matterReader(lexicon.placeNames),
  ) {
    this.schemes = new SchemeBook(store);
    this.regrouper = new StoryRegrouper(store, reader);
  }

  /** Officers' decisions on stories, in order. */
  regroup(events: readonly StoryRegroupedV1[]): Promise<void> {
    return this.regrouper.take(events);
  }

  /** @param events of one partition, in order */
  async classify(events: readonly OpinionCollectedV1[]): Promise<void> {
    const schemes = await this.schemes.current();
    const judged = new Map(events.map((event) => [event.id, this.judged(event, schemes)])); // before the transaction: it needs nothing of it
    await this.store.once(CLASSIFIER, events, async (tx, fresh) => {
      const news = fresh.map((event) => judged.get(event.id)!);
      const batch = await this.joiner.join(
        tx,
        news.map((one) => one.read),
      );
      tx.send(...news.map((one, i) => this.classified(one, batch.joined[i]!)), ...this.related(batch, fresh.at(-1)!.id));
    });
  }

  private judged(event: OpinionCollectedV1, schemes: SchemeMatcher<KnownScheme>): Judged {
    const { opinionId, revision, title, text, capturedAt, channel } = event.data;
    const sourceId = ONE_VOICE.has(channel) ? event.data.sourceId : null;
    const judgement = { ...judge(event.data, this.lexicon, this.model.learned), schemes: matchSchemes(event.data, schemes) };
    const places = judgement.jurisdiction.places.filter((place) => place !== this.lexicon.cityName);
    const matterText = this.reader.read(title, text);
    const isGrave = judgement.severity.level !== 'IV';
    const fingerprint = fingerprintOf(title, text);
    const read = { opinionId, revision, sourceId, fingerprint, matterText, places, seenAt: new Date(capturedAt), isGrave };
    return { event, judgement, read };
  }

  private classified({ event, judgement }: Judged, { storyId, relation, similarity }: JoinedOpinion): OutgoingEvent {
    const about = { id: stableId('opinion.classified', event.id), occurredAt: this.clock.now(), causedBy: event.id };
    const story =
      relation === 'matter' ? { storyId, relation: 'near' as const, by: relation, similarity } : { storyId, relation, similarity };
    return outgoing(TOPICS.opinionClassified, storyId, about, { opinion: event.data, story, judgement });
  }

  /** A pair is told once: its id follows from the two and the verdict. */
  private related({ merged, perhaps }: JoinedBatch, causedBy: string): OutgoingEvent[] {
    const tell = (verdict: 'same' | 'perhaps', storyId: string, otherStoryId: string, likeness: number) => {
      const pair = verdict === 'same' ? [storyId, otherStoryId] : [storyId, otherStoryId].sort();
      const about = { id: stableId('story.related', verdict, ...pair), occurredAt: this.clock.now(), causedBy };
      return outgoing(TOPICS.storyRelated, storyId, about, { storyId, otherStoryId, verdict, likeness: Math.min(1, likeness) });
    };
    return [
      ...merged.map((one) => tell('same', one.kept, one.gone, one.likeness)),
      ...perhaps.map((one) => tell('perhaps', one.storyId, one.otherStoryId, one.likeness)),
    ];
  }
}
