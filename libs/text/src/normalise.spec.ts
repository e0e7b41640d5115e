import { normalise, withoutSourceLines } from './normalise.js';

describe('normalise', () => {
  const story = '纺织新村3号楼昨夜突发火情，消防员20分钟控制火势，无人员伤亡。';
  it.each([
    ['来源：望川日报\n' + story],
    [story + '（记者 张某 通讯员 李某）'],
    ['望川日报11月20日讯（记者 张某）' + story],
    [story + '\n责任编辑：王某'],
    [story + '【编辑：王某】'],
    [story + '\n点击阅读原文查看更多精彩内容'],
    ['　　' + story.replaceAll('，', ', ') + '&nbsp;'],
    [`<p>${story}</p>`],
    [story + ' 来源：https://news.example/a/1.html'],
    ['紡織新村3號樓昨夜突發火情，消防員20分鐘控制火勢，無人員傷亡。'],
  ])('%j is the same text', (copy) => expect(normalise('', copy)).toBe(normalise('', story)));

  it('keeps what is said about reporters and sources', () => {
    expect(withoutSourceLines('记者在现场看到，污水来源于上游的工厂。')).toBe('记者在现场看到，污水来源于上游的工厂。');
  });

  it('does not count a title twice that the text repeats', () => {
    expect(normalise('突发火情', '突发火情：昨夜')).toBe('突发火情昨夜');
    expect(normalise('突发火情', '昨夜')).toBe('突发火情昨夜');
    expect(normalise('', '')).toBe('');
  });
});
