import type { Clock } from '@huiying/domain';
import type { PersonRow, TellingPreference } from '@huiying/persistence';
import { channelSecrets, type ChannelSetting, type Environment } from '@huiying/settings';
import { ChannelHttp } from './channel-http.js';
import { DingtalkNotifier } from './dingtalk/index.js';
import { EmailNotifier } from './email/index.js';
import { FeishuNotifier } from './feishu/index.js';
import type { Notifier } from './notifier.js';
import { SmsNotifier } from './sms/index.js';
import { WebhookNotifier } from './webhook/index.js';
import { WecomNotifier } from './wecom/index.js';

/** A channel that is set up. */
export interface OpenChannel {
  notifier: Notifier;
  setting: ChannelSetting;
}

/** One step of a person's chain: a channel that reaches them, and where. */
export interface ChainLink {
  channel: string;
  address: string;
}

const MAIL: ChannelSetting = {
  id: 'email',
  kind: 'email',
  perMinute: 600,
  bundleSeconds: 0,
  expiresAt: null,
  roles: ['duty-officer', 'department-lead', 'supervisor', 'administrator'],
};

/** The channels of this city beside the console, in the order in which they are tried. */
export class ChannelBook {
  constructor(readonly channels: readonly OpenChannel[]) {}

  /** Those of the configuration, and mail where there is a server for it. @throws BadConfig naming a secret that is missing */
  static open(settings: readonly ChannelSetting[], environment: Environment, clock: Clock): ChannelBook {
    const hasMail = settings.some(({ kind }) => kind === 'email');
    const all = hasMail ? settings : [MAIL, ...settings];
    return new ChannelBook(
      all.flatMap((setting) => {
        const notifier = open(setting, environment, clock);
        return notifier === null ? [] : [{ notifier, setting }];
      }),
    );
  }

  find(channel: string): OpenChannel | null {
    return this.channels.find(({ notifier }) => notifier.channel === channel) ?? null;
  }

  /** As people read it; a channel that is set up no more stands for itself. */
  nameOf(channel: string): string {
    if (channel === 'console') return '控制台';
    return this.find(channel)?.notifier.name ?? FORMER[channel] ?? channel;
  }

  /** The channels that reach a person, in the order wanted: the person's own, then the city's. */
  chainOf(person: PersonRow, preference: TellingPreference | undefined): ChainLink[] {
    const own = preference?.channels ?? [];
    const placeOf = (channel: string) => {
      const place = own.findIndex((one) => one.channel === channel);
      return place < 0 ? own.length : place;
    };
    return this.channels
      .filter(({ setting, notifier }) => setting.roles.includes(person.role) && !isOff(preference, notifier.channel))
      .map(({ notifier }) => ({ notifier, place: placeOf(notifier.channel) }))
      .sort((a, b) => a.place - b.place)
      .flatMap(({ notifier }) => {
        const address = notifier.addressOf(person, own.find((one) => one.channel === notifier.channel)?.address ?? null);
        return address === null ? [] : [{ channel: notifier.channel, address }];
      });
  }
}

const FORMER: Record<string, string> = { email: '邮件', wecom: '企业微信', dingtalk: '钉钉', feishu: '飞书', sms: '短信' };

function isOff(preference: TellingPreference | undefined, channel: string): boolean {
  return preference?.channels.find((one) => one.channel === channel)?.isOn === false;
}

/** A new kind of channel is a folder and a line here. */
function open(setting: ChannelSetting, environment: Environment, clock: Clock): Notifier | null {
  if (setting.kind === 'email')
    return environment.smtpUrl === null
      ? null
      : new EmailNotifier(environment.smtpUrl, environment.smtpFrom, environment.publicUrl, setting);
  const secrets = channelSecrets(setting, environment.channelSecrets);
  const http = new ChannelHttp(environment.channelAllow);
  switch (setting.kind) {
    case 'wecom':
      return new WecomNotifier(setting, secrets, http);
    case 'dingtalk':
      return new DingtalkNotifier(setting, secrets, http, clock);
    case 'feishu':
      return new FeishuNotifier(setting, secrets, http, clock);
    case 'sms':
      return new SmsNotifier(setting, secrets, http, clock);
    case 'webhook':
      return new WebhookNotifier(setting, secrets, http, clock);
  }
}
