import { splitClauses, splitSentences } from './sentences.js';

const cut = (text: string, spans: { start: number; end: number }[]) => spans.map((s) => text.slice(s.start, s.end));

describe('splitSentences', () => {
  it.each([
    ['停水了。谁管？', ['停水了。', '谁管？']],
    ['他说：“没人管！”大家都急。', ['他说：“没人管！”', '大家都急。']],
    ['第一行\n\n  第二行  ', ['第一行', '第二行']],
    ['怎么办？！……等吧', ['怎么办？！……', '等吧']],
    ['没有标点', ['没有标点']],
    ['  \n ', []],
    ['', []],
  ])('%j', (text, sentences) => expect(cut(text, splitSentences(text))).toEqual(sentences));
});

describe('splitClauses', () => {
  it.each([
    ['昨晚10:30起火，致3死、5伤；损失1,200万元。', ['昨晚10:30起火，', '致3死、', '5伤；', '损失1,200万元。']],
    ['通报：无人员伤亡', ['通报：', '无人员伤亡']],
  ])('%j', (text, clauses) => expect(cut(text, splitClauses(text))).toEqual(clauses));
});
