import { matchesIn } from './matches-in.js';

it.each<[RegExp, string]>([
  [/\d+/g, '死3人，伤12人'],
  [/(?<n>\d)人/g, '无'],
  [/(?=人)/g, '人人'],
  [/伤|(?<=伤)亡/g, '伤亡'],
])('finds with %p in %s what matchAll does', (pattern, text) => {
  const plain = (match: RegExpExecArray) => [match.index, ...match, { ...match.groups }];
  expect(matchesIn(pattern, text).map(plain)).toEqual([...text.matchAll(pattern)].map(plain));
  expect(matchesIn(pattern, text)).toHaveLength(matchesIn(pattern, text).length);
});

it('begins at the beginning, wherever the pattern stood', () => {
  const pattern = /\d/g;
  pattern.lastIndex = 2;
  expect(matchesIn(pattern, '123')).toHaveLength(3);
});
