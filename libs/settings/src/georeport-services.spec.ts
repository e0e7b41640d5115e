import { serviceFilter, serviceOf } from './georeport-services.js';

const SERVICES = [
  { code: 'water', categories: ['供水', '水'] },
  { code: 'heat', categories: ['供热', '水'] },
  { code: 'other', categories: [] },
];

it.each([
  ['its code', { categoryCode: 'heat', category: '供水' }, 'heat'],
  ['its word, where the code is unknown', { categoryCode: '0601', category: '供水' }, 'water'],
  ['its word without a code', { categoryCode: null, category: '供热' }, 'heat'],
  ['the first that has its word', { categoryCode: null, category: '水' }, 'water'],
  ['the last one, where nothing fits', { categoryCode: '0601', category: '噪声' }, 'other'],
  ['the last one, where nothing is said', { categoryCode: null, category: null }, 'other'],
])('an order is of the service by %s', (_, order, code) => expect(serviceOf(SERVICES, order).code).toBe(code));

it('a filter takes a word for the first service that has it, and the rest for the last', () => {
  expect(serviceFilter(SERVICES, ['heat'])).toMatchObject({ codes: ['heat'], categories: ['供热'], rest: false });
  expect(serviceFilter(SERVICES, ['other', 'water'])).toMatchObject({ codes: ['water', 'other'], categories: ['供水', '水'], rest: true });
});
