import { channelsFile, secretsOf } from './channels.js';
import { BadConfig, parseConfig } from './config-file.js';

const read = (yaml: string) => parseConfig('channels.yaml', yaml, channelsFile).channels;
const faults = (yaml: string): string[] => {
  try {
    read(yaml);
    return [];
  } catch (error) {
    return (error as BadConfig).faults;
  }
};
const SMS = `channels:
  - id: sms
    kind: sms
    url: https://sms.example.gov.cn/send
    body: { to: '{phone}', text: '{text}', sign: '{hmac.app-secret:{phone}{seconds}}', key: '{secret.app-key}' }
    success: { path: code, is: ['0'] }
`;

it('knows the limits of each vendor by itself', () => {
  const channels = read(`channels:
  - { id: wecom, kind: wecom }
  - { id: dingtalk, kind: dingtalk }
  - { id: feishu, kind: feishu }
`);
  expect(channels.map(({ perMinute }) => perMinute)).toEqual([20, 20, 100]);
});

it.each<[string, string, RegExp]>([
  ['an unknown kind', 'channels:\n  - { id: a, kind: fax }', /line 2: channels\.0\.kind/],
  [
    'a key in the address',
    'channels:\n  - { id: a, kind: wecom, url: "https://x.cn/send?key=1" }',
    /line 2: channels\.0\.url: must not hold the key/,
  ],
  ['an id twice', 'channels:\n  - { id: a, kind: wecom }\n  - { id: a, kind: feishu }', /line 3: channels\.1\.id: a is used/],
  ['the console', 'channels:\n  - { id: console, kind: wecom }', /line 2: channels\.0\.id/],
  ['two mails', 'channels:\n  - { id: a, kind: email }\n  - { id: b, kind: email }', /line 3: channels\.1: there is one/],
  ['a word too many', 'channels:\n  - { id: a, kind: wecom, key: x }', /line 2: channels\.0/],
  ['a pattern that is none', SMS.replace("{ path: code, is: ['0'] }", "{ text: '(' }"), /line 6: channels\.0\.success/],
])('refuses %s', (_, yaml, said) => expect(faults(yaml).join('\n')).toMatch(said));

it('finds the secrets that a template names', () => {
  expect(secretsOf(read(SMS)[0]!)).toEqual(['app-secret', 'app-key']);
});
