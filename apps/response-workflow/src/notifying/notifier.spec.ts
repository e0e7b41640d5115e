import { MovableClock } from '@huiying/domain';
import type { Database } from '@huiying/persistence';
import { channelsFile, type ChannelSetting } from '@huiying/settings';
import { freshDatabase } from '../../../../test/support/database.js';
import { SmtpOnLoopback } from '../../../../test/support/smtp.js';
import { DingtalkVendor, FeishuVendor, GatewayVendor, WebhookVendor, WecomVendor, type Vendor } from '../../../../test/support/vendors.js';
import { WorkflowStore } from '../timeline/index.js';
import { ChannelHttp } from './channel-http.js';
import { ConsoleNotifier } from './console/index.js';
import { DingtalkNotifier } from './dingtalk/index.js';
import { EmailNotifier } from './email/index.js';
import { FeishuNotifier } from './feishu/index.js';
import type { Notifier } from './notifier.js';
import { notifierSuite, type ChannelUnderTest } from './notifier.suite.js';
import { SmsNotifier } from './sms/index.js';
import { WebhookNotifier } from './webhook/index.js';
import { WecomNotifier } from './wecom/index.js';

const clock = new MovableClock(new Date('2026-11-18T01:00:00Z'));
const MOBILE = '13900000001';
/** Long enough for any machine to take a long text; a silent server is waited for less. */
const PATIENT = { totalMs: 20_000, idleMs: 20_000 };
const IMPATIENT = { totalMs: 400, idleMs: 400 };

/** A channel over HTTP against a vendor of its own. */
function overHttp(
  name: string,
  make: () => Vendor,
  build: (setting: never, http: ChannelHttp) => Notifier,
  given: Record<string, unknown>,
  more: Partial<ChannelUnderTest> = {},
): void {
  let vendor: Vendor;
  let notifier: Notifier;
  let impatient: Notifier;
  notifierSuite(
    name,
    async () => {
      vendor = await make().start();
      const [setting] = channelsFile.parse({ channels: [{ id: name, kind: name, url: vendor.url, ...given }] }).channels;
      const waiting = (limits: typeof PATIENT) => build(setting as ChannelSetting as never, new ChannelHttp([vendor.address], limits));
      [notifier, impatient] = [waiting(PATIENT), waiting(IMPATIENT)];
      const trouble = (kind: Vendor['trouble']) => () => void (vendor.trouble = kind);
      return {
        notifier,
        impatient,
        address: MOBILE,
        unknownAddress: null,
        taken: () => vendor.taken.map(({ text, body }) => ({ text, id: /"id":"([0-9a-f-]{36})"/.exec(body)?.[1] ?? null })),
        trouble: {
          busy: trouble('busy'),
          expired: trouble('expired'),
          garbage: name === 'webhook' ? null : trouble('garbage'),
          down: trouble('down'),
          silent: trouble('silent'),
          redirect: trouble('redirect'),
        },
        mend: () => void (vendor.trouble = null),
        secrets: ['s-e-c-r-e-t', 't-o-k-e-n'],
        limit: null,
        ...more,
      };
    },
    async () => {
      await notifier.close();
      await impatient.close();
      await vendor.stop();
    },
  );
}

const secrets = new Map([
  ['key', 's-e-c-r-e-t'],
  ['secret', 's-e-c-r-e-t'],
  ['token', 't-o-k-e-n'],
]);

overHttp(
  'wecom',
  () => new WecomVendor('s-e-c-r-e-t'),
  (setting, http) => new WecomNotifier(setting, secrets, http),
  {},
  {
    limit: { most: 2048, measure: 'bytes' },
  },
);
overHttp(
  'dingtalk',
  () => new DingtalkVendor('t-o-k-e-n', 's-e-c-r-e-t', clock),
  (setting, http) => new DingtalkNotifier(setting, secrets, http, clock),
  {},
  { limit: { most: 18_000, measure: 'bytes' } },
);
overHttp(
  'feishu',
  () => new FeishuVendor('t-o-k-e-n', 's-e-c-r-e-t', clock),
  (setting, http) => new FeishuNotifier(setting, secrets, http, clock),
  {},
  { limit: { most: 20_000, measure: 'bytes' } },
);
overHttp(
  'sms',
  () => new GatewayVendor('s-e-c-r-e-t'),
  (setting, http) => new SmsNotifier(setting, secrets, http, clock),
  {
    body: { to: '{phone}', text: '{text}', id: '{id}', key: '{secret.key}' },
    success: { path: 'result.code', is: ['0'] },
    busy: [{ path: 'result.code', is: ['FLOW'] }],
    broken: [{ path: 'result.code', is: ['AUTH'] }],
  },
  { limit: { most: 268, measure: 'units' }, unknownAddress: '12345' },
);
overHttp(
  'webhook',
  () => new WebhookVendor('s-e-c-r-e-t'),
  (setting, http) => new WebhookNotifier(setting, secrets, http, clock),
  {},
  {
    address: 'luwenjing',
    unknownAddress: 'unknown',
  },
);

describe('mail', () => {
  let smtp: SmtpOnLoopback;
  let notifier: Notifier;
  notifierSuite(
    'email',
    async () => {
      smtp = await SmtpOnLoopback.start();
      notifier = new EmailNotifier(new Map([['url', smtp.url]]), '回应值班台 <huiying@localhost>', 'https://huiying.example', {
        id: 'email',
      });
      smtp.unknown.add('nobody@wangchuan.example');
      return {
        notifier,
        impatient: null,
        address: 'luwenjing@wangchuan.example',
        unknownAddress: 'nobody@wangchuan.example',
        taken: () => smtp.mails.map(({ raw, messageId }) => ({ text: textOf(raw), id: messageId })),
        trouble: {
          busy: () => void (smtp.isBusy = true),
          expired: null,
          garbage: null,
          down: () => smtp.stop(),
          silent: null,
          redirect: null,
        },
        mend: async () => {
          smtp.isBusy = false;
          await smtp.restart();
        },
        secrets: [],
        limit: null,
      };
    },
    async () => {
      await notifier.close();
      await smtp.stop();
    },
  );
});

describe('console', () => {
  let database: Database;
  let drop: () => Promise<void>;
  let taken: { text: string; id: string | null }[] = [];
  const store = () => new WorkflowStore(database, clock);
  notifierSuite(
    'console',
    async () => {
      ({ database, drop } = await freshDatabase(2));
      const inner = new ConsoleNotifier(store());
      const notifier = Object.assign(Object.create(inner) as ConsoleNotifier, {
        send: async (message: Parameters<ConsoleNotifier['send']>[0]) => {
          const answer = await inner.send(message);
          taken = (
            await database.query<{ id: string; title: string; text: string; detail: { link: string } }>(
              `SELECT subject_id AS id, title, text, detail FROM workflow.change WHERE recipient_id = $1 ORDER BY change_id`,
              [message.address],
            )
          ).map(({ id, title, text, detail }) => ({ id, text: [title, text, detail.link].join('\n') }));
          return answer;
        },
      });
      return {
        notifier,
        impatient: null,
        address: '0f8fad5b-d9cb-469f-a165-70867728950e',
        unknownAddress: null,
        taken: () => taken,
        trouble: { busy: null, expired: null, garbage: null, down: null, silent: null, redirect: null },
        mend: () => undefined,
        secrets: [],
        limit: null,
      };
    },
    () => drop(),
  );
});

it('sends nothing to an address of a private net that is not on the list', async () => {
  const vendor = await new WecomVendor('s-e-c-r-e-t').start();
  const [setting] = channelsFile.parse({ channels: [{ id: 'wecom', kind: 'wecom', url: vendor.url }] }).channels;
  const notifier = new WecomNotifier(setting as never, secrets, new ChannelHttp([], PATIENT));
  const items = [{ noticeId: 'n', urgency: 'urgent' as const, title: 't', body: 'b', viewUrl: 'https://h.cn/', acknowledgeUrl: null }];
  const answer = await notifier.send({ id: 'm', address: MOBILE, recipientName: '陆文婧', isRepeat: false, items });
  expect(answer).toMatchObject({ outcome: 'broken', reason: expect.stringContaining('内网') });
  expect(vendor.taken).toEqual([]);
  await notifier.close();
  await vendor.stop();
});

/** The words of a mail: its subject and text, whatever they are encoded in. */
function textOf(raw: string): string {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const subject = /^subject: ((?:.|\r\n[ \t])*)/im.exec(head)?.[1] ?? '';
  const body = rest.join('\r\n\r\n');
  const coding = /^content-transfer-encoding: (\S+)/im.exec(head)?.[1]?.toLowerCase();
  const bytes =
    coding === 'base64'
      ? Buffer.from(body, 'base64')
      : coding === 'quoted-printable'
        ? Buffer.from(
            body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
            'latin1',
          )
        : Buffer.from(body);
  return `${subject}\n${bytes.toString('utf8')}`;
}
