import { hotlineRecord, type HotlineRecordInput } from '@huiying/contracts/http';
import { maskedOpinion } from './masked-opinion.js';

const masked = (more: Partial<HotlineRecordInput>) =>
  maskedOpinion(hotlineRecord.parse({ orderNo: '1', content: '停水', receivedAt: '2026-11-02 09:00:00', ...more }));

describe('maskedOpinion', () => {
  const content = '我是李桂兰，电话13812345678，住望川市青梧区学府街道和平里3号楼201，停水三天，工单20261102000001无人处理。';
  const caller = { name: '李桂兰', phone: '13812345678' };
  const address = '望川市青梧区学府街道和平里3号楼201';

  it('hides the caller in title and text, and keeps what the matter is', () => {
    const { title, text } = masked({ title: '李桂兰反映停水', content, caller, address });
    expect(title).toBe('李**反映停水');
    expect(text).toBe('我是李**，电话138****5678，住望川市青梧区学府街道****，停水三天，工单20261102000001无人处理。');
  });

  it('leaves nothing of the caller in a confidential order', () => {
    const { title, text } = masked({ title: '李桂兰反映停水', content, caller, address, confidential: true });
    expect(`${title}${text}`).not.toMatch(/李|138|5678|和平里/);
    expect(text).toContain('停水三天');
  });

  it.each<[string, Partial<HotlineRecordInput>, object]>([
    ['no title: its first sentence', { content: '学府路积水。请处理' }, { title: '学府路积水' }],
    ['a name of one character is no name', { content: '王府井路积水', caller: { name: '王' } }, { text: '王府井路积水' }],
    ['a city is no address', { content: '望川市积水', address: '望川市' }, { text: '望川市积水' }],
    ['markup of the hotline system', { content: '<p>积水&nbsp;严重</p><p>第二段</p>' }, { text: '积水 严重\n第二段' }],
    ['a phone that the caller gave otherwise written', { content: '回电 138-1234-5678', caller }, { text: '回电 138****5678' }],
  ])('%s', (_, record, expected) => expect(masked(record)).toMatchObject(expected));
});
