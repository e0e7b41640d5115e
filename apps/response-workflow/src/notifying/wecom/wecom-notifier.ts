import type { PersonRow } from '@huiying/persistence';
import type { ChannelOf } from '@huiying/settings';
import { readVendorAnswer, type ChannelHttp, type VendorCodes } from '../channel-http.js';
import { plainText } from '../message-text.js';
import { mobileOf } from '../mobile.js';
import { Notifier, type Message, type SendOutcome } from '../notifier.js';

/** text.content of a group robot: at most 2048 bytes. */
const LIMIT = { most: 2048, measure: 'bytes' } as const;

/**
 * 企业微信: 45009 more than 20 messages a minute, 45033 too many at once, -1 busy. 93000 the robot's address is not valid, 93004 it is
 * switched off, 93008 it is not in the group; 40001, 40014, 41001, 42001 the credential is wrong or has run out.
 */
export const WECOM_CODES: VendorCodes = {
  code: 'errcode',
  words: 'errmsg',
  later: { [-1]: 0, 45009: 60, 45033: 5 },
  broken: [93000, 93004, 93008, 40001, 40014, 41001, 42001],
};

/** A group robot of 企业微信; the person is called by the mobile number. */
export class WecomNotifier extends Notifier {
  readonly channel: string;
  readonly name: string;

  constructor(
    private readonly setting: ChannelOf<'wecom'>,
    private readonly secrets: ReadonlyMap<string, string>,
    private readonly http: ChannelHttp,
  ) {
    super();
    this.channel = setting.id;
    this.name = setting.name ?? '企业微信';
  }

  /** A group reaches who has no mobile number too: by name. */
  addressOf(person: PersonRow): string | null {
    return mobileOf(person.phone) ?? person.name;
  }

  send(message: Message): Promise<SendOutcome> {
    const url = `${this.setting.url}?key=${encodeURIComponent(this.secrets.get('key')!)}`;
    const mobile = mobileOf(message.address);
    const text = { content: plainText(message, LIMIT), ...(mobile === null ? {} : { mentioned_mobile_list: [mobile] }) };
    return this.http.json(url, { msgtype: 'text', text }, (answer) => readVendorAnswer(answer, WECOM_CODES));
  }

  close(): Promise<void> {
    return this.http.close();
  }
}
