import type { Clock } from '@huiying/domain';
import type { PersonRow } from '@huiying/persistence';
import type { ChannelOf } from '@huiying/settings';
import type { ChannelHttp } from '../channel-http.js';
import { plainText } from '../message-text.js';
import { mobileOf } from '../mobile.js';
import { Notifier, type Message, type SendOutcome } from '../notifier.js';
import { readGatewayAnswer } from './gateway-answer.js';
import { filled, type Filling } from './request-template.js';

/** Short messages by the HTTP gateway of whatever carrier the city has: request and answers stand in config/channels.yaml. */
export class SmsNotifier extends Notifier {
  readonly channel: string;
  readonly name: string;

  constructor(
    private readonly setting: ChannelOf<'sms'>,
    private readonly secrets: ReadonlyMap<string, string>,
    private readonly http: ChannelHttp,
    private readonly clock: Clock,
  ) {
    super();
    this.channel = setting.id;
    this.name = setting.name ?? '短信';
  }

  addressOf(person: PersonRow): string | null {
    return mobileOf(person.phone);
  }

  send(message: Message): Promise<SendOutcome> {
    const { url, method, format, headers, body, mostCharacters } = this.setting;
    const now = this.clock.now().getTime();
    const filling: Filling = {
      values: {
        phone: message.address,
        text: plainText(message, { most: mostCharacters, measure: 'units' }),
        id: message.id,
        seconds: String(Math.floor(now / 1000)),
        milliseconds: String(now),
      },
      secrets: this.secrets,
    };
    const fields = filled(body, filling) as Record<string, unknown>;
    const isForm = method === 'GET' || format === 'form';
    const form = isForm
      ? new URLSearchParams(Object.entries(fields).map(([key, value]): [string, string] => [key, asText(value)])).toString()
      : null;
    const type = isForm ? 'application/x-www-form-urlencoded' : 'application/json; charset=utf-8';
    const more = filled(headers, filling) as Record<string, string>;
    const address = method === 'GET' ? `${url}${url.includes('?') ? '&' : '?'}${form}` : url;
    const request = {
      method,
      url: address,
      headers: method === 'GET' ? more : { 'content-type': type, ...more },
      body: method === 'GET' ? null : (form ?? JSON.stringify(fields)),
    };
    return this.http.ask(request, (answer) => readGatewayAnswer(answer, this.setting, [...this.secrets.values()]));
  }

  close(): Promise<void> {
    return this.http.close();
  }
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
