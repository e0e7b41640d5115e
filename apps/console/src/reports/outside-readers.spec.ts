import { outsideLines, readOutside } from './outside-readers.js';

it.each([
  ['市委办 office@city.example', [{ name: '市委办', address: 'office@city.example' }]],
  [
    '王 主任，wang@city.example\n\n  b@c.example ',
    [
      { name: '王 主任', address: 'wang@city.example' },
      { name: 'b@c.example', address: 'b@c.example' },
    ],
  ],
  ['省厅 <duty@gov.example>', [{ name: '省厅', address: 'duty@gov.example' }]],
  ['', []],
])('reads %j', (text, readers) => {
  expect(readOutside(text)).toEqual(readers);
  expect(readOutside(outsideLines(readers))).toEqual(readers);
});
