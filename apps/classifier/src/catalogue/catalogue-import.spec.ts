import { resolve } from 'node:path';
import { readJudgingConfig } from '../judging/index.js';
import { catalogueOf } from './catalogue-import.js';

const lexicon = readJudgingConfig(resolve(__dirname, '../../../../config'), []);
const ABOUT = { id: 'sample', title: '样例目录', version: '1', source: '样例' };

describe('a catalogue from a file', () => {
  it('keeps the codes of a standard, and maps by the words of names and remarks', () => {
    const rows = [
      { level_1_name: '城乡建设', level_2_name: '公用事业', level_3_name: '供水', level_3_code: '050101', remark: '自来水停水、水压' },
      { level_1_name: '其他', level_2_name: '其他', level_3_name: '其他', level_3_code: '990101', remark: '' },
    ];
    expect(catalogueOf(rows, ABOUT, lexicon).entries).toEqual([
      { code: '050101', path: ['城乡建设', '公用事业', '供水'], topics: ['0110'] },
      { code: '990101', path: ['其他', '其他', '其他'], topics: [] },
    ]);
  });

  it('makes AA-BB-CC where there are no codes', () => {
    const rows = [{ l1: '甲', l2: '乙', l3: '丙' }, { l1: '甲', l2: '乙', l3: '丁' }, { l1: '甲', l2: '戊', l3: '丙' }, { l1: '己', l2: '乙' }]; // prettier-ignore
    expect(catalogueOf(rows, ABOUT, lexicon).entries.map((e) => e.code)).toEqual(['01-01-01', '01-01-02', '01-02-01', '02-01-00']);
  });

  it('keeps both of a code that a standard prints twice, and tells of it', () => {
    const told: string[] = [];
    const rows = [
      { l1: '甲', code: '1' },
      { l1: '乙', code: '1' },
    ];
    const { entries } = catalogueOf(rows, ABOUT, lexicon, ({ line, code }) => told.push(`${line}:${code}`));
    expect([entries.map((e) => e.code), told]).toEqual([['1', '1-2'], ['2:1']]);
  });

  it('refuses rows without a name, all at once', () => {
    expect(() => catalogueOf([{ code: '1' }, { l1: '甲' }, {}], ABOUT, lexicon)).toThrow(
      /line 1 must have a name[\s\S]*line 3 must have a name/,
    );
  });
});
