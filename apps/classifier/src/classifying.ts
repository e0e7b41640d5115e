import { Injectable } from '@nestjs/common';
import { TOPICS, type Judgement, type OpinionCollectedV1 } from '@huiying/contracts';
import { stableId, type Clock } from '@huiying/domain';
import { outgoing } from '@huiying/messaging';
import { StoryTexts, type JoinedOpinion, type KnownScheme, type OutgoingEvent, type Store } from '@huiying/persistence';
import { fingerprintOf, type Fingerprint, type SchemeMatcher } from '@huiying/text';
import { judge, type CompiledLexicon, type Learned } from './judging/index.js';
import { matchSchemes, SchemeBook } from './schemes/index.js';
import { joinBatch, type ArrivingOpinion } from './stories/index.js';

/** The reader group of this service. */
export const CLASSIFIER = 'classifier';
/** A copy that comes later than this begins a new story: last winter's 停气 is not this winter's. */
const STORY_DAYS = 30;

interface Judged {
  event: OpinionCollectedV1;
  judgement: Judgement;
  fingerprint: Fingerprint;
}

/** Judges collected opinions and joins them to stories; what comes of it goes out in the same commit. */
@Injectable()
export class Classifying {
  /** Staff's keyword schemes, as the log tells of them. */
  readonly schemes: SchemeBook;

  constructor(
    private readonly store: Store,
    private readonly lexicon: CompiledLexicon,
    private readonly clock: Clock,
    private readonly model: { readonly learned: Learned | undefined } = { learned: undefined },
  ) {
    this.schemes = new SchemeBook(store);
  }

  /** @param events of one partition, in order */
  async classify(events: readonly OpinionCollectedV1[]): Promise<void> {
    const schemes = await this.schemes.current();
    const judged = new Map(events.map((event) => [event.id, this.judged(event, schemes)])); // before the transaction: it needs nothing of it
    await this.store.once(CLASSIFIER, events, async (tx, fresh) => {
      const texts = new StoryTexts(tx);
      const news = fresh.map((event) => judged.get(event.id)!);
      const joined = await this.join(texts, news);
      await texts.save(joined);
      tx.send(...news.map((one, i) => this.classified(one, joined[i]!)));
    });
  }

  private judged(event: OpinionCollectedV1, schemes: SchemeMatcher<KnownScheme>): Judged {
    const { title, text } = event.data;
    const judgement = { ...judge(event.data, this.lexicon, this.model.learned), schemes: matchSchemes(event.data, schemes) };
    return { event, judgement, fingerprint: fingerprintOf(title, text) };
  }

  private async join(texts: StoryTexts, news: readonly Judged[]): Promise<JoinedOpinion[]> {
    const arriving = news.map((one) => arrivingOf(one, this.lexicon.cityName));
    await texts.waitForTurn();
    const memberships = await texts.ofOpinions(arriving.map((a) => a.opinionId));
    return joinBatch(arriving, { memberships, alike: await texts.alike(arriving, STORY_DAYS) });
  }

  private classified({ event, judgement }: Judged, { storyId, relation, similarity }: JoinedOpinion): OutgoingEvent {
    const about = { id: stableId('opinion.classified', event.id), occurredAt: this.clock.now(), causedBy: event.id };
    return outgoing(TOPICS.opinionClassified, storyId, about, { opinion: event.data, story: { storyId, relation, similarity }, judgement });
  }
}

function arrivingOf({ event, judgement, fingerprint }: Judged, cityName: string): ArrivingOpinion {
  const { opinionId, revision, capturedAt } = event.data;
  const places = judgement.jurisdiction.places.filter((place) => place !== cityName);
  return { opinionId, revision, fingerprint, places, seenAt: new Date(capturedAt) };
}
