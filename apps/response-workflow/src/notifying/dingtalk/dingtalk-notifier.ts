import { createHmac } from 'node:crypto';
import type { Clock } from '@huiying/domain';
import type { PersonRow } from '@huiying/persistence';
import type { ChannelOf } from '@huiying/settings';
import { readVendorAnswer, type ChannelHttp, type VendorCodes } from '../channel-http.js';
import { plainText } from '../message-text.js';
import { mobileOf } from '../mobile.js';
import { Notifier, type Message, type SendOutcome } from '../notifier.js';

/** A robot's message: at most 20000 bytes; the rest is room for the envelope. */
const LIMIT = { most: 18_000, measure: 'bytes' } as const;

/**
 * 钉钉: 130101 and 410100 sent too fast, the robot is silent for ten minutes; -1 busy. 310000 signature, time, key word or origin is not
 * accepted; 300001, 400101, 400106 there is no such robot; 400102 it is switched off; 400013 the group is gone.
 */
export const DINGTALK_CODES: VendorCodes = {
  code: 'errcode',
  words: 'errmsg',
  later: { [-1]: 0, 130101: 600, 410100: 600 },
  broken: [310000, 300001, 400101, 400102, 400106, 400013],
};

/** timestamp (ms) and sign of a robot with 加签: HMAC-SHA256 over `timestamp\nsecret`, keyed with the secret, base64. */
export function dingtalkSign(at: Date, secret: string): { timestamp: string; sign: string } {
  const timestamp = String(at.getTime());
  return { timestamp, sign: createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64') };
}

/** A group robot of 钉钉 with 加签; the person is called by the mobile number. */
export class DingtalkNotifier extends Notifier {
  readonly channel: string;
  readonly name: string;

  constructor(
    private readonly setting: ChannelOf<'dingtalk'>,
    private readonly secrets: ReadonlyMap<string, string>,
    private readonly http: ChannelHttp,
    private readonly clock: Clock,
  ) {
    super();
    this.channel = setting.id;
    this.name = setting.name ?? '钉钉';
  }

  addressOf(person: PersonRow): string | null {
    return mobileOf(person.phone) ?? person.name;
  }

  send(message: Message): Promise<SendOutcome> {
    const query = new URLSearchParams({
      access_token: this.secrets.get('token')!,
      ...dingtalkSign(this.clock.now(), this.secrets.get('secret')!),
    });
    const mobile = mobileOf(message.address);
    const body = {
      msgtype: 'text',
      text: { content: plainText(message, LIMIT) },
      at: { atMobiles: mobile === null ? [] : [mobile], isAtAll: false },
    };
    return this.http.json(`${this.setting.url}?${query.toString()}`, body, (answer) => readVendorAnswer(answer, DINGTALK_CODES));
  }

  close(): Promise<void> {
    return this.http.close();
  }
}
