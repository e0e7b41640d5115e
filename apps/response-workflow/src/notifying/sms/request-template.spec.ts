import { createHmac } from 'node:crypto';
import { filled } from './request-template.js';

const filling = {
  values: { phone: '13900000001', text: '【预警】{secret.key} {phone}', id: 'm1', seconds: '1795680000' },
  secrets: new Map([['key', 'k-1']]),
};
const hmac = (text: string) => createHmac('sha256', 'k-1').update(text).digest('hex');

it.each([
  ['{phone}', '13900000001'],
  ['a {phone} b {id}', 'a 13900000001 b m1'],
  ['{secret.key}', 'k-1'],
  ['{secret.other} {nothing} {', '{secret.other} {nothing} {'],
  ['{hmac.key:{phone}{seconds}}', hmac('139000000011795680000')],
  ['v1={hmac.key:{phone}};{id}', `v1=${hmac('13900000001')};m1`],
  ['{hmac.key:}', hmac('')],
])('%s', (template, text) => expect(filled(template, filling)).toBe(text));

it('does not fill what came in with the text: a stranger wrote the title', () =>
  expect(filled({ content: '{text}', list: ['{phone}', 7, null] }, filling)).toEqual({
    content: '【预警】{secret.key} {phone}',
    list: ['13900000001', 7, null],
  }));
