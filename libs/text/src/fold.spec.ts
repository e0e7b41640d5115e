import { fold } from './fold.js';

describe('fold', () => {
  it.each([
    ['ＮＢＡ１２３％', 'nba123%'],
    ['望川臨浦區發生交通事故', '望川临浦区发生交通事故'],
    ['Ａ　Ｂ\u00a0C\tD', 'a b c d'],
    ['“第１２３４５号”，（来电）：是！否？', '“第12345号”，（来电）：是！否？'],
    ['一行\n二行', '一行\n二行'],
    ['纯简体不变', '纯简体不变'],
    ['', ''],
    ['看<b>这里</b>吧', '看   这里    吧'],
    ['甲&nbsp;乙&#8220;', '甲      乙       '],
    ['见https://a.example/b?c=1，再说', `见${' '.repeat(23)}，再说`],
    ['3<5且5>3', '3<5且5>3'],
  ])('%s becomes %s', (text, folded) => expect(fold(text)).toBe(folded));

  it('keeps every code unit in its place', () => {
    const text = '  ＨＴＴＰ：<a href="http://x.example/">鏈接</a>&amp;😀繁體\r\n㊙️www.x.example';
    expect(fold(text)).toHaveLength(text.length);
    expect(fold(text).indexOf('链接')).toBe(text.indexOf('鏈接'));
  });
});
