import type { Clock } from '@huiying/domain';
import type { Database, PersonRow, TellingPreference } from '@huiying/persistence';
import type { ChannelSetting, Environment } from '@huiying/settings';
import { ChannelHttp } from './channel-http.js';
import { ChannelVault } from './channel-vault.js';
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
  constructor(
    readonly channels: readonly OpenChannel[],
    readonly vault: ChannelVault,
  ) {}

  /** Those of the configuration, and mail where the environment names a server. @param database holds what was set on the console */
  static open(settings: readonly ChannelSetting[], environment: Environment, clock: Clock, database: Database | null): ChannelBook {
    const hasMail = settings.some(({ kind }) => kind === 'email');
    const all = hasMail || environment.smtpUrl === null ? settings : [MAIL, ...settings];
    const vault = new ChannelVault(environment, database);
    return new ChannelBook(
      all.map((setting) => ({ notifier: open(setting, vault.secretsFor(setting), environment, clock), setting })),
      vault,
    );
  }

  /** Whether it has its secrets; without them it reaches nobody. */
  isReady({ setting }: OpenChannel): boolean {
    return this.vault.isReady(setting);
  }

  /** Mail, where it can be sent. */
  mail(): EmailNotifier | undefined {
    return this.channels
      .filter((one) => this.isReady(one))
      .flatMap(({ notifier }) => (notifier instanceof EmailNotifier ? [notifier] : []))[0];
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
      .filter((one) => this.isReady(one))
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
function open(setting: ChannelSetting, secrets: ReadonlyMap<string, string>, environment: Environment, clock: Clock): Notifier {
  if (setting.kind === 'email') return new EmailNotifier(secrets, environment.smtpFrom, environment.publicUrl, setting);
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
