import { lightUp, lightWords, termsOf, type Match } from './highlight.js';

const match = (start: number, end: number, field: Match['field'] = 'text'): Match => ({ field, start, end, term: `${start}` });

describe('lightUp', () => {
  const text = '望川市临浦区化工厂爆燃两人死亡';
  it('leaves a text without matches whole', () => expect(lightUp(text, [], 'text')).toEqual([{ text, reasons: [] }]));
  it('lights a word at the start, in the middle and at the end', () => {
    const lit = lightUp(text, [{ text: '', matches: [match(0, 3), match(9, 11), match(13, 15)] }], 'text');
    expect(lit.filter(({ reasons }) => reasons.length > 0).map((stretch) => stretch.text)).toEqual(['望川市', '爆燃', '死亡']);
    expect(lit.map((stretch) => stretch.text).join('')).toBe(text);
  });
  it('gives overlapping words to both reasons', () => {
    const lit = lightUp(
      text,
      [
        { text: '', matches: [match(0, 6)] },
        { text: '', matches: [match(3, 9)] },
      ],
      'text',
    );
    expect(lit.slice(0, 3)).toEqual([
      { text: '望川市', reasons: [0] },
      { text: '临浦区', reasons: [0, 1] },
      { text: '化工厂', reasons: [1] },
    ]);
  });
  it('takes only its own field', () => expect(lightUp(text, [{ text: '', matches: [match(0, 3, 'title')] }], 'text')).toHaveLength(1));
  it('survives offsets outside of the text', () => {
    const lit = lightUp(text, [{ text: '', matches: [match(13, 99), match(40, 44), match(5, 5)] }], 'text');
    expect(lit.map((stretch) => stretch.text).join('')).toBe(text);
    expect(lit[lit.length - 1]).toEqual({ text: '死亡', reasons: [0] });
  });
  it('has nothing to show for an empty text', () => expect(lightUp('', [{ text: '', matches: [match(0, 2)] }], 'text')).toEqual([]));
});

it('names the words of a reason once, in order', () => {
  const reason = {
    text: '',
    matches: [
      { ...match(9, 11), term: '爆燃' },
      { ...match(0, 3), term: '望川市' },
      { ...match(20, 22), term: '爆燃' },
    ],
  };
  expect(termsOf(reason)).toEqual(['望川市', '爆燃']);
});

it('lights what was searched for, whatever its case', () => {
  expect(
    lightWords('停水 ABC 停水', 'abc 停水')
      .filter(({ reasons }) => reasons.length > 0)
      .map(({ text }) => text),
  ).toEqual(['停水', 'ABC', '停水']);
  expect(lightWords('停水', ' ')).toEqual([{ text: '停水', reasons: [] }]);
});
