import { fold } from './fold.js';
import { TermMatcher } from './term-matcher.js';

const found = (matcher: TermMatcher, text: string) => matcher.find(fold(text)).map((m) => [text.slice(m.start, m.end), ...m.ids]);

describe('TermMatcher', () => {
  it('finds nested, overlapping and repeated terms in order of their start', () => {
    const matcher = new TermMatcher([['望川', 1], ['望川市', 2], ['川市区', 3], ['停水', 4]] as const); // prettier-ignore
    expect(found(matcher, '望川市区停水又停水')).toEqual([['望川', 1], ['望川市', 2], ['川市区', 3], ['停水', 4], ['停水', 4]]); // prettier-ignore
  });

  it('keeps all ids of one term and folds terms and texts alike', () => {
    const matcher = new TermMatcher([['NBA', 1], ['ｎｂａ', 2], ['NBA', 1], ['', 3]] as const); // prettier-ignore
    expect(found(matcher, '看ＮＢＡ')).toEqual([['ＮＢＡ', 1, 2]]);
  });

  it('finds nothing in an empty text and with no terms', () => {
    expect(new TermMatcher([['甲', 1]]).find('')).toEqual([]);
    expect(new TermMatcher([]).find('甲乙')).toEqual([]);
  });

  it('agrees with a naive search over thousands of terms', () => {
    const signs = [...'一二三四五六七八九十百千甲乙丙丁'];
    let state = 11;
    const draw = (below: number) => (state = (Math.imul(state, 48271) >>> 0) % 0x7fffffff) % below;
    const word = (length: number) => Array.from({ length }, () => signs[draw(signs.length)]!).join('');
    const terms = [...new Set(Array.from({ length: 4000 }, () => word(1 + draw(4))))];
    const matcher = new TermMatcher(terms.map((term, id) => [term, id] as const));
    const text = word(400);
    const naive = terms.flatMap((term, id) => [...text].flatMap((_, at) => (text.startsWith(term, at) ? [`${at}:${id}`] : [])));
    const ours = matcher.find(text).flatMap((m) => m.ids.map((id) => `${m.start}:${id}`));
    expect(ours.sort()).toEqual(naive.sort());
  });
});
