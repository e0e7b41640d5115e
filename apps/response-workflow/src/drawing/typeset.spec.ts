import { typeset } from './typeset.js';

/** A Chinese character is 2 wide, a letter or figure 1. */
const measure = (text: string) => [...text].reduce((sum, one) => sum + (one < '\u0250' ? 1 : 2), 0);

it.each([
  ['fits', '本期持平', 8, 0, ['本期持平']],
  ['breaks between characters', '本期共采集信息', 8, 0, ['本期共采', '集信息']],
  ['begins later', '本期共采集信息', 8, 4, ['本期', '共采集信', '息']],
  ['keeps a figure whole', '信息12345条', 8, 0, ['信息', '12345条']],
  ['cuts what is too long for any line', 'abcdefghijk', 4, 0, ['abcd', 'efgh', 'ijk']],
  ['lets a full stop hang', '本期持平。完', 8, 0, ['本期持平。', '完']],
  ['lets two hang, not three', '本期持平”）。完', 8, 0, ['本期持平”）', '。完']],
  ['counts what hangs, not what closes', '本期9%）。完', 8, 0, ['本期9%）。', '完']],
  ['takes an opening sign along', '本期持（平）', 8, 0, ['本期持', '（平）']],
  ['ends a line where told', '一\n二', 8, 0, ['一', '二']],
  ['does not begin with a blank', '本期持平 再说', 8, 0, ['本期持平', '再说']],
  ['is one empty line for nothing', '', 8, 0, ['']],
])('%s', (_, text, width, indent, lines) => expect(typeset(text, width, measure, indent)).toEqual(lines));
