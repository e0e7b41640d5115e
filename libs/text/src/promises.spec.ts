import { dueIn, promisesIn, type PromisedFor } from './promises.js';

describe('promisesIn', () => {
  it.each([
    ['我局将于12月20日前完成管网改造。', 1],
    ['已于昨日完成管网改造。', 0],
    ['承诺三日内退还多收费用；将继续公布监测数据。', 2],
    ['目前无法确定恢复时间。', 0],
    ['企业此前承诺整改。', 0],
    ['确保年底前全部整改到位', 1],
    ['感谢您的关注。', 0],
  ])('%s holds %i', (text, count) => expect(promisesIn(text, '2026-11-18')).toHaveLength(count));

  it('gives the sentence and when it falls due', () => {
    expect(promisesIn('情况属实。我局将于12月20日前完成管网改造。', '2026-11-18')).toEqual([
      { text: '我局将于12月20日前完成管网改造', dueText: '12月20日前', due: { day: '2026-12-20' } },
    ]);
  });
});

describe('dueIn', () => {
  it.each<[string, PromisedFor | null]>([
    ['2027年3月1日前', { day: '2027-03-01' }],
    ['1月10日前', { day: '2027-01-10' }],
    ['11月18日', { day: '2026-11-18' }],
    ['2月30日前', null],
    ['13月1日前', null],
    ['2月底前', { day: '2027-02-28' }],
    ['年底前', { day: '2026-12-31' }],
    ['本月底前', { day: '2026-11-30' }],
    ['5个工作日内', { workingDays: 5 }],
    ['十个工作日内', { workingDays: 10 }],
    ['48小时内', { days: 2 }],
    ['三天内', { days: 3 }],
    ['两周内', { days: 14 }],
    ['本周内', { day: '2026-11-22' }],
    ['明天', { days: 1 }],
    ['尽快', null],
  ])('%s', (words, due) => expect(dueIn(`将在${words}办结`, '2026-11-18')?.due ?? null).toEqual(due));
});
