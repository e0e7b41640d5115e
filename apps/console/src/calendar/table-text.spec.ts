import { daysText, linesOf, readLines } from './table-text.js';

describe('a table of days as a person edits it', () => {
  it.each([
    [['2027-02-05'], '2027-02-05'],
    [['2027-02-06', '2027-02-05', '2027-02-07', '2027-02-13'], '2027-02-05~2027-02-07、2027-02-13'],
    [['2026-12-31', '2027-01-01'], '2026-12-31~2027-01-01'],
    [[], ''],
  ])('%j is written %s', (days, text) => expect(daysText(days)).toBe(text));

  it('is read back as it was written', () => {
    const named = [
      { name: '元旦', days: ['2026-12-31', '2027-01-01'] },
      { name: '春节', days: ['2027-02-05', '2027-02-07'] },
    ];
    expect(readLines(linesOf(named))).toEqual({ named, fault: null });
    expect(readLines(' 元旦: 2027-01-01, 2027-01-03 \n\n')).toEqual({
      named: [{ name: '元旦', days: ['2027-01-01', '2027-01-03'] }],
      fault: null,
    });
  });

  it.each([
    ['2027-01-01', '应写作“名称：日期”'],
    ['元旦：2027-02-30', '“2027-02-30”不是日期'],
    ['元旦：2027-01-03~2027-01-01', '不是日期'],
    ['元旦：', '没有日期'],
  ])('%s is refused in words', (text, fault) => expect(readLines(text).fault).toContain(fault));
});
