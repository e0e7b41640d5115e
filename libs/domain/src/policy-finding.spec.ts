import { isFreshlyPublished, ownNumberOf } from './policy-finding.js';

describe('the number of a document', () => {
  it.each([
    ['named', '索引号：000014349\n发文字号：望政办发〔2026〕31号\n成文日期：2026-11-18', '望政办发〔2026〕31号'],
    ['named with a space', '文 号: 望建规〔2026〕4号', '望建规〔2026〕4号'],
    ['alone on a line', '望川市人民政府办公室文件\n 望政办发〔2026〕31号 \n各区县：', '望政办发〔2026〕31号'],
    ['of another that is cited', '根据国办发〔2016〕61号精神，现通知如下', null],
    ['of another, alone, far below', `${'正文。'.repeat(400)}\n国办发〔2016〕61号\n`, null],
    ['absent', '关于印发实施办法的通知', null],
  ])('%s', (_what, text, number) => expect(ownNumberOf(text)).toBe(number));
});

it.each([
  ['at once', 0, true],
  ['a week later', 7, true],
  ['later', 7.01, false],
])('a document first seen %s after it was published', (_what, days, fresh) => {
  const published = new Date('2026-11-18T02:00:00Z');
  expect(isFreshlyPublished(published, new Date(published.getTime() + days * 86_400_000))).toBe(fresh);
});
