import { resolve } from 'node:path';
import { judge, readJudgingConfig } from './index.js';
import { opinionOf } from './opinion.sample.js';

const lexicon = readJudgingConfig(resolve(__dirname, '../../../../config'), ['local']);
const judged = (text: string, given: Parameters<typeof opinionOf>[0] = {}) => judge(opinionOf({ text, ...given }), lexicon);
const order = (appealType: string) => ({
  orderNo: '1',
  version: 1,
  appealType,
  urgency: null,
  category: null,
  region: null,
  leadUnit: null,
});

describe('disposition (分类处置, 国办发〔2016〕80号)', () => {
  it.each([
    ['望北化工园爆炸，造成3人死亡、5人受伤。', 'grave-problem'],
    ['青梧区一幼儿园老师针扎孩子，家长已报警，请有关部门严查', 'grave-problem'],
    ['业主集体上访拉横幅，住建局互相推诿踢皮球，投诉半年没人管', 'grave-problem'],
    ['小区停水三天了，物业说管不了，居民苦不堪言', 'difficulty'],
    ['包工头拖欠工资半年，工人生活困难，请求帮助讨薪', 'difficulty'],
    ['建议在梧桐里大街增设公交站，方便老人出行', 'constructive'],
    ['建议图书馆延长开放时间', 'constructive'],
    ['请问望川市医保异地报销比例是多少，怎么办理', 'unclear'],
    ['请问随迁子女入学需要哪些材料，教育局有规定吗', 'unclear'],
    ['听说自来水要停一个月，紧急扩散，让更多人知道，政府还在隐瞒不报！！', 'mistaken'],
  ])('%s: %s', (text, expected) => expect(judged(text).disposition?.class).toBe(expected));

  it('follows what the hotline registered', () => {
    expect(judged('医保报销', { channel: 'hotline', order: order('咨询') }).disposition?.class).toBe('unclear');
    expect(judged('增设路灯', { channel: 'hotline', order: order('意见建议') }).disposition?.class).toBe('constructive');
  });

  it('names the public act and the document, and says nothing of what is no 政务舆情', () => {
    const { disposition } = judged('小区停水三天了，物业说管不了，请问找谁？');
    expect(disposition!.action).toBe('及时研究解决，公布研究解决情况');
    expect(disposition!.reasons[0]!.text).toContain('国办发〔2016〕80号');
    expect(judged('今天天气真好').disposition).toBeNull();
  });
});

describe('routing (第一责任主体, 国办发〔2016〕61号)', () => {
  const routed = (text: string, title = '') => judged(text, { title }).routing;
  it.each([
    ['路面破损三年没人修，请尽快维修', '', 'general', '市交通运输局'],
    ['办税大厅退税要等三个月，投诉无门', '', 'vertical', '市税务局'],
    ['青梧区、临浦区多个小区自来水发黄浑浊，停水三天', '', 'several-places', '水务集团'],
    ['我市出台的限行通告引发质疑，停车限行不合理，交警部门没人解释', '望川市限行新规惹争议', 'city-policy', '市公安局'],
    ['国务院新规太不合理，养老金补缴政策朝令夕改，反对', '国务院养老新规引质疑', 'national-policy', '国务院相关部门'],
  ])('%s: %s %s', (text, title, situation, responsible) => {
    const routing = routed(text, title);
    expect([routing?.situation, routing?.responsible]).toEqual([situation, responsible]);
  });

  it('lets the superior coordinate a vertically managed body, and the city’s office the others', () => {
    expect(routed('办税大厅退税要等三个月，投诉无门')!.coordinator).toBe('市税务局的上级部门办公厅（室）会同宣传部门');
    expect(routed('路面破损三年没人修，请尽快维修')!.coordinator).toBe('市政府办公室会同市委宣传部');
  });

  it('sends a matter that crosses the city’s border to the superior body', () => {
    const routing = routed('望川与杭州交界的澄溪河污水直排，上下游互相推诿，村民投诉');
    expect(routing).toMatchObject({ situation: 'several-places', responsible: '省级主管部门' });
  });

  it('has the mayor lead what is 特别重大', () => {
    expect(routed('望北化工园爆炸，造成31人死亡，请全力救援')!.reasons.at(-1)!.text).toContain('本级政府主要负责同志');
  });
});

describe('rumour hint (传言提示)', () => {
  const hint = (text: string, given: Parameters<typeof opinionOf>[0] = {}) => judged(text, given).rumour;
  it.each([
    ['网传望川自来水被投毒，赶紧转发，让更多人知道！！', true],
    ['听说明天要停气一周，是真的吗', true],
    ['朋友说学校有孩子被拐，千真万确，扩散出去', true],
    ['小区停水三天了，物业说管不了', false],
    ['路灯坏了半个月没人修', false],
  ])('%s: %s', (text, said) => expect(hint(text) !== null && !hint(text)!.refuted).toBe(said));

  it('tells a denial from what it denies', () => {
    const rumour = hint('辟谣：网传自来水被投毒系谣言，请勿传播')!;
    expect(rumour.refuted).toBe(true);
    expect(rumour.score).toBeLessThan(0.4);
  });

  it('is a hint with its words, and says so', () => {
    const text = '网传望川自来水被投毒，赶紧转发！！';
    const { reasons, score } = hint(text)!;
    expect(score).toBeGreaterThanOrEqual(0.8);
    expect(reasons[0]!.text).toContain('仅作提示');
    expect(reasons.flatMap((r) => r.matches).map((m) => text.slice(m.start, m.end))).toEqual(expect.arrayContaining(['网传', '赶紧转']));
  });
});
