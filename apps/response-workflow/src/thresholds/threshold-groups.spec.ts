import { readCity } from '@huiying/settings';
import { ThresholdGroups, type CountedOpinion } from './threshold-groups.js';

const groups = new ThresholdGroups(
  readCity('config'),
  (code) => ({ '0601': '安全生产' })[code] ?? code,
  () => undefined,
);
const BODY = {
  place: 'spot',
  sameTopic: false,
  topics: [],
  needs: [{ sources: ['call'], count: 3 }],
  windowHours: 24,
} as never as Parameters<ReturnType<ThresholdGroups['reader']>>[0];
const OPINION: CountedOpinion = { title: '', text: '', channel: 'hotline', topicCode: '0601', jurisdiction: 'ours', places: [] };
const found = (opinion: Partial<CountedOpinion>, body: Partial<typeof BODY> = {}) =>
  groups.reader({ ...OPINION, ...opinion })({ ...BODY, ...body })?.groups ?? null;

it.each<[string, Partial<CountedOpinion>, string[] | null]>([
  ['a place of the list', { places: ['锦梧苑', '梧桐里街道', '青梧区'], text: '锦梧苑小区停水' }, ['锦梧苑']],
  ['an estate that is not on the list', { text: '我们和平里小区又停水了' }, ['和平里']],
  ['two estates', { text: '和平里小区和阳光花园都停水' }, ['和平里', '阳光']],
  ['no name at all', { text: '我们小区停水了，寄宿学校和快速路也是' }, null],
  ['a town is no spot', { places: ['梧桐里街道'], text: '停水' }, null],
  ['another city', { text: '和平里小区', jurisdiction: 'not-ours' }, null],
  ['a source that is not asked for', { text: '和平里小区', channel: 'weibo' }, null],
])('the same spot: %s', (_, opinion, expected) => expect(found(opinion)).toEqual(expected));

it.each<[string, Parameters<typeof found>, string[] | null]>([
  ['a town', [{ places: ['锦梧苑', '梧桐里街道', '青梧区'] }, { place: 'town' }], ['梧桐里街道']],
  ['a district', [{ places: ['锦梧苑', '梧桐里街道', '青梧区'] }, { place: 'district' }], ['青梧区']],
  ['the whole city', [{}, { place: 'city' }], ['全市']],
  ['a place and its topic', [{ places: ['青梧区'] }, { place: 'district', sameTopic: true }], ['青梧区 · 安全生产']],
  [
    'no topic where one is asked for',
    [
      { places: ['青梧区'], topicCode: null },
      { place: 'district', sameTopic: true },
    ],
    null,
  ],
  ['a topic below the one asked for', [{}, { place: 'city', topics: ['06'] }], ['全市']],
  ['another topic', [{}, { place: 'city', topics: ['07'] }], null],
])('%s', (_, [opinion, body], expected) => expect(found(opinion, body)).toEqual(expected));
