import { resolve } from 'node:path';
import { judge, readJudgingConfig } from './index.js';
import { opinionOf } from './opinion.sample.js';

const lexicon = readJudgingConfig(resolve(__dirname, '../../../../config'), ['local']);
type Channel = Parameters<typeof opinionOf>[0]['channel'];
const judged = (title: string, channel: Channel = 'news', text = '') =>
  judge(opinionOf({ title, text, channel: channel!, sourceId: 'local' }), lexicon).publicOpinion;

describe('whether it is 政务舆情', () => {
  it.each([
    ['青梧区纺织新村业主投诉电梯频繁故障', true],
    ['望北化工园突发爆炸', true],
    ['临浦区多名家长质疑学区划分不公', true],
    ['望川市民反映公交改线后出行不便', true],
    ['澄溪县一村庄饮用水源污染，村民求助', true],
    ['雁鸣县环卫工人讨薪无果', true],
    ['业主拉横幅集体维权 开发商逾期交房', true],
    // routine work and praise
    ['市长调研防汛工作', false],
    ['望川市召开安全生产工作会议', false],
    ['望川马拉松鸣枪开跑', false],
    ['望川学院举行开学典礼', false],
    ['望北新区云谷产业园揭牌', false],
    ['望川开展消防演练', false],
    ['望川市2026年公开招聘教师公告', false],
    // entertainment, sports, stocks, games, advertising, abroad
    ['《望川故事》首映 主演亮相红毯', false],
    ['望川队主场2:1取胜 主教练满意', false],
    ['A股收盘：沪指涨1% 创业板领涨', false],
    ['新网游公测 玩家爆棚', false],
    ['望江花园新盘热销 均价9000元', false],
    ['本周星座运势', false],
  ])('%s: %s', (title, expected) => expect(judged(title).verdict).toBe(expected));

  it.each([
    ['小区停水三天了，物业说管不了，请问找谁？', 'forum', true],
    ['今天天气真好，去渔湖湿地公园散步', 'forum', false],
    ['转让二手婴儿车一辆', 'forum', false],
    ['咨询医保异地报销比例', 'hotline', true],
    ['反映路灯不亮', 'hotline', true],
  ] as const)('%s on %s: %s', (text, channel, expected) => expect(judged('', channel, text).verdict).toBe(expected));

  it('is never said of what is not ours, though the matter would be one', () => {
    const { verdict, reasons, score } = judge(
      opinionOf({ sourceId: 'elsewhere', channel: 'news', title: '杭州业主投诉逾期交房' }),
      lexicon,
    ).publicOpinion;
    expect([verdict, score >= 0.5]).toEqual([false, true]);
    expect(reasons[0]!.text).toBe('有诉求或突发情况，但不是本市的事');
  });

  it('gives its reasons in the order of their weight, with the words', () => {
    const { reasons } = judged('青梧区纺织新村业主投诉电梯频繁故障');
    expect(reasons.map((r) => r.text)).toEqual([
      '涉及本市政府职责范围内的事项，且有诉求、质疑或突发情况，属政务舆情',
      '有投诉、举报、反映问题的表述：“投诉”',
      expect.stringContaining('事项属“特种设备与电梯”'),
    ]);
    expect(reasons[1]!.matches).toEqual([{ field: 'title', start: 9, end: 11, term: '投诉' }]);
  });
});

describe('重点回应 classes', () => {
  it.each([
    ['望北化工园发生爆炸，造成3人死亡', 'emergency'],
    ['望北化工园突发爆炸', 'emergency'],
    ['两车追尾，1人受轻伤', null],
    ['锦梧苑厨房起火，无人员伤亡', null],
    ['临浦区一幼儿园老师虐童，家长报警', 'moral-shock'],
    ['省委巡视组交办望北新区征地补偿问题，村民投诉', 'superior-request'],
    ['望川停水事件登上热搜，市民投诉', 'social-hotspot'],
    ['三百多户业主投诉：望江花园逾期交房', 'vital-interest'],
    ['上千名家长反映学区划分', 'vital-interest'],
    ['一名业主投诉物业费', null],
    ['网传望川限行新规一刀切，是真的吗？市民质疑政策不合理', 'policy-misread'],
    ['市民建议优化公交线路', null],
  ])('%s: %s', (title, expected) => expect(judged(title, 'forum').keyCategory).toBe(expected));
});

describe('severity by attention', () => {
  it.each([
    ['望川停水事件登上热搜，市民投诉', 'II'],
    ['上千名家长反映学区划分', 'III'],
    ['一名业主投诉物业费', 'IV'],
  ])('%s is %s', (title, level) => expect(judge(opinionOf({ title }), lexicon).severity.level).toBe(level));
});
