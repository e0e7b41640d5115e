import { randomUUID } from 'node:crypto';
import type { Message, MessageItem, Notifier, SendOutcome } from './notifier.js';

/** What the suite needs of one channel and of the server behind it. */
export interface ChannelUnderTest {
  notifier: Notifier;
  /** One that waits less for a silent server, so that the test need not wait long; null where a server cannot be silent. */
  impatient: Notifier | null;
  /** An address that the other end knows. */
  address: string;
  /** One that it refuses for good; null where the channel knows no such thing. */
  unknownAddress: string | null;
  /** What the server took, as people read it, oldest first. */
  taken(): { text: string; id: string | null }[];
  /** Makes the server misbehave, or behave again. Null where the channel cannot have this trouble. */
  trouble: {
    busy: (() => void) | null;
    expired: (() => void) | null;
    garbage: (() => void) | null;
    down: (() => Promise<void> | void) | null;
    silent: (() => void) | null;
    redirect: (() => void) | null;
  };
  mend(): Promise<void> | void;
  /** Never seen in an outcome. */
  secrets: readonly string[];
  /** The longest text the server takes, or null where there is no limit that a notice can meet. */
  limit: { most: number; measure: 'bytes' | 'units' } | null;
}

const PART: MessageItem = {
  noticeId: randomUUID(),
  urgency: 'urgent',
  title: '【II级预警】望北化工园夜里冒黄烟',
  body: '研判为II级（重大）。凌晨一点多冒黄烟，附近安置三区的人都闻到了。',
  viewUrl: 'https://huiying.example/alerts/1',
  acknowledgeUrl: 'https://huiying.example/a/TOKEN',
};

/** What every channel must do, whoever stands behind it. */
export function notifierSuite(name: string, open: () => Promise<ChannelUnderTest>, close: () => Promise<void>): void {
  describe(`channel ${name}`, () => {
    let channel: ChannelUnderTest;
    const message = (more: Partial<Message> = {}, item: Partial<MessageItem> = {}): Message => ({
      id: randomUUID(),
      address: channel.address,
      recipientName: '陆文婧',
      isRepeat: false,
      items: [{ ...PART, ...item }],
      ...more,
    });
    const send = async (given = message(), by = channel.notifier): Promise<SendOutcome> => {
      const answer = await by.send(given);
      for (const secret of channel.secrets) expect(JSON.stringify(answer)).not.toContain(secret);
      return answer;
    };
    /** Skips loudly by name what a channel cannot have. */
    const inTrouble = async (kind: keyof ChannelUnderTest['trouble'], outcome: SendOutcome['outcome']) => {
      const make = channel.trouble[kind];
      if (make === null) return;
      const before = channel.taken().length;
      await make();
      try {
        const answer = await send(message(), kind === 'silent' ? channel.impatient! : channel.notifier);
        expect(answer.outcome).toBe(outcome);
        expect('reason' in answer && answer.reason.length).toBeGreaterThan(1);
        expect(channel.taken()).toHaveLength(before);
      } finally {
        await channel.mend();
      }
      expect((await send()).outcome).toBe('accepted');
    };

    beforeAll(async () => void (channel = await open()));
    afterAll(close);

    it('delivers once, with title, words and where to look', async () => {
      const before = channel.taken().length;
      expect(await send()).toMatchObject({ outcome: 'accepted', receipt: expect.stringMatching(/.+/) });
      const fresh = channel.taken().slice(before);
      expect(fresh).toHaveLength(1);
      for (const words of [PART.title, '凌晨一点多', '/alerts/1']) expect(fresh[0]!.text).toContain(words);
    });

    it('sends the same message under the same id, where ids are known', async () => {
      const given = message();
      await send(given);
      await send({ ...given, isRepeat: true });
      const [first, second] = channel.taken().slice(-2);
      expect(second!.id).toBe(first!.id);
    });

    it('carries a bundle as one message', async () => {
      const before = channel.taken().length;
      const items = Array.from({ length: 4 }, (_, i) => ({ ...PART, noticeId: randomUUID(), title: `第${i + 1}件`, acknowledgeUrl: null }));
      expect((await send(message({ items }))).outcome).toBe('accepted');
      const fresh = channel.taken().slice(before);
      expect(fresh).toHaveLength(channel.notifier.channel === 'console' ? 4 : 1);
      const all = fresh.map(({ text }) => text).join('\n');
      for (const { title } of items) expect(all).toContain(title);
    });

    it('keeps within what the other end takes, whatever the text', async () => {
      const body = '🏭👨‍👩‍👧望北化工园<at user_id="all">'.repeat(3_000);
      expect(await send(message({}, { body }))).toMatchObject({ outcome: 'accepted' });
      const { text } = channel.taken().at(-1)!;
      expect(Buffer.from(text).toString('utf8')).toBe(text);
      expect(text).not.toContain('\uFFFD');
      expect(text).toContain(PART.viewUrl.replace('https://huiying.example', ''));
      if (channel.limit) {
        const length = channel.limit.measure === 'bytes' ? Buffer.byteLength(text) : text.length;
        expect(length).toBeLessThanOrEqual(channel.limit.most);
        expect(length).toBeGreaterThan(channel.limit.most * 0.9);
      }
    });

    it('says that somebody whom it does not know is refused', async () => {
      if (channel.unknownAddress === null) return;
      expect((await send(message({ address: channel.unknownAddress }))).outcome).toBe('refused');
    });

    it('tries again later where the other end is busy', () => inTrouble('busy', 'retry'));
    it('is broken where our credential has run out', () => inTrouble('expired', 'broken'));
    it('tries again where the answer is not one of the vendor', () => inTrouble('garbage', 'retry'));
    it('tries again where the server is dead', () => inTrouble('down', 'retry'));
    it('does not wait for ever for a silent server', () => inTrouble('silent', 'retry'));
    it('takes no message and no key where a redirect leads', () => inTrouble('redirect', 'broken'));
  });
}
