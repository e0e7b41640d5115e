import { searchQuery, searchWords } from './search-words.js';

it.each([
  ['水管爆裂', ['水管', '管爆', '爆裂', '裂']],
  ['停水', ['停水', '水']],
  ['水', ['水']],
  ['K12教育，Wifi', ['k12', '教育', '育', 'wifi']],
  ['2026年', ['2026', '年']],
  ['，。！', []],
])('%s is found under %j', (text, words) => expect(searchWords(text)).toEqual(words));

it('keeps each word once, and stops at the length that is indexed', () => {
  expect(searchWords('停水停水')).toEqual(['停水', '水停', '水']);
  expect(searchWords('一'.repeat(10_000))).toEqual(['一一', '一']);
  expect(searchWords(`${'x '.repeat(3_000)}尾声`)).toEqual(['x']);
});

it.each([
  ['水管', ['水管'], "'水管'"],
  ['水管爆裂', ['水管爆裂'], "'水管' & '管爆' & '爆裂'"],
  ['水', ['水'], "'水':*"],
  ['WiFi 教育', ['wifi', '教育'], "'wifi':* & '教育'"],
  ["x'); DROP", ["x');", 'drop'], "'x':* & 'drop':*"],
])('%s asks for %s', (typed, terms, tsquery) => expect(searchQuery(typed)).toEqual({ terms, tsquery }));

it('asks for nothing where nothing searchable was typed', () => expect(searchQuery(' ，。 !! ')).toBeNull());
