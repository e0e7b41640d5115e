import { Inject, Injectable } from '@nestjs/common';
import { heldUntil, type Weight } from '@huiying/domain';
import {
  Deliveries,
  People,
  TellingPreferences,
  type ClaimedBundle,
  type ClaimedNotice,
  type NewDelivery,
  type NewNotice,
  type PersonRow,
  type Queries,
  type TellingPreference,
} from '@huiying/persistence';
import { CityBook } from '../city/index.js';
import { DutyDesk } from '../duty/index.js';
import { ChannelBook, type ChainLink } from './channel-book.js';

/** A person as they can be reached now. */
interface Reachable {
  chain: ChainLink[];
  preference: TellingPreference | undefined;
  isOnDuty: boolean;
}

/**
 * Over which channel a person is reached and when. What is urgent goes over all of them at once; the rest over the first, and over the
 * next where that fails. Quiet hours (免打扰) hold back what is neither urgent nor grave.
 */
@Injectable()
export class Reach {
  constructor(
    @Inject(ChannelBook) private readonly book: ChannelBook,
    @Inject(DutyDesk) private readonly duty: DutyDesk,
    @Inject(CityBook) private readonly city: CityBook,
  ) {}

  /** The first deliveries of notices that are new. */
  async begin(on: Queries, notices: readonly NewNotice[], people: ReadonlyMap<string, PersonRow>, now: Date): Promise<NewDelivery[]> {
    const reachable = await this.reachable(on, [...people.values()], now);
    return notices.flatMap((notice) => {
      const to = reachable.get(notice.recipientId)!;
      const chain = notice.urgency === 'urgent' ? to.chain : to.chain.slice(0, 1);
      return chain.map((link) => this.delivery(notice, link, to, now));
    });
  }

  /** The next channel of each notice of a message, and those notices that have none left: nobody has heard of them. */
  async goOn(
    on: Queries,
    { recipientId }: ClaimedBundle,
    notices: readonly ClaimedNotice[],
    now: Date,
  ): Promise<{ next: NewDelivery[]; lost: ClaimedNotice[] }> {
    const people = await new People(on).byIds([recipientId]);
    const to = (await this.reachable(on, people, now)).get(recipientId)!;
    const tried = await new Deliveries(on).channelsOf(notices.map(({ id }) => id));
    const next: NewDelivery[] = [];
    const lost: ClaimedNotice[] = [];
    for (const notice of notices) {
      const ways = tried.get(notice.id)!.filter(({ channel }) => channel !== 'console');
      const link = to.chain.find(({ channel }) => ways.every((way) => way.channel !== channel));
      if (link) next.push(this.delivery(notice, link, to, now));
      // Still tried elsewhere: nothing is lost yet. Of those that keep failing, the plan says when they count no more.
      else if (!ways.some(({ state }) => state === 'accepted' || state === 'pending' || state === 'held')) lost.push(notice);
    }
    return { next, lost };
  }

  /** When a message that failed for now may be tried again: not inside somebody's quiet hours. */
  async retryAt(on: Queries, recipientId: string, weights: readonly Weight[], wanted: Date): Promise<Date> {
    const [person] = await new People(on).byIds([recipientId]);
    if (!person) return wanted;
    const to = (await this.reachable(on, [person], wanted)).get(recipientId)!;
    const until = weights.map((weight) => this.held(weight, to, wanted));
    // One notice that may not wait takes the others along.
    if (until.some((one) => one === null)) return wanted;
    return until.reduce<Date>((earliest, one) => (one! < earliest ? one! : earliest), until[0]!);
  }

  private delivery(notice: Weight & { id: string }, { channel, address }: ChainLink, to: Reachable, now: Date): NewDelivery {
    const held = this.held(notice, to, now);
    const bundleMs = notice.urgency === 'urgent' ? 0 : (this.book.find(channel)?.setting.bundleSeconds ?? 0) * 1_000;
    const nextAttemptAt = held ?? new Date(now.getTime() + bundleMs);
    return { noticeId: notice.id, channel, address, state: held === null ? 'pending' : 'held', nextAttemptAt, at: null };
  }

  private held(weight: Weight, { preference, isOnDuty }: Reachable, at: Date): Date | null {
    return heldUntil(weight, preference?.quiet ?? [], isOnDuty, at, this.city.parts.calendar);
  }

  private async reachable(on: Queries, people: readonly PersonRow[], at: Date): Promise<Map<string, Reachable>> {
    await this.book.vault.refresh();
    const preferences = await new TellingPreferences(on).of(people.map(({ id }) => id));
    const needsDuty = [...preferences.values()].some(({ quiet }) => quiet.length > 0);
    const onDuty = new Set(needsDuty ? (await this.duty.tellable(on, at)).onDuty.map(({ personId }) => personId) : []);
    return new Map(
      people.map((person) => {
        const preference = preferences.get(person.id);
        return [person.id, { chain: this.book.chainOf(person, preference), preference, isOnDuty: onDuty.has(person.id) }];
      }),
    );
  }
}
