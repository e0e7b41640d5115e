import { stretchesOf } from './stretches.js';

it.each([
  ['....', [{ sign: '.', start: 0, length: 4 }]],
  [
    '..uu.p',
    [
      { sign: '.', start: 0, length: 2 },
      { sign: 'u', start: 2, length: 2 },
      { sign: '.', start: 4, length: 1 },
      { sign: 'p', start: 5, length: 1 },
    ],
  ],
  ['', []],
])('%p is drawn in stretches', (hours, stretches) => expect(stretchesOf(hours)).toEqual(stretches));
