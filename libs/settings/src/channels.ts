import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { role } from '@huiying/contracts/http';
import { readConfigFile } from './config-file.js';

const id = z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, 'must be lower-case letters, digits and dashes, beginning with a letter');
const url = z.url({ protocol: /^https?$/ }).refine((text) => !/[?&](key|access_token)=/i.test(text), {
  message: 'must not hold the key: it belongs into HUIYING_CHANNEL_SECRETS',
});
const path = z.string().regex(/^[^\s.]+(\.[^\s.]+)*$/, 'must be names joined by dots, e.g. result.code');

const common = {
  /** Stands in the ledger; never change it. */
  id: id.refine((text) => text !== 'console', 'console is taken'),
  /** As people read it: 短信（移动）. */
  name: z.string().trim().min(1).max(20).optional(),
  /** Messages the other end takes in a minute. */
  perMinute: z.int().min(1).max(6_000),
  /** So long a message that is not urgent waits for others to the same person. */
  bundleSeconds: z.int().min(0).max(3_600).default(0),
  /** When the credential runs out (YYYY-MM-DD, China): told 14, 7, 3 and 1 days before, and on the day. */
  expiresAt: z.iso.date().nullable().default(null),
  /** Whom it serves; a robot in a group reaches only those who are in it. */
  roles: z.array(role).min(1).default(['duty-officer', 'department-lead', 'supervisor', 'administrator']),
};
const robot = (perMinute: number, address: string) => ({
  ...common,
  perMinute: common.perMinute.default(perMinute),
  url: url.default(address),
});

/** An answer of a gateway that means something: the value at `path` (of a JSON answer) is one of `is`, or the whole text matches. */
const verdict = z.union([
  z.object({ path, is: z.array(z.union([z.string(), z.number(), z.boolean()])).min(1) }).strict(),
  z.object({ text: z.string().min(1).max(200).refine(isPattern, 'must be a regular expression') }).strict(),
]);

const sms = z
  .object({
    ...common,
    perMinute: common.perMinute.default(60),
    kind: z.literal('sms'),
    url,
    method: z.enum(['POST', 'GET']).default('POST'),
    /** How the body is written: JSON of `body`, or a form of it; a GET carries it in the address. */
    format: z.enum(['json', 'form']).default('json'),
    headers: z.record(z.string(), z.string()).default({}),
    /** Placeholders: {phone} {text} {id} {seconds} {milliseconds} {secret.NAME}, and {hmac.NAME:…} = hex HMAC-SHA256 of what follows. */
    body: z.record(z.string(), z.unknown()),
    /** Characters of one message; a long one is sent as several of 67. */
    mostCharacters: z.int().min(20).max(1_000).default(268),
    success: verdict,
    /** Answers that mean: later. */
    busy: z.array(verdict).default([]),
    /** Answers that mean: our own account is not in order. */
    broken: z.array(verdict).default([]),
  })
  .strict();

const channel = z.discriminatedUnion('kind', [
  z.object({ ...common, perMinute: common.perMinute.default(600), kind: z.literal('email') }).strict(),
  z.object({ ...robot(20, 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send'), kind: z.literal('wecom') }).strict(),
  z.object({ ...robot(20, 'https://oapi.dingtalk.com/robot/send'), kind: z.literal('dingtalk') }).strict(),
  z.object({ ...robot(100, 'https://open.feishu.cn/open-apis/bot/v2/hook'), kind: z.literal('feishu') }).strict(),
  sms,
  z.object({ ...common, perMinute: common.perMinute.default(600), kind: z.literal('webhook'), url }).strict(),
]);
export type ChannelSetting = z.infer<typeof channel>;
export type ChannelOf<K extends ChannelSetting['kind']> = Extract<ChannelSetting, { kind: K }>;

export const channelsFile = z
  .object({ channels: z.array(channel).default([]) })
  .strict()
  .superRefine(({ channels }, fault) => {
    channels.forEach((one, i) => {
      if (channels.findIndex((other) => other.id === one.id) < i)
        fault.addIssue({ code: 'custom', path: ['channels', i, 'id'], message: `${one.id} is used by an earlier channel` });
    });
    const mails = channels.flatMap((one, i) => (one.kind === 'email' ? [i] : []));
    if (mails.length > 1) fault.addIssue({ code: 'custom', path: ['channels', mails[1]!], message: 'there is one e-mail channel' });
  });

const FILE = 'channels.yaml';

/** config/channels.yaml, in the order in which people are reached; without the file there is mail alone. @throws BadConfig with all faults at once */
export function readChannels(folder: string): readonly ChannelSetting[] {
  const { channels } = existsSync(join(folder, FILE)) ? readConfigFile(folder, FILE, channelsFile) : channelsFile.parse({});
  return channels;
}

/** Names of the secrets that a channel needs, as they stand behind its id in HUIYING_CHANNEL_SECRETS: wecom.key. Mail has HUIYING_SMTP_URL. */
export function secretsOf(setting: ChannelSetting): string[] {
  switch (setting.kind) {
    case 'email':
      return ['url'];
    case 'wecom':
      return ['key'];
    case 'dingtalk':
    case 'feishu':
      return ['token', 'secret'];
    case 'webhook':
      return ['secret'];
    case 'sms': {
      const text = JSON.stringify([setting.body, setting.headers, setting.url]);
      return [...new Set([...text.matchAll(/\{(?:secret|hmac)\.([a-z][a-z0-9-]*)/g)].map((match) => match[1]!))];
    }
  }
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
