import { resolve } from 'node:path';
import { judge, readJudgingConfig } from './index.js';
import { opinionOf } from './opinion.sample.js';

const lexicon = readJudgingConfig(resolve(__dirname, '../../../../config'), ['local']);

/** “deaths=3 injuries>=12 loss-yuan<1000000 trapped?”, sorted; ? is mentioned without a figure. */
function factsOf(sentence: string): string {
  const { severity } = judge(opinionOf({ text: sentence }), lexicon);
  const sign = { exact: '=', 'at-least': '>=', 'at-most': '<' };
  return severity.facts.map((f) => (f.value === null ? `${f.kind}?` : `${f.kind}${sign[f.bound]}${f.value}`)).sort().join(' '); // prettier-ignore
}

/** Sentences of ours, as the press, the hotline and forums write them: text, facts, level. */
const SENTENCES: [string, string, string][] = [
  // plain figures, Arabic and Chinese
  ['望北化工园一车间发生爆炸，造成3人死亡、5人受伤。', 'deaths=3 injuries=5', 'III'],
  ['望北化工园一车间发生爆炸，造成三人死亡、五人受伤。', 'deaths=3 injuries=5', 'III'],
  ['雁鸣县一鞭炮厂爆炸致10死21伤', 'deaths=10 injuries=21', 'II'],
  ['国道发生两车相撞事故，2死1伤。', 'deaths=2 injuries=1', 'IV'],
  ['望川二桥引桥坍塌，致两死一伤。', 'deaths=2 injuries=1', 'IV'],
  ['澄溪县黄泥凼磷矿发生冒顶事故，30人遇难。', 'deaths=30', 'I'],
  ['黄泥凼磷矿冒顶，29名矿工遇难。', 'deaths=29', 'II'],
  ['大客车侧翻，9人当场死亡。', 'deaths=9', 'III'],
  ['大巴翻坠河中，十二人不幸遇难。', 'deaths=12', 'II'],
  ['火灾造成一家三口遇难。', 'deaths=3', 'III'],
  ['现场发现4具遗体，火灾原因正在调查。', 'deaths=4', 'III'],
  ['工地塔吊倒塌，3名工人经抢救无效死亡。', 'deaths=3', 'III'],
  ['出租屋起火，2名租客身亡。', 'deaths=2', 'IV'],
  ['校车与货车相撞，死者共6人。', 'deaths=6', 'III'],
  ['沉船事故中15名遇难者的遗体已找到。', 'deaths=15', 'II'],
  ['脚手架倒塌，两条人命没了。', 'deaths=2', 'IV'],
  ['三车追尾，死亡3人，受伤11人。', 'deaths=3 injuries=11', 'III'],
  ['火灾已致１２人遇难。', 'deaths=12', 'II'],
  ['望川一倉庫發生火災，造成3人遇難、8人受傷。', 'deaths=3 injuries=8', 'III'],
  ['爆炸事故死亡人数为11人。', 'deaths=11', 'II'],
  ['透水事故遇难者人数上升至十三人。', 'deaths=13', 'II'],
  // injuries
  ['公交车追尾，12名乘客受伤送医。', 'injuries=12', 'III'],
  ['公交车追尾，9名乘客受伤送医。', 'injuries=9', 'IV'],
  ['车祸造成50人受伤。', 'injuries=50', 'II'],
  ['车祸造成49人受伤。', 'injuries=49', 'III'],
  ['踩踏事件致百余名学生受伤。', 'injuries>=100', 'I'],
  ['爆燃致6人烧伤。', 'injuries=6', 'IV'],
  ['坍塌事故中有8名伤者。', 'injuries=8', 'IV'],
  ['侧翻事故重伤3人、轻伤15人。', 'injuries=3', 'IV'],
  ['侧翻事故造成20人受伤，其中重伤12人。', 'injuries=20', 'III'],
  ['侧翻事故造成20人受伤，其中2人重伤。', 'injuries=20', 'IV'],
  ['追尾事故造成15人轻伤。', 'injuries=15', 'IV'],
  ['爆炸后有10人危重，正在抢救。', '', 'IV'],
  ['爆炸造成3死5伤，其中2人重伤。', 'deaths=3 injuries=5', 'III'],
  ['持刀伤人案致4人受伤。', 'injuries=4', 'IV'],
  ['火灾中7名儿童入院治疗。', 'injuries=7', 'IV'],
  ['伤员11名已全部送到医院，爆炸原因不明。', 'injuries=11', 'III'],
  // missing, trapped, evacuated
  ['山洪冲走村民，2人遇难、8人失联。', 'deaths=2 missing=8', 'II'],
  ['山体滑坡，5人失踪。', 'missing=5', 'III'],
  ['矿井透水，12名矿工被困井下。', 'trapped=12', 'III'],
  ['电梯坠落，3人被困。', 'trapped=3', 'III'],
  ['楼房垮塌，被埋人员9人。', 'trapped=9', 'III'],
  ['基坑坍塌，救出被困工人4名，1人死亡。', 'deaths=1 trapped=4', 'IV'],
  ['氯气泄漏，疏散群众6000余人。', 'evacuated>=6000', 'III'],
  ['氯气泄漏，紧急疏散周边居民1.2万人。', 'evacuated=12000', 'II'],
  ['液氯泄漏，5万余名群众紧急转移。', 'evacuated>=50000', 'I'],
  ['内涝严重，转移安置320户群众。', 'evacuated>=320', 'IV'],
  ['洪水进村，撤离村民800多人。', 'evacuated>=800', 'IV'],
  ['特大暴雨，全县转移避险5.3万人。', 'evacuated=53000', 'II'],
  // poisoned
  ['望北实验学校37名学生疑似食物中毒。', 'poisoned=37', 'IV'],
  ['食物中毒事件中有一百零二人中毒。', 'poisoned=102', 'III'],
  ['聚餐后60余人出现腹泻，疑似食物中毒。', 'poisoned>=60', 'IV'],
  ['食物中毒致110人中毒、1人死亡。', 'deaths=1 poisoned=110', 'II'],
  ['硫化氢中毒事故，中毒12人。', 'poisoned=12', 'III'],
  ['一氧化碳中毒，4人死亡。', 'deaths=4', 'III'],
  ['幼儿园集体腹泻，20多名幼儿呕吐。', 'poisoned>=20', 'IV'],
  // loss
  ['仓库火灾，直接经济损失约1200万元。', 'loss-yuan=12000000', 'III'],
  ['仓库火灾，损失3000多万元。', 'loss-yuan>=30000000', 'III'],
  ['仓库火灾造成经济损失达五千万元。', 'loss-yuan=50000000', 'II'],
  ['爆炸造成直接经济损失1.3亿元。', 'loss-yuan=130000000', 'I'],
  ['爆炸造成上亿元财产损失。', 'loss-yuan>=100000000', 'I'],
  ['爆炸造成近一亿元损失。', 'loss-yuan<100000000', 'II'],
  ['大棚被冰雹砸坏，直接经济损失900余万元。', 'loss-yuan>=9000000', 'IV'],
  ['火灾无人员伤亡，直接经济损失三千元。', 'deaths=0 injuries=0 loss-yuan=3000', 'IV'],
  ['水源污染事件造成经济损失500万元。', 'loss-yuan=5000000', 'III'],
  ['起火烧毁设备，损失1,050万元。', 'loss-yuan=10500000', 'III'],
  // bounds
  ['客车坠崖，近30人遇难。', 'deaths<30', 'II'],
  ['客车坠崖，至少30人遇难。', 'deaths>=30', 'I'],
  ['客车坠崖，10余人遇难。', 'deaths>=10', 'II'],
  ['客车坠崖，十多人死亡。', 'deaths>=10', 'II'],
  ['客车坠崖，十几人死亡。', 'deaths>=10', 'II'],
  ['客车坠崖，约10人死亡。', 'deaths=10', 'II'],
  ['客车坠崖，超过10人死亡。', 'deaths>=10', 'II'],
  ['客车坠崖，不足10人死亡。', 'deaths<10', 'III'],
  ['爆炸造成上百人受伤。', 'injuries>=100', 'I'],
  ['爆炸造成数十人受伤。', 'injuries>=20', 'III'],
  ['爆炸造成近百人受伤。', 'injuries<100', 'II'],
  ['爆炸造成3人以上死亡。', 'deaths>=3', 'III'],
  ['爆炸造成两三人死亡。', 'deaths>=2', 'IV'],
  ['爆炸造成三四十人受伤。', 'injuries>=30', 'III'],
  ['爆炸造成二十来人受伤。', 'injuries=20', 'III'],
  ['火灾造成12人左右受伤。', 'injuries=12', 'III'],
  // none
  ['锦梧苑3号楼起火，无人员伤亡。', 'deaths=0 injuries=0', 'IV'],
  ['锦梧苑3号楼起火，未造成人员伤亡。', 'deaths=0 injuries=0', 'IV'],
  ['锦梧苑3号楼起火，没有造成人员伤亡。', 'deaths=0 injuries=0', 'IV'],
  ['锦梧苑3号楼起火，暂无人员伤亡报告。', 'deaths=0 injuries=0', 'IV'],
  ['锦梧苑3号楼起火，未接到人员伤亡报告。', 'deaths=0 injuries=0', 'IV'],
  ['追尾事故没有人受伤。', 'injuries=0', 'IV'],
  ['滑坡发生后无人被困。', 'trapped=0', 'IV'],
  ['火灾扑灭及时，实现零伤亡。', 'deaths=0 injuries=0', 'IV'],
  ['车祸无人死亡，3人受伤。', 'deaths=0 injuries=3', 'IV'],
  ['大火已扑灭，所幸未发生人员伤亡', 'deaths=0 injuries=0', 'IV'],
  // unknown is not zero
  ['化工厂爆炸，伤亡情况不明。', 'deaths? injuries?', 'III'],
  ['化工厂爆炸，伤亡人数正在核实。', 'deaths? injuries?', 'III'],
  ['化工厂爆炸，造成人员伤亡。', 'deaths? injuries?', 'III'],
  ['化工厂爆炸，多人受伤。', 'injuries?', 'III'],
  ['化工厂爆炸，多名工人死亡。', 'deaths?', 'III'],
  ['楼房坍塌，有多人被困。', 'trapped?', 'III'],
  ['化工厂爆炸，1人死亡，受伤人数尚未公布。', 'deaths=1 injuries?', 'IV'],
  ['多名学生上吐下泻，疑似食物中毒。', 'poisoned?', 'III'],
  // several figures: the total, the sum, the latest
  ['爆炸当场造成2人死亡，另有3人经抢救无效死亡。', 'deaths=5', 'III'],
  ['爆炸新增2人死亡，累计死亡11人。', 'deaths=11', 'II'],
  ['此前通报爆炸致3人死亡，最新死亡人数为10人。', 'deaths=10', 'II'],
  ['最新通报：爆炸死亡人数升至12人，此前通报为9人。', 'deaths=12', 'II'],
  ['火灾造成3人死亡。记者从医院获悉，一名男子和一名女子死亡，另一名儿童重伤。', 'deaths=3 injuries=1', 'III'],
  ['火灾造成6人伤亡，其中2人死亡、4人受伤。', 'deaths=2 injuries=4', 'IV'],
  ['爆炸共造成13人死亡，其中厂区9人死亡、路过4人死亡。', 'deaths=13', 'II'],
  ['起初未造成人员伤亡的火灾，今晨确认1人死亡。', 'deaths=1 injuries=0', 'IV'],
  ['通报将死亡人数更正为8人，早前误报为11人死亡。', 'deaths=8', 'III'],
  ['爆炸致1死3伤。截至18时，2人死亡，2人受伤。', 'deaths=2 injuries=3', 'IV'],
  // not of now, not happened, not counted
  ['该矿去年发生透水事故，造成5人死亡。', '', 'IV'],
  ['2019年，该厂爆炸致78人死亡。', '', 'IV'],
  ['望川开展地震应急演练，模拟20人被困。', '', 'IV'],
  ['飞线充电随时可能引发火灾，造成人员伤亡。', '', 'IV'],
  ['路口没有红绿灯，要是出了车祸死3个人谁负责？', '', 'IV'],
  ['电影讲述矿难中12人遇难的故事。', '', 'IV'],
  ['物业费涨到每平方米3元，业主真是累死了。', '', 'IV'],
  ['父亲去世后，抚恤金一直没有发放。', '', 'IV'],
  ['死亡赔偿金80万元至今没有拿到。', '', 'IV'],
  ['这次中考3人满分，九死一生的考验。', '', 'IV'],
  ['200人参加了遇难者追悼会。', '', 'IV'],
  ['我家楼下120人民医院救护车天天堵路。', '', 'IV'],
  ['他因病去世，遗属3人生活困难。', '', 'IV'],
  ['网上被骗损失2万元，公安局立案了没有？', 'loss-yuan=20000', 'IV'],
  ['被告人驾车致2人死亡一案一审宣判。', '', 'IV'],
  ['消防演练中疏散师生1200人。', '', 'IV'],
]; // prettier-ignore

describe('facts and severity', () => {
  it('is a table of at least 120 sentences', () => expect(SENTENCES.length).toBeGreaterThanOrEqual(120));
  it.each(SENTENCES)('%s → %s', (sentence, facts) => expect(factsOf(sentence)).toBe(facts));
  it.each(SENTENCES)('%s (%s) is level %s', (sentence, _, level) =>
    expect(judge(opinionOf({ text: sentence }), lexicon).severity.level).toBe(level),
  );

  it('reads title and text as one: the total may stand in either', () => {
    const { severity } = judge(
      opinionOf({ title: '望北化工园爆炸死亡人数升至10人', text: '11月20日，望北化工园爆炸造成8人死亡。' }),
      lexicon,
    );
    expect(severity.facts).toEqual([{ kind: 'deaths', value: 10, bound: 'exact', phrase: '死亡人数升至10人' }]);
    expect(severity.level).toBe('II');
  });

  it('quotes the original words at their place, though they were folded for reading', () => {
    const text = '快訊：倉庫失火，造成１２人受傷。';
    const { severity } = judge(opinionOf({ text }), lexicon);
    const match = severity.reasons.flatMap((r) => r.matches).find((m) => m.term.includes('受傷'))!;
    expect(text.slice(match.start, match.end)).toBe(match.term);
    expect(severity.facts[0]!.phrase).toBe('１２人受傷');
  });

  it('says that the facts are not known, and that the level can only rise', () => {
    const { severity } = judge(opinionOf({ text: '望北化工园突发爆炸，伤亡情况不明。' }), lexicon);
    expect(severity.reasons.map((r) => r.text).join()).toContain('尚未掌握，按已知情况初判，掌握后只可上调');
  });

  it('names the law where law grades, and the house scale where it does not', () => {
    const first = (text: string) => judge(opinionOf({ text }), lexicon).severity.reasons[0]!.text;
    expect(first('望北化工园爆炸，3人死亡。')).toMatch(/^初判III级（较大）：死亡（含失踪）3人.*国务院令第493号）第三条$/);
    expect(first('望川三百多户业主聚集讨要房产证。')).toContain('本系统舆情分级口径');
  });
});
