import { processorSeconds } from '../../../test/support/processor-time.js';
import { parseScheme, SchemeMatcher } from './keyword-scheme.js';

const matches = (source: string, text: string, title = '') => {
  const { scheme, faults } = parseScheme(source);
  expect(faults).toEqual([]);
  return new SchemeMatcher([{ key: 1, scheme }]).find(title, text);
};

describe('a keyword scheme', () => {
  it.each([
    // any
    ['停水\n断水', '小区停水三天', true],
    ['停水\n断水', '小区停电三天', false],
    // must
    ['+望川\n停水\n断水', '望川停水', true],
    ['+望川\n停水\n断水', '停水', false],
    ['+望川\n+停水', '望川昨夜停水', true],
    ['＋望川\n停水', '望川停水', true],
    // must not
    ['停水\n!检修公告', '停水检修公告', false],
    ['停水\n！公告', '停水公告', false],
    // aliases, both bars
    ['自来水|水务集团|供水公司', '供水公司没人接电话', true],
    ['自来水｜水务集团', '水务集团', true],
    // regular expressions
    ['/停水.{0,4}[三四五]天/', '小区停水已经三天', true],
    ['/停水.{0,4}[三四五]天/', '小区停水一天', false],
    ['+停水\n!/计划.?检修/', '停水，是计划内检修', false],
    ['/PM2\\.5/', '今天pm2.5爆表', true],
    // groups: either is enough
    ['停水\n\n停电', '停电了', true],
    // never, over all groups
    ['停水\n\n停电\n\n[全局排除]\n演练', '停电演练', false],
    ['停水\n\n[GLOBAL_FILTER]\n演练', '停水演练', false],
    // folded: full width, traditional, case
    ['ＡＰＰ闪退', '政务app闪退', true],
    ['停水', '小區停水', true],
    ['# 说明\n停水', '停水', true],
  ])('%j on %s: %s', (source, text, expected) => expect(matches(source, text).length > 0).toBe(expected));

  it('looks in title and text, and gives the places of the words in the original', () => {
    const [hit] = matches('[供水]\n+望川\n停水 => 断供', '已经停水', '望川');
    expect(hit).toEqual({
      key: 1,
      group: '供水',
      shown: ['望川', '断供'],
      spans: [{ field: 'title', start: 0, end: 2 }, { field: 'text', start: 2, end: 4 }],
    }); // prettier-ignore
  });

  it('tells every scheme that matches, in one pass', () => {
    const scheme = (source: string) => parseScheme(source).scheme;
    const matcher = new SchemeMatcher([{ key: 'a', scheme: scheme('停水') }, { key: 'b', scheme: scheme('停电') }, { key: 'c', scheme: scheme('三天') }]); // prettier-ignore
    expect(matcher.find('', '停水三天').map((h) => h.key)).toEqual(['a', 'c']);
  });

  it.each([
    ['水', 1, /只有一个字/],
    ['停水\n+', 2, /缺少词/],
    ['!公告', 1, /只有排除词/],
    ['', 0, /还没有词/],
    ['/(停水/', 1, /正则.*有误/],
    ['/.*/', 1, /命中空白/],
    ['/(?=停水)/', 1, /有误/],
    [`/${'a'.repeat(201)}/`, 1, /最多200/],
    ['停水\n'.repeat(301), 0, /最多300行/],
  ])('%j: line %d says %s', (source, line, message) => {
    const { faults } = parseScheme(source.slice(0, 2_000));
    expect(faults[0]).toMatchObject({ line, message: expect.stringMatching(message) as string });
  });

  it('takes no longer for a pattern that makes other engines hang', async () => {
    const { scheme } = parseScheme('/(a+)+b/');
    const find = () => new SchemeMatcher([{ key: 1, scheme }]).find('', 'a'.repeat(5_000));
    expect(await processorSeconds(find)).toBeLessThan(2);
  });
});
