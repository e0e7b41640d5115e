import { createHmac } from 'node:crypto';
import type { Clock } from '@huiying/domain';
import type { PersonRow } from '@huiying/persistence';
import type { ChannelOf } from '@huiying/settings';
import { readVendorAnswer, type ChannelHttp, type VendorCodes } from '../channel-http.js';
import { plainText } from '../message-text.js';
import { Notifier, type Message, type SendOutcome } from '../notifier.js';

/** A request of a custom robot: at most 20 KB; the rest is room for the envelope. */
const LIMIT = { most: 18_000, measure: 'bytes' } as const;
const OPEN_ID = /^ou_[0-9a-zA-Z]{8,64}$/;

/**
 * 飞书: 11232 and 9499 sent too fast. 19001 the token is not valid, 19021 the signature does not fit or the time is more than an hour
 * off, 19022 our address may not, 19024 the key word is missing.
 */
export const FEISHU_CODES: VendorCodes = {
  code: 'code',
  words: 'msg',
  later: { 11232: 60, 11233: 60, 9499: 60 },
  broken: [19001, 19021, 19022, 19024],
};

/** timestamp (seconds) and sign of a robot with 签名校验: HMAC-SHA256 over nothing, keyed with `timestamp\nsecret`, base64. */
export function feishuSign(at: Date, secret: string): { timestamp: string; sign: string } {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  return { timestamp, sign: createHmac('sha256', `${timestamp}\n${secret}`).digest('base64') };
}

/** A custom robot of 飞书 with 签名校验; called by Open ID where the person entered one, by name otherwise. */
export class FeishuNotifier extends Notifier {
  readonly channel: string;
  readonly name: string;

  constructor(
    private readonly setting: ChannelOf<'feishu'>,
    private readonly secrets: ReadonlyMap<string, string>,
    private readonly http: ChannelHttp,
    private readonly clock: Clock,
  ) {
    super();
    this.channel = setting.id;
    this.name = setting.name ?? '飞书';
  }

  addressOf(person: PersonRow, own: string | null): string | null {
    return own !== null && OPEN_ID.test(own) ? own : person.name;
  }

  send(message: Message): Promise<SendOutcome> {
    const { address, recipientName } = message;
    const called = OPEN_ID.test(address) ? `<at user_id="${address}">${recipientName.replace(/[<>&]/g, '')}</at> ` : '';
    // A title is a stranger's text: it must not call everybody in the group.
    const text = plainText(message, { ...LIMIT, most: LIMIT.most - Buffer.byteLength(called) }).replace(/<(\/?)at\b/gi, '＜$1at');
    const body = { ...feishuSign(this.clock.now(), this.secrets.get('secret')!), msg_type: 'text', content: { text: `${called}${text}` } };
    const url = `${this.setting.url}/${encodeURIComponent(this.secrets.get('token')!)}`;
    return this.http.json(url, body, (answer) => readVendorAnswer(answer, FEISHU_CODES));
  }

  close(): Promise<void> {
    return this.http.close();
  }
}
