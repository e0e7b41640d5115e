import { loadSegmenter } from '../segmenter.js';
import { MatterReader } from './matter-terms.js';
import { habitsBytes, habitsFrom, isRoutine, withoutUsual, withSaid, type SourceHabits } from './source-habits.js';

const reader = new MatterReader(loadSegmenter(() => undefined));
const read = (text: string) => reader.read('', text);
const habitsOf = (texts: readonly string[]) => texts.reduce<SourceHabits>((habits, text) => withSaid(habits, read(text)), []);

const SKY = ['晴', '多云', '阴', '小雨'];
const weather = (n: number) =>
  `望川市天气预报（11月${n + 1}日8时）：今天白天${SKY[n % 4]}，偏北风${2 + (n % 3)}级，最高气温${10 + ((n * 7) % 9)}度，最低气温${(n * 3) % 7}度。`;
const market = (n: number) =>
  `第${100 + n}期菜篮子日报：监测的蔬菜平均零售价每公斤${4 + (n % 5)}.${(n * 7) % 10}元，环比${n % 2 ? '上涨' : '下降'}${(n * 3) % 5}.${n % 9}%，猪肉每公斤${20 + (n % 4)}元。`;
const news = (n: number) =>
  [
    '望川市图书馆11月起延长开放时间至21时',
    '梧江二桥今晨5时完成合龙，明年6月通车',
    '两名教师获评全省模范，共30人入选',
    '青梧区新建口袋公园12处，居民步行可达',
    '第8届望川马拉松报名人数突破2万',
    '科创路3号地块成交，将建保障房600套',
  ][n % 6]!;
const complaint = (n: number) =>
  `枫桥雅苑旁边的搅拌站噪音扰民，粉尘严重，孩子都生病了，请尽快处理，已经是第${n + 1}次反映，住户几百人签名，仍然没有人管。`;
const times = (count: number, text: (n: number) => string) => Array.from({ length: count }, (_, n) => text(n));

describe('isRoutine', () => {
  it.each<[string, string[], string, boolean]>([
    ['a forecast after many', times(12, weather), weather(12), true],
    ['prices after many', times(12, market), market(12), true],
    ['the fifth of a series', times(4, weather), weather(4), true],
    ['the fourth, before it is known for one', times(3, weather), weather(3), false],
    ['the first of a source', [], weather(0), false],
    ['what a paper tells', times(6, news), '望川市11月起上调最低工资标准至2200元', false],
    ['a forecast among other news', [...times(6, news), weather(0), ...times(5, news)], weather(1), false],
    ['a copy of one complaint with another number', times(12, complaint), complaint(12), false],
    ['a series without a figure', times(12, () => '今日暂无播报，路况正常'), '今日暂无播报，路况拥堵', false],
    ['nothing', times(12, weather), '', false],
  ])('%s', (_, before, text, expected) => expect(isRoutine(read(text), habitsOf(before))).toBe(expected));

  it('finds out again when the source turns to other things', () =>
    expect(isRoutine(read(weather(30)), habitsOf([...times(12, weather), ...times(12, news)]))).toBe(false));
});

describe('withoutUsual', () => {
  it('leaves what was said but once', () => {
    const habits = habitsOf(times(12, weather));
    const left = withoutUsual(read(`${weather(12)}梧桐路路面塌陷，请绕行。`), habits).map((one) => one.term);
    const of = (text: string) => read(text).terms.map((one) => one.term);
    expect(left).toEqual(expect.arrayContaining(of('塌陷，绕行')));
    expect(left.filter((term) => of('天气预报，偏北风，最高气温').includes(term))).toEqual([]);
  });
});

describe('habits', () => {
  it('survive their bytes, and others are refused', () => {
    const habits = habitsOf(times(14, market));
    expect(habits).toHaveLength(12);
    expect(habitsFrom(habitsBytes(habits))).toEqual(habits);
    expect(habitsFrom(habitsBytes([]))).toEqual([]);
    expect(() => habitsFrom(Buffer.alloc(3))).toThrow(RangeError);
  });
});
