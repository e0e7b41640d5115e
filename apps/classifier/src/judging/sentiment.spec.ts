import { resolve } from 'node:path';
import { judge, readJudgingConfig } from './index.js';
import { opinionOf } from './opinion.sample.js';

const lexicon = readJudgingConfig(resolve(__dirname, '../../../../config'), ['local']);

describe('sentiment', () => {
  it.each([
    ['太失望了，投诉三次都敷衍', 'negative'],
    ['感谢社区工作人员，问题解决了，点赞', 'positive'],
    ['明天上午九点供水管检修', 'neutral'],
    ['服务态度并不是很满意', 'negative'],
    ['没有拖欠，也不推诿', 'positive'],
    ['非常感谢', 'positive'],
    ['幸福小区的水管明天检修，没人受伤', 'neutral'],
    ['幸福小区电梯困了8个人，物业不管', 'negative'],
    ['住在这里很幸福', 'positive'],
    ['', 'neutral'],
  ])('%s is %s', (text, label) => expect(judge(opinionOf({ text }), lexicon).sentiment.label).toBe(label));

  it('stays within −1 and 1', () => {
    const { score } = judge(opinionOf({ text: '愤怒失望无奈'.repeat(200) }), lexicon).sentiment;
    expect(score).toBeGreaterThanOrEqual(-1);
    expect(score).toBeLessThan(-0.9);
  });
});
