import { resolve } from 'node:path';
import { judge, readJudgingConfig } from './index.js';
import { opinionOf } from './opinion.sample.js';

const lexicon = readJudgingConfig(resolve(__dirname, '../../../../config'), ['local']);
const judged = (text: string, given: Parameters<typeof opinionOf>[0] = {}) => judge(opinionOf({ text, ...given }), lexicon).severity;

/** “deaths=3 injuries>=12 loss-yuan<1000000 trapped?”, sorted; ? is mentioned without a figure. */
function factsOf(sentence: string): string {
  const sign = { exact: '=', 'at-least': '>=', 'at-most': '<' };
  const said = judged(sentence).facts.map((f) => (f.value === null ? `${f.kind}?` : `${f.kind}${sign[f.bound]}${f.value}`));
  return said.sort().join(' ');
}

/** Sentences of ours that are hard to read: text, facts, and the level that law gives (null: law grades nothing, or nothing is known). */
const SENTENCES: [string, string, string | null][] = [
  // latest / total
  ['截至22日18时，事故已造成7人死亡、3人失联。', 'deaths=7 missing=3', 'II'],
  ['事故死亡人数由6人上升至9人，另有2人失联。', 'deaths=9 missing=2', 'II'],
  ['死亡人数从3人增至5人，火灾原因在调查。', 'deaths=5', 'III'],
  ['截至目前，爆炸累计造成14人死亡，其中今日新增2人死亡。', 'deaths=14', 'II'],
  ['通报称火灾造成2人死亡，11月21日又有1人经抢救无效死亡，死亡人数升至3人。', 'deaths=3', 'III'],
  ['爆炸致5死8伤，其中3人重伤。', 'deaths=5 injuries=8', 'III'],
  ['塌方事故共造成6人死亡（其中2名救援人员）、4人受伤。', 'deaths=6 injuries=4', 'III'],
  ['爆炸已致4人遇难，较昨日增加1人。', 'deaths=4', 'III'],
  ['搜救结束，失联的3人均已遇难，爆炸共造成8人遇难。', 'deaths=8 missing=0', 'III'],
  ['3名失联人员全部找到，均无生命体征，事故死亡人数增至11人。', 'deaths=11 missing=0', 'II'],
  ['被困的12名矿工全部获救，透水事故无人员伤亡。', 'deaths=0 injuries=0 trapped=12', 'IV'],
  ['12名被困人员已全部救出，其中1人死亡。', 'deaths=1 trapped=12', 'IV'],
  ['火灾救出被困群众23人，疏散60余人，无人员伤亡。', 'deaths=0 evacuated>=60 injuries=0 trapped=23', 'IV'],
  // negation / rumour refute
  ['网传望川化工厂爆炸致30人死亡，系谣言，实际无人员伤亡。', 'deaths=0 injuries=0', 'IV'],
  ['辟谣：所谓“车祸死亡12人”不属实，该事故造成2人轻伤。', 'injuries=2', 'IV'],
  ['网传“青梧大道车祸致5死”不实，警方通报：1人受轻伤。', 'injuries=1', 'IV'],
  ['警方辟谣：网传持刀伤人致3人死亡为谣言。', '', null],
  ['目前没有接到死亡报告，爆炸致3人受伤。', 'deaths=0 injuries=3', 'IV'],
  ['所幸无一人伤亡，火灾烧毁货物价值50万元。', 'deaths=0 injuries=0', 'IV'],
  ['大火未致人员伤亡。', 'deaths=0 injuries=0', 'IV'],
  ['车辆侧翻，幸无人员受伤。', 'injuries=0', 'IV'],
  ['火灾未造成人员死亡，但有6人受伤。', 'deaths=0 injuries=6', 'IV'],
  ['爆炸没有造成任何人员伤亡和重大财产损失。', 'deaths=0 injuries=0', 'IV'],
  ['事故未造成人员被困和伤亡。', 'deaths=0 injuries=0 trapped=0', 'IV'],
  ['火灾无人员伤亡和被困情况。', 'deaths=0 injuries=0 trapped=0', 'IV'],
  ['此次泄漏没有人中毒。', 'poisoned=0', 'IV'],
  ['滑坡未造成人员失踪、伤亡。', 'deaths=0 injuries=0 missing=0', 'IV'],
  // numerals
  ['工厂爆炸导致壹拾贰人死亡。', 'deaths=12', 'II'],
  ['火灾造成廿三人受伤。', 'injuries=23', 'III'],
  ['矿难遇难人数达到三十。', 'deaths=30', 'I'],
  ['火灾造成半百人受伤。', 'injuries=50', 'II'],
  ['仓库失火损失半亿元。', 'loss-yuan=50000000', 'II'],
  ['爆炸直接经济损失1亿2千万元。', 'loss-yuan=120000000', 'I'],
  ['爆炸直接经济损失一亿两千三百万元。', 'loss-yuan=123000000', 'I'],
  ['火灾直接经济损失达2300.5万元。', 'loss-yuan=23005000', 'III'],
  ['火灾造成经济损失人民币伍仟万元整。', 'loss-yuan=50000000', 'II'],
  ['火灾造成直接财产损失8,600,000元。', 'loss-yuan=8600000', 'IV'],
  ['损失约合1.5个亿。', 'loss-yuan=150000000', null],
  ['火灾损失上千万元。', 'loss-yuan>=10000000', 'III'],
  ['火灾损失数千万元。', 'loss-yuan>=20000000', 'III'],
  ['火灾损失数百万元。', 'loss-yuan>=2000000', 'IV'],
  ['洪水造成直接经济损失3亿多元。', 'loss-yuan>=300000000', 'I'],
  ['爆炸直接经济损失超亿元。', 'loss-yuan>=100000000', 'I'],
  ['直接经济损失预计超过6000万元，爆炸原因待查。', 'loss-yuan>=60000000', 'II'],
  ['损失300万-500万元，火灾已扑灭。', 'loss-yuan>=3000000', 'IV'],
  ['火灾造成3至5人受伤。', 'injuries>=3', 'IV'],
  ['火灾造成3—5人受伤。', 'injuries>=3', 'IV'],
  ['火灾造成十四五人受伤。', 'injuries>=14', 'III'],
  ['火灾造成近三十人死亡。', 'deaths<30', 'II'],
  ['火灾造成三十人左右受伤。', 'injuries=30', 'III'],
  ['火灾造成不下十人死亡。', 'deaths>=10', 'II'],
  ['火灾造成不止3人死亡。', 'deaths>=3', 'III'],
  ['火灾造成少说有十个人死亡。', 'deaths>=10', 'II'],
  ['火灾造成死亡人数过百。', 'deaths>=100', 'I'],
  ['火灾造成死亡人数破百。', 'deaths>=100', 'I'],
  ['火灾造成百人死亡。', 'deaths=100', 'I'],
  ['火灾造成百来人受伤。', 'injuries=100', 'I'],
  ['火灾造成两位数伤亡。', 'deaths? injuries?', null],
  ['爆炸造成逾三十人死亡', 'deaths>=30', 'I'],
  ['爆炸造成3０人死亡', 'deaths=30', 'I'],
  ['爆炸造成成百上千人受伤', 'injuries>=1000', 'I'],
  ['矿井透水，尚有18人被困，其中6人已升井。', 'trapped=18', null],
  // history / elsewhere / drill / hypothetical
  ['2008年该矿曾发生爆炸，造成36人死亡；今天再次起火，无人员伤亡。', 'deaths=0 injuries=0', 'IV'],
  ['十年前那场大火夺去了18条生命。', '', null],
  ['前不久外省某化工厂爆炸造成20多人死亡，我市立即部署排查。', '', null],
  ['河南一工厂火灾致38人死亡，望川开展消防安全大检查。', '', null],
  ['望川开展矿山应急演练，“造成”3人被困、2人受伤。', '', null],
  ['演练模拟化工厂爆炸，5名工人受伤被困。', '', null],
  ['如果发生爆炸，可能造成上百人死亡，请尽快搬迁化工厂。', '', null],
  ['该路口一年内发生12起交通事故，造成3人死亡。', '', null],
  ['假设大坝溃决，下游5万人需转移。', '', null],
  ['唐山大地震造成24万人死亡，今天是纪念日。', '', null],
  ['去年同期，全市火灾死亡12人。', '', null],
  ['警示教育片回顾了造成9人死亡的燃气爆炸。', '', null],
  ['《生产安全事故报告和调查处理条例》规定，死亡3人以上为较大事故。', '', null],
  ['造成3人以上死亡的事故属于较大事故，应逐级上报。', '', null],
  ['造成10人以上30人以下死亡的，为重大事故。', '', null],
  // not casualties
  ['我父亲因病住院3次，医保报销了2万元。', '', null],
  ['我们3个人被骗损失2000元。', 'loss-yuan=2000', null],
  ['养鸡场死了300只鸡。', '', null],
  ['鱼塘3000斤鱼死亡，损失5万元。', 'loss-yuan=50000', null],
  ['大风致5棵树倒伏，砸坏3辆车。', '', null],
  ['3人因涉嫌盗窃被抓，5人在逃。', '', null],
  ['他死活不同意，3个人劝都没用。', '', null],
  ['楼道死角堆了3个月垃圾。', '', null],
  ['工伤死亡赔偿标准是多少，3人工亡能赔多少？', '', null],
  ['车祸5人受伤，3辆车受损。', 'injuries=5', 'IV'],
  ['死亡证明要跑3个部门才能开出来。', '', null],
  ['3名医护人员牺牲休息时间加班。', '', null],
  ['军人就是一个牺牲的职业。', '', null],
  ['客船沉没，7人丧生。', 'deaths=7', 'III'],
  ['山洪中2名消防员牺牲。', 'deaths=2', 'IV'],
  ['47万人民币装修押金至今下落不明，门店起火。', '', null],
  ['献血3人，救活伤员5人。', '', null],
  ['这家医院去年收治伤员3000人。', '', null],
  ['困难群众300人领到救助。', '', null],
  ['全村失联党员3人。', '', null],
  ['200人参加疏散演练。', '', null],
  ['医院门诊每天接待3000名患者治疗。', '', null],
  ['昨日15时许，雁鸣县一烟花厂发生爆炸，事故已造成16人遇难、8人受伤。', 'deaths=16 injuries=8', 'II'],
  ['凌晨3点，一辆载有47人的大客车冲出护栏坠崖，造成26人当场死亡，另有4人送医后不治身亡。', 'deaths=30', 'I'],
  ['火灾致1死1伤，伤者已送医，无生命危险。', 'deaths=1 injuries=1', 'IV'],
  ['事故夺走了5条鲜活的生命。', 'deaths=5', 'III'],
  ['爆炸夺去9名工人的生命。', 'deaths=9', 'III'],
  ['车祸中一家四口全部遇难。', 'deaths=4', 'III'],
  ['坍塌现场搜出6具遗体，仍有4人失联。', 'deaths=6 missing=4', 'II'],
  ['煤矿事故已确认21人遇难，其余15人生死未卜。', 'deaths=21', 'II'],
  ['坍塌事故，救援人员共救出被困人员9人，其中3人已无生命体征。', 'deaths=3 trapped=9', 'III'],
  ['泥石流造成14死3失联。', 'deaths=14 missing=3', 'II'],
  ['泥石流已致5人遇难，仍有12人失联，搜救持续进行。', 'deaths=5 missing=12', 'II'],
  ['洪水导致2人溺亡。', 'deaths=2', 'IV'],
  ['暴雨致全县受灾人口12万人，紧急转移安置3.6万人，直接经济损失8.9亿元。', 'evacuated=36000 loss-yuan=890000000', 'I'],
  ['山体滑坡，紧急撤离群众120余户460余人。', 'evacuated>=460', 'IV'],
  ['氨气泄漏致15人不适送医，其中2人伤势较重。', 'injuries=15', 'III'],
  ['化工厂氯气泄漏，56人出现中毒症状送医。', 'poisoned=56', 'II'],
  ['学校食堂午餐后，105名学生出现呕吐腹泻，无死亡病例。', 'deaths=0 poisoned=105', 'III'],
  ['食物中毒，120人发病，1人死亡。', 'deaths=1 poisoned=120', 'II'],
  ['疑似食物中毒，患者增至88人，均无生命危险。', 'poisoned=88', 'IV'],
  ['误食野生菌中毒，2人经抢救无效死亡，3人住院。', 'deaths=2 injuries=3', 'IV'],
  ['一男子持刀砍伤7人，其中2人死亡。', 'deaths=2 injuries=7', null],
  ['踩踏事故致36人死亡、49人受伤。', 'deaths=36 injuries=49', null],
  ['村民聚集堵路，冲突中5人受伤。', 'injuries=5', null],
  ['液化气罐爆燃，3人被烧成重伤。', 'injuries=3', 'IV'],
  ['货车与面包车相撞，面包车上9人7死2伤。', 'deaths=7 injuries=2', 'III'],
  ['货车撞上校车，造成校车上2名学生死亡、11名学生受伤。', 'deaths=2 injuries=11', 'III'],
  ['三人因一氧化碳中毒死亡。', 'deaths=3', 'III'],
  ['污水井清淤作业中4名工人中毒窒息，经抢救3人死亡1人脱险。', 'deaths=3 poisoned=4', 'III'],
  ['脚手架垮塌，2人当场死亡，1人送医后死亡，4人受伤。', 'deaths=3 injuries=4', 'III'],
  ['爆炸造成的死亡人数已攀升至23人，另有7人重伤。', 'deaths=23 injuries=7', 'II'],
  ['据应急管理局通报，事故共造成3死6伤，此前网传“20人死亡”不实。', 'deaths=3 injuries=6', 'III'],
  ['网友称化工厂爆炸死了十几个人，官方尚未证实。', 'deaths>=10', 'II'],
  ['据目击者称至少有6人死亡，火灾现场浓烟滚滚。', 'deaths>=6', 'III'],
  ['官方未通报伤亡人数，化工厂爆炸火光冲天。', 'deaths? injuries?', null],
  ['火灾伤亡情况正在进一步统计中。', 'deaths? injuries?', null],
  ['厂房起火，有人员被困，具体人数不详。', 'trapped?', null],
  ['楼房倒塌，多人被埋，已救出3人。', 'trapped?', null],
  ['火灾原因正在调查，暂未发现人员伤亡。', 'deaths=0 injuries=0', 'IV'],
  ['火灾造成1人死亡、1人受伤、过火面积300平方米、直接经济损失约80万元。', 'deaths=1 injuries=1 loss-yuan=800000', 'IV'],
  ['事故造成10人死亡、5人失联，直接经济损失初步估算4500万元。', 'deaths=10 loss-yuan=45000000 missing=5', 'II'],
  ['尾矿库泄漏污染河道，疏散下游群众8000人，县城取水中断。', 'evacuated=8000', 'II'],
  ['跨省河流污染，直接经济损失2600万元。', 'loss-yuan=26000000', 'II'],
  ['柴油泄漏致水源地取水中断，涉及设区市城区供水。', '', null],
  ['工厂污水泄漏污染农田，损失120万元。', 'loss-yuan=1200000', 'IV'],
  ['地震造成房屋倒塌，9人遇难，130人受伤。', 'deaths=9 injuries=130', 'III'],
  ['地震已造成126人遇难，其中甘肃113人、青海13人。', 'deaths=126', 'I'],
  ['台风登陆造成3人死亡、28万人受灾、转移12.3万人。', 'deaths=3 evacuated=123000', 'I'],
  ['龙卷风过境，致4死百余人受伤。', 'deaths=4 injuries>=100', 'III'],
  ['电梯坠落致2名工人死亡，建设单位隐瞒不报。', 'deaths=2', 'IV'],
  ['司机疲劳驾驶酿成5死惨剧。', 'deaths=5', 'III'],
  ['渔船沉没，船上13人，获救5人，死亡2人，失踪6人。', 'deaths=2 missing=6', 'III'],
  ['一家工厂着火烧死4人烧伤6人。', 'deaths=4 injuries=6', 'III'],
  ['大火烧死了两个小孩。', 'deaths=2', 'IV'],
  ['洪水冲走3人，2人获救，1人失踪。', 'missing=1', 'IV'],
  ['巷道冒顶砸死3人。', 'deaths=3', 'III'],
  ['煤气爆炸炸死5个人、炸伤20多个。', 'deaths=5 injuries>=20', 'III'],
  ['酒驾撞死2人。', 'deaths=2', 'IV'],
  ['卡车冲进集市，撞死8人撞伤15人。', 'deaths=8 injuries=15', 'III'],
  ['救护车送走了十来个伤员，现场爆炸声不断。', 'injuries=10', 'III'],
  ['听说淹死了三个娃，水库没人管。', 'deaths=3', 'III'],
  ['爆炸把人都炸没了，死了好多人！', 'deaths?', null],
  ['听说死了几十号人，厂里爆炸消息被封锁。', 'deaths>=20', 'II'],
  ['工地塌了埋了五六个人在下面。', 'trapped>=5', null],
  ['爆炸死伤惨重。', 'deaths? injuries?', null],
  ['大巴车翻车，全车35人不同程度受伤。', 'injuries=35', 'III'],
  ['事故造成车上人员1死34伤，其中危重3人、重伤5人。', 'deaths=1 injuries=34', 'IV'],
  ['爆炸致8死、61伤（其中重伤13人）。', 'deaths=8 injuries=61', 'III'],
  ['爆炸致29人死亡、71人受伤，住院伤员中尚有危重3人、重症6人。', 'deaths=29 injuries=71', 'II'],
  ['目前住院治疗22人，其中重症1人，火灾已扑灭。', 'injuries=22', 'III'],
  ['火灾，15人吸入浓烟送医观察，无大碍。', 'injuries=15', 'III'],
  ['高速多车连环相撞，共涉及车辆28台，致16死66伤。', 'deaths=16 injuries=66', 'II'],
  ['矿井透水事故发生后，当班入井人员42人，已有31人安全升井，11人被困。', 'trapped=11', null],
  ['经全力搜救，最后一名失联者遗体被找到，塌方事故最终造成13人死亡。', 'deaths=13', 'II'],
  ['经复核，爆炸死亡人数由此前通报的11人更正为10人。', 'deaths=10', 'II'],
  ['某化工厂发生爆炸，目前已造成叁人死亡、拾余人受伤。', 'deaths=3 injuries>=10', 'III'],
  ['某小区燃气爆炸，致壹死贰伤。', 'deaths=1 injuries=2', 'IV'],
  ['山洪灾害造成贰拾人失踪。', 'missing=20', 'II'],
  ['直接经济损失约人民币叁仟万元，火灾原因待查。', 'loss-yuan=30000000', 'III'],
  ['火灾造成直接经济损失壹亿贰仟万元。', 'loss-yuan=120000000', 'I'],
  ['事故直接经济损失4999.9万元，无人员死亡。', 'deaths=0 loss-yuan=49999000', 'III'],
  ['事故造成直接经济损失九千九百九十九万元。', 'loss-yuan=99990000', 'II'],
  ['事故损失不到一千万元。', 'loss-yuan<10000000', 'IV'],
  ['事故直接经济损失近亿元。', 'loss-yuan<100000000', 'II'],
  ['事故直接经济损失约半个亿。', 'loss-yuan=50000000', 'II'],
  ['事故损失一个多亿。', 'loss-yuan>=100000000', 'I'],
  ['直接经济损失达1.05亿元的爆炸事故', 'loss-yuan=105000000', 'I'],
  ['爆炸共造成上百人伤亡。', 'deaths? injuries?', null],
  ['事故造成数十人伤亡，具体数字尚待核实。', 'deaths? injuries?', null],
  ['火灾死亡人数未知。', 'deaths?', null],
  ['火灾是否有人员伤亡尚不清楚。', 'deaths? injuries?', null],
  ['火灾伤亡情况暂不掌握。', 'deaths? injuries?', null],
  ['起火原因和伤亡情况不详。', 'deaths? injuries?', null],
  ['爆炸暂无伤亡信息。', 'deaths=0 injuries=0', 'IV'],
  ['火灾已致2人死亡，受伤人数不详。', 'deaths=2 injuries?', 'IV'],
  ['火灾已致12人受伤，死亡人数尚未公布。', 'deaths? injuries=12', 'III'],
  ['截至昨晚20时，累计死亡18人，当日新增3人，事故救援仍在继续。', 'deaths=18', 'II'],
  ['新增死亡病例2例，累计死亡9例。', 'deaths=9', null],
  ['昨日通报死亡5人，今日更新为死亡8人，矿难救援继续。', 'deaths=8', 'III'],
  ['第一次通报：爆炸造成2人受伤。第二次通报：受伤人数增至11人。', 'injuries=11', 'III'],
  ['事故最初报告3人死亡，后核实为2人死亡。', 'deaths=2', 'IV'],
  ['早间消息称火灾致6人遇难，最新消息为10人遇难。', 'deaths=10', 'II'],
  ['火灾造成4人死亡，后又有2名重伤者经抢救无效死亡。', 'deaths=6', 'III'],
  ['事故造成甲厂3人死亡、乙厂2人死亡，共5人死亡。', 'deaths=5', 'III'],
  ['事故造成2名司机、1名乘客死亡。', 'deaths=3', 'III'],
  ['车祸造成3男2女死亡。', 'deaths=5', 'III'],
  ['坍塌事故中，男性5人、女性4人遇难，合计9人遇难。', 'deaths=9', 'III'],
  ['死者包括3名成人和1名儿童，火灾发生在凌晨。', 'deaths=4', 'III'],
  ['2008年5月12日汶川地震造成近7万人遇难。', '', null],
  ['1998年长江特大洪水造成数千人死亡，今年防汛形势依然严峻。', '', null],
  ['2015年天津港爆炸事故造成165人遇难，教训深刻。', '', null],
  ['回顾2019年响水爆炸事故，78人死亡的惨剧令人痛心。', '', null],
  ['20年前这里发生过矿难，死了47个人。', '', null],
  ['那年洪水淹死了几十个人，现在大堤又渗水了，没人管。', '', null],
  ['山西一煤矿透水致10人遇难，我市要求全面排查煤矿隐患。', '', null],
  ['外地发生燃气爆炸致31人死亡后，市应急局部署餐饮场所检查。', '', null],
  ['吸取湖南长沙居民自建房倒塌54人遇难事故教训，望川开展自建房排查。', '', null],
  ['望川市举行危化品泄漏应急演练，模拟疏散群众500人。', '', null],
  ['演练中，“3名被困人员”被成功救出。', '', null],
  ['桌面推演假定堤坝决口，转移群众2万人。', '', null],
  ['消防演习现场“伤员”5人被抬上担架。', '', null],
  ['假如发生地震，预计将造成300人伤亡。', '', null],
  ['再不修护栏迟早要死人，难道要死三个人才管吗？', '', null],
  ['要是塌下来砸死几个人怎么办？', '', null],
  ['如不整改，一旦爆炸将造成数百人伤亡。', '', null],
  ['专家称若大坝溃决或致下游3万人转移。', '', null],
  ['这次险情差点造成5人被埋，幸好及时撤离。', '', null],
  ['所幸发现及时，避免了12人被埋。', '', null],
  ['网传“望川二桥垮塌致20人落水死亡”，经核实为谣言。', '', null],
  ['网传化工厂爆炸致50人死亡。经核查，该消息不实，现场无人员伤亡。', 'deaths=0 injuries=0', 'IV'],
  ['“学校食物中毒100人”的消息不实，请勿传播。', '', null],
  ['并非网传的10人死亡，该起车祸实际造成1人死亡、3人受伤。', 'deaths=1 injuries=3', 'IV'],
  ['警方通报：网上流传的“凶杀案致3死”系编造。', '', null],
  ['造谣者编造“地震死亡200人”的虚假信息被拘留。', '', null],
  ['火灾造成财产损失，无人死亡，2人轻微烧伤。', 'deaths=0 injuries=2', 'IV'],
  ['车祸幸未造成人员死亡。', 'deaths=0', 'IV'],
  ['事故未发生死亡。', 'deaths=0', 'IV'],
  ['事故中无人遇难，8人受伤。', 'deaths=0 injuries=8', 'IV'],
  ['全部人员安全撤离，火灾没有伤亡。', 'deaths=0 injuries=0', 'IV'],
  ['爆炸未造成死亡，12人受伤。', 'deaths=0 injuries=12', 'III'],
  ['没有证据显示有人死亡，火灾仍在调查。', '', null],
  ['并没有出现人员伤亡，火情已经控制。', 'deaths=0 injuries=0', 'IV'],
  ['未收到人员伤亡和财产损失报告，地震震级3.2级。', 'deaths=0 injuries=0', 'IV'],
  ['零死亡、零失踪，台风防御取得胜利。', 'deaths=0 missing=0', null],
  ['翻船事故，7人落水，5人获救，2人失踪。', 'missing=2', 'IV'],
  ['矿难：12名矿工获救，仍有6名矿工下落不明。', 'missing=6', 'III'],
  ['失联27小时后，3名驴友获救。', '', null],
  ['大雨导致山洪暴发，8名游客被困，经3小时救援全部脱险。', 'trapped=8', null],
  ['电梯故障困住5人，无人受伤。', 'injuries=0 trapped=5', 'IV'],
  ['列车停运，上千名旅客滞留。', '', null],
  ['疏散约3.5万人，泄漏已控制。', 'evacuated=35000', 'II'],
  ['紧急转移安置5万余人，暴雨仍将持续。', 'evacuated>=50000', 'II'],
  ['化工厂爆炸后，方圆5公里内居民近1万人被疏散。', 'evacuated<10000', null],
  ['共转移群众2315户7846人，洪水已退。', 'evacuated=7846', 'IV'],
  ['疏散学生1200名，学校异味原因调查中，38名学生送医。', 'evacuated=1200 injuries=38', 'III'],
  ['食堂就餐后有一百多名学生上吐下泻，疑似食物中毒。', 'poisoned>=100', 'III'],
  ['婚宴后近百名宾客食物中毒。', 'poisoned<100', 'IV'],
  ['幼儿园27名幼儿血铅超标，污染企业已停产。', '', null],
  ['一氧化碳中毒事件已致7人死亡，另有4人正在救治。', 'deaths=7', 'III'],
  ['亚硝酸盐中毒，患者31人，死亡3人。', 'deaths=3 poisoned=31', 'III'],
  ['农药泄漏，23人中毒，其中5人重症。', 'poisoned=23', 'III'],
  ['轻伤46人，重伤9人，追尾事故已处置完毕。', 'injuries=9', 'IV'],
  ['追尾事故，重伤12人，轻伤40人。', 'injuries=12', 'III'],
  ['爆炸造成75人死亡、185人受伤。', 'deaths=75 injuries=185', 'I'],
  ['工地事故造成1人死亡，3人受伤，其中1人伤势危重。', 'deaths=1 injuries=3', 'IV'],
  ['瓦斯爆炸事故至少造成三十一人遇难', 'deaths>=31', 'I'],
  ['瓦斯爆炸造成不超过10人死亡', 'deaths<10', 'III'],
  ['瓦斯爆炸造成将近一百人受伤', 'injuries<100', 'II'],
  ['瓦斯爆炸造成约莫二十人受伤', 'injuries=20', 'III'],
  ['瓦斯爆炸造成二三十人受伤', 'injuries>=20', 'III'],
  ['瓦斯爆炸死亡十多人', 'deaths>=10', 'II'],
  ['瓦斯爆炸造成八九人死亡', 'deaths>=8', 'III'],
  ['瓦斯爆炸造成九人以上死亡', 'deaths>=9', 'III'],
  ['瓦斯爆炸造成两位矿工遇难，一位矿工失联', 'deaths=2 missing=1', 'III'],
  ['老人摔倒骨折，3个月没人管。', '', null],
  ['每年有3000人死于心脏病。', '', null],
  ['疫情期间累计报告死亡病例0例。', '', null],
  ['死者家属3人来访。', '', null],
  ['3名死者家属情绪激动。', '', null],
  ['遇难者家属20人得到安置。', '', null],
  ['为救2名落水儿童，一名男子不幸溺亡。', 'deaths=1', 'IV'],
  ['悼念在抗洪中牺牲的3名消防员。', '', null],
  ['受伤工人王某索赔30万元。', '', null],
  ['伤残等级十级，赔偿5万元。', '', null],
  ['他家死了一头牛，损失1万多元。', 'loss-yuan>=10000', null],
  ['道路塌陷，1辆车坠入坑中，车上2人受轻伤。', 'injuries=2', 'IV'],
  ['污水处理厂3名工人清池时吸入硫化氢身亡。', 'deaths=3', 'III'],
  ['一名5岁男孩从23楼坠下身亡。', 'deaths=1', 'IV'],
  ['47岁的李某被砸身亡，塔吊倒塌。', '', null],
]; // prettier-ignore

describe('facts and the level of the incident, from hard sentences', () => {
  it('is a table of at least 200 sentences, each once', () => {
    expect(SENTENCES.length).toBeGreaterThanOrEqual(200);
    expect(new Set(SENTENCES.map(([text]) => text)).size).toBe(SENTENCES.length);
  });
  it.each(SENTENCES)('%s → %s, %s', (sentence, facts, level) =>
    expect([factsOf(sentence), judged(sentence).eventLevel]).toEqual([facts, level]),
  );
});

describe('what is left out', () => {
  it.each([
    ['2008年该矿曾发生爆炸，造成36人死亡；今天再次起火，无人员伤亡。', '说的是以往的事'],
    ['网传化工厂爆炸致50人死亡。经核查，该消息不实，现场无人员伤亡。', '属文中已否认、辟谣的说法'],
    ['外地发生燃气爆炸致31人死亡后，市应急局部署餐饮场所检查。', '说的是外地的事'],
    ['演练模拟化工厂爆炸，5名工人受伤被困。', '出自演练、科普或影视'],
    ['造成3人以上死亡的事故属于较大事故，应逐级上报。', '是法规、标准中的数字'],
    ['该路口一年内发生12起交通事故，造成3人死亡。', '是一段时期的统计数字'],
  ])('%s: says why: %s', (text, why) => {
    const reasons = judged(text).reasons.filter((r) => r.text.startsWith('未计入'));
    expect(reasons.map((r) => r.text).join()).toContain(why);
    for (const { matches } of reasons) for (const m of matches) expect(text.slice(m.start, m.end)).toBe(m.term);
  });

  it('knows the past by the day the text was published, and believes a report without a date', () => {
    const text = '2023年4月18日，医院火灾造成29人死亡。';
    expect(judged(text, { publishedAt: '2023-04-19T02:00:00.000Z' }).eventLevel).toBe('II');
    expect(judged(text, { publishedAt: '2026-11-20T02:00:00.000Z' }).eventLevel).toBeNull();
    expect(judged(text, { publishedAt: null }).eventLevel).toBe('II');
  });

  it('lets a house built in an earlier year burn today', () => {
    expect(judged('建于1998年的居民楼今晨起火，3人死亡。').eventLevel).toBe('III');
    expect(judged('去年开业的酒店发生火灾，致3人死亡。').eventLevel).toBe('III');
  });
});

describe('what law grades and what it does not', () => {
  it('gives no event level to 社会安全事件, and says so, but weighs the matter', () => {
    const { level, eventLevel, reasons } = judged('一男子持刀砍伤7人，其中3人死亡。');
    expect([level, eventLevel]).toEqual(['III', null]);
    expect(reasons.map((r) => r.text).join()).toContain('第三条只对自然灾害、事故灾难、公共卫生事件分级');
  });

  it('grades what the plans grade by reach, whatever the sums', () => {
    expect(judged('柴油泄漏污染河道，致市区供水中断。').eventLevel).toBe('I');
    expect(judged('尾矿库泄漏，县城取水中断。').eventLevel).toBe('II');
    expect(judged('养殖场偷排致乡镇水源地取水中断，污染正在处置。').eventLevel).toBe('III');
    expect(judged('污染未造成县城供水中断，损失20万元。').eventLevel).not.toBe('II');
  });

  it('takes 令493号 for an incident that the text does not name, and says so', () => {
    const { eventLevel, incident, reasons } = judged('截至22日18时，已造成12人遇难。');
    expect([eventLevel, incident]).toEqual(['II', '生产安全事故']);
    expect(reasons.map((r) => r.text)).toContain('文中未写明是何种事故，先按生产安全事故的标准初判');
  });
});
