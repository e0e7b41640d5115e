import { loadSegmenter } from '../segmenter.js';
import { matterLikeness, matterBytes, matterFrom, matterOf, sharedTerms, withJoined, type Matter } from './matter.js';
import { MatterReader } from './matter-terms.js';
import { WordCounts } from './word-counts.js';

const reader = new MatterReader(loadSegmenter(() => undefined));
const counts = WordCounts.empty();
const matter = (title: string, text: string): Matter => matterOf(reader.read(title, text).terms, counts);

const NOISE = matter(
  '枫桥雅苑旁搅拌站噪音扰民',
  '我是枫桥雅苑的业主，小区旁边的搅拌站每天早上六点就开始作业，噪音和粉尘严重影响居民休息，孩子都生病了。',
);

describe('matterLikeness', () => {
  it.each([
    [
      'the same matter in other words',
      '枫桥雅苑居民被搅拌站吵得睡不着',
      '搅拌站离枫桥雅苑不到百米，昼夜轰鸣，灰尘漫天，窗户都不敢开，请尽快搬走。',
      0.2,
      1,
    ],
    ['the same name in another matter', '枫桥小学何时放假', '孩子在枫桥小学读三年级，请问本学期哪天结束，老师还没有通知。', 0, 0.14],
    ['the same topic elsewhere', '请取缔澄湖小镇旁的搅拌站', '澄湖小镇东侧的混凝土搅拌站没有环评手续，运输车压坏了村道。', 0, 0.2],
    ['nothing in common', '公积金贷款额度如何计算', '请问外地缴存的公积金能否在本地贷款购房？', 0, 0.05],
  ])('%s', (_, title, text, least, most) => {
    const alike = matterLikeness(NOISE, matter(title, text));
    expect(alike).toBeGreaterThanOrEqual(least);
    expect(alike).toBeLessThanOrEqual(most);
  });

  it('takes a place for no matter, however many names it has', () => {
    const local = new MatterReader(
      loadSegmenter(() => undefined),
      ['梧桐社区', '银杏街道', '临浦区'],
    );
    const of = (title: string, text: string) => matterOf(local.read(title, text).terms, counts);
    const deposit = of('梧桐社区家具定金不退', '市民来电反映，临浦区银杏街道梧桐社区15栋附近一家家具店不退定金。来电人愿意配合现场指认。');
    const lamp = of('梧桐社区路灯一闪一闪', '市民来电反映，临浦区银杏街道梧桐社区15栋附近路灯一闪一闪，看不清路。来电人愿意配合现场指认。');
    const dark = of('梧桐社区的路灯坏了', '临浦区银杏街道梧桐社区整排路灯都不亮，看不清路。');
    expect(matterLikeness(deposit, lamp)).toBeLessThan(0.05);
    expect(matterLikeness(dark, lamp)).toBeGreaterThan(0.2);
  });

  it.each([
    ['a town that the city’s list lacks', '安沙镇垃圾露天焚烧', '安沙镇居民咨询结婚迁户口'],
    ['a district by the code that names were replaced with', '反映A6区党组织关系转移', '关于A6区白内障治疗报销的咨询'],
  ])('takes %s for no matter', (_, one, other) => expect(matterLikeness(matter(one, ''), matter(other, ''))).toBeLessThan(0.1));

  it('is 1 with itself, the same both ways, and 0 where there is nothing to read', () => {
    const other = matter('枫桥雅苑搅拌站', '灰尘大');
    expect(matterLikeness(NOISE, NOISE)).toBeCloseTo(1);
    expect(matterLikeness(NOISE, other)).toBeCloseTo(matterLikeness(other, NOISE));
    expect(matterLikeness(NOISE, matter('', '。！？'))).toBe(0);
  });

  it('is not lowered by the size of a story', () => {
    const story = Array.from({ length: 20 }).reduce<Matter>((sum) => withJoined(sum, NOISE), []);
    expect(matterLikeness(NOISE, story)).toBeCloseTo(1);
  });
});

describe('matterOf', () => {
  it('gives no weight to what stands in every twentieth text of the city and more', () => {
    const counted = WordCounts.empty();
    const common = reader.read('', '望川市民热线回复').terms.map((one) => one.term);
    for (let i = 0; i < 1000; i++) counted.add(i % 10 === 0 ? common : []);
    const terms = new Set(matterOf(reader.read('', '望川市民热线回复说搅拌站').terms, counted).map((one) => one.term));
    expect(common.filter((term) => terms.has(term))).toEqual([]);
    expect(terms.size).toBeGreaterThan(0);
  });

  it('survives its bytes', () => {
    const back = matterFrom(matterBytes(NOISE));
    expect(back.map((one) => one.term)).toEqual(NOISE.map((one) => one.term));
    expect(matterLikeness(back, NOISE)).toBeCloseTo(1);
    expect(sharedTerms(back, NOISE)).toHaveLength(NOISE.length);
  });
});

describe('MatterReader', () => {
  it.each([
    ['岳麓区和开福区', ['岳麓区', '开福区']],
    ['小区里、社区边、开发区旁', []],
    ['A3区和 A7 县', ['a3']],
    ['', []],
  ])('reads the districts of %j', (text, districts) => expect(reader.read('', text).districts).toEqual(districts));
});

describe('WordCounts', () => {
  it('survives its bytes, and refuses others', () => {
    const counted = WordCounts.empty();
    counted.add([1, -5]);
    counted.add([1]);
    const back = WordCounts.from(counted.toBytes(), counted.texts);
    expect([back.of(1), back.of(-5), back.of(7), back.texts]).toEqual([2, 1, 0, 2]);
    expect(() => WordCounts.from(Buffer.alloc(3), 1)).toThrow(RangeError);
  });

  it('halves what it knows before it grows old', () => {
    const counted = WordCounts.empty();
    for (let i = 0; i < 30_000; i++) counted.add(i % 2 === 0 ? [9] : []);
    expect([counted.texts, counted.of(9)]).toEqual([15_000, 7_500]);
  });
});
