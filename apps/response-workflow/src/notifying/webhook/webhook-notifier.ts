import type { Clock } from '@huiying/domain';
import type { PersonRow } from '@huiying/persistence';
import { signedHeaders } from '@huiying/platform';
import type { ChannelOf } from '@huiying/settings';
import { outcomeOfStatus, type ChannelHttp, type HttpAnswer } from '../channel-http.js';
import { Notifier, type Message, type SendOutcome } from '../notifier.js';

/** The version of the body: what a reader may rely on. */
const VERSION = 1;

/** 2xx = taken. */
export function readWebhookAnswer({ status }: HttpAnswer): SendOutcome {
  return status >= 200 && status < 300 ? { outcome: 'accepted', receipt: `HTTP ${status}` } : outcomeOfStatus(status);
}

/**
 * A system of the city's own: JSON, signed as requests to us are (x-key-name, x-timestamp, x-nonce, x-signature). `id` is the same at
 * every attempt, so that the other end tells nobody twice.
 */
export class WebhookNotifier extends Notifier {
  readonly channel: string;
  readonly name: string;

  constructor(
    private readonly setting: ChannelOf<'webhook'>,
    private readonly secrets: ReadonlyMap<string, string>,
    private readonly http: ChannelHttp,
    private readonly clock: Clock,
  ) {
    super();
    this.channel = setting.id;
    this.name = setting.name ?? '接口推送';
  }

  addressOf(person: PersonRow): string | null {
    return person.username;
  }

  send({ id, address, recipientName, isRepeat, items }: Message): Promise<SendOutcome> {
    const body = JSON.stringify({ version: VERSION, id, isRepeat, recipient: { username: address, name: recipientName }, notices: items });
    const { pathname, search } = new URL(this.setting.url);
    const now = this.clock.now();
    const parts = {
      method: 'POST',
      path: `${pathname}${search}`,
      timestamp: String(Math.floor(now.getTime() / 1000)),
      // One and the same message may be sent again, each time under a nonce of its own.
      nonce: `${id.replaceAll('-', '')}${now.getTime().toString(36)}`,
      body,
    };
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      ...signedHeaders(parts, this.channel, this.secrets.get('secret')!),
    };
    return this.http.ask({ method: 'POST', url: this.setting.url, headers, body }, readWebhookAnswer);
  }

  close(): Promise<void> {
    return this.http.close();
  }
}
