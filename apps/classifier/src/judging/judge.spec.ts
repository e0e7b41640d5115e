import { resolve } from 'node:path';
import fc from 'fast-check';
import { judgement } from '@huiying/contracts';
import { judge, readJudgingConfig } from './index.js';
import { opinionOf } from './opinion.sample.js';
import { processorSeconds } from '../../../../test/support/processor-time.js';

const lexicon = readJudgingConfig(resolve(__dirname, '../../../../config'), ['local']);

/** Pieces that meet the lexicon, figures, marks, HTML and stray code units. */
const piece = fc.oneof(
  fc.constantFrom('望川市', '青梧区', '杭州', '爆炸', '火灾', '3人死亡', '近百人受伤', '无人员伤亡', '投诉', '环保局', '损失', '1.2亿元', '，', '。', '\n', '<b>', '&nbsp;', 'http://x.example/a?b=1', '繁體', '🔥', '\ud83d', '数', '十', '余', '死', '伤', '可能', '此前通报', '另有', '其中'), // prettier-ignore
  fc.string({ maxLength: 8, unit: 'binary' }),
);
const words = fc.array(piece, { maxLength: 40 }).map((parts) => parts.join(''));

describe('judge', () => {
  it('gives a judgement that the contract accepts, with every match at its place in the original, for any text', () => {
    fc.assert(
      fc.property(words, words, fc.constantFrom('news', 'forum', 'hotline'), (title, text, channel) => {
        const opinion = opinionOf({ title, text, channel: channel as 'news' });
        const judged = judge(opinion, lexicon);
        expect(judgement.parse(judged)).toEqual(judged);
        const reasons = [judged.jurisdiction, judged.publicOpinion, judged.severity, ...(judged.topic ? [judged.topic] : []), ...judged.departments].flatMap((part) => part.reasons); // prettier-ignore
        for (const { field, start, end, term } of reasons.flatMap((r) => r.matches)) expect(opinion[field].slice(start, end)).toBe(term);
        expect(judge(opinion, lexicon)).toEqual(judged);
      }),
      { numRuns: 300 },
    );
  });

  it('judges a text of 200,000 signs quickly, by its beginning', async () => {
    const opinion = opinionOf({ text: '一二三四五六七八九十百千万人死伤'.repeat(12_500) });
    expect(await processorSeconds(() => judge(opinion, lexicon))).toBeLessThan(2);
  });

  it('says what judged: the fingerprint changes with the configuration only', () => {
    expect(lexicon.judgedBy).toMatch(/^lexicon@[0-9a-f]{8}$/);
    expect(readJudgingConfig(resolve(__dirname, '../../../../config'), []).judgedBy).toBe(lexicon.judgedBy);
  });
});
