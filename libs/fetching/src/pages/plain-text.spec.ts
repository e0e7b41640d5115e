import { plainLine, plainText } from './plain-text.js';
import { processorSeconds } from '../../../../test/support/processor-time.js';

describe('plainText', () => {
  it.each([
    ['一段', '一段'],
    ['<p>　　第一段。</p>\n<p>第二段<br/>换行</p>', '第一段。\n第二段\n换行'],
    ['<script>alert(1)</script><style>p{}</style><p onclick="x()">正文</p>', '正文'],
    ['&lt;b&gt; 不是标签 &amp;amp;', '<b> 不是标签 &amp;'],
    ['路灯&nbsp;不亮&mdash;已报修 &copy;', '路灯 不亮—已报修 ©'],
    ['<table><tr><td>甲</td></tr><tr><td>乙</td></tr></table>', '甲\n乙'],
    ['5 < 6 且 7 > 3', '5 < 6 且 7 > 3'],
    ['<p>没有关上 <b>的标签', '没有关上 的标签'],
    ['<img src=x onerror=alert(1)>', ''],
    ['<!-- 注释 -->正文', '正文'],
    ['零\u200b宽\ufeff字\u0000符', '零宽字符'],
    ['a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
    ['   ', ''],
  ])('%p', (markup, text) => expect(plainText(markup, 1_000)).toBe(text));

  it('cuts at the length asked for, never within a character', () => {
    expect(plainText('𠮷𠮷𠮷', 3)).toBe('𠮷');
    expect(plainText('一二三四', 3)).toBe('一二三');
  });

  it('is quick with megabytes of brackets', async () => {
    const megabytes = ['<', '<p>', ' ', '&'].map((part) => part.repeat(3_000_000 / part.length));
    expect(await processorSeconds(() => megabytes.map((text) => plainText(text, 1_000)))).toBeLessThan(3);
  });
});

it('plainLine keeps a title on one line', () => expect(plainLine(' 一\n<br>二 ', 10)).toBe('一 二'));
