import { resolve } from 'node:path';
import { judge, readJudgingConfig } from './index.js';
import { opinionOf } from './opinion.sample.js';

const lexicon = readJudgingConfig(resolve(__dirname, '../../../../config'), ['local']);
const judged = (text: string, given: Parameters<typeof opinionOf>[0] = {}) => judge(opinionOf({ text, ...given }), lexicon);

describe('topic and lead department', () => {
  it.each([
    ['开发商延期交房，房产证也办不下来', '0101', 'housing'],
    ['物业公司乱涨物业费，业委会形同虚设', '0102', 'housing'],
    ['征地补偿款至今未发放到户', '0105', 'natural-resources'],
    ['楼顶违章搭建无人拆除', '0107', 'urban-management'],
    ['烧烤摊占道经营，油烟呛人', '0108', 'urban-management'],
    ['小区自来水水压太低，经常停水', '0110', 'water-supply'],
    ['台区低电压，一到晚上就停电', '0112', 'power-supply'],
    ['天然气开户后迟迟不通气', '0113', 'gas'],
    ['公积金贷款放款太慢', '0111', 'housing-fund'],
    ['公交车改线后末班车提前了一小时', '0201', 'transport'],
    ['出租车拒载，不打表', '0202', 'transport'],
    ['通村公路坑坑洼洼，水泥路全坏了', '0203', 'transport'],
    ['路口红绿灯时间太短，天天堵车', '0206', 'public-security'],
    ['快递丢失，快递员拒绝赔偿', '0205', 'postal'],
    ['学校违规补课收补课费', '0302', 'education'],
    ['随迁子女入学学位不够', '0301', 'education'],
    ['老板拖欠农民工工资半年', '0501', 'human-resources'],
    ['公司不签劳动合同，不付加班费', '0502', 'human-resources'],
    ['养老金补缴政策怎么规定的', '0503', 'human-resources'],
    ['医院手术失败，怀疑是医疗事故', '0601', 'health'],
    ['医保异地就医报销比例太低', '0606', 'medical-security'],
    ['化工厂夜里排放刺鼻废气', '0701', 'ecology'],
    ['养猪场污水直排进河里，出现死鱼', '0702', 'ecology'],
    ['工地夜间施工噪音扰民', '0706', 'urban-management'],
    ['健身房办卡后闭店跑路，会员卡余额不退', '0802', 'commerce'],
    ['超市卖过期食品，食品安全没人管', '0803', 'market'],
    ['电梯一个月困人三次', '0805', 'market'],
    ['村支书贪污，村务公开从来没有', '0903', 'agriculture'],
    ['消防通道被占，消防栓没有水', '1002', 'fire-rescue'],
    ['养老院护理费涨价，老人没人照料', '1202', 'civil-affairs'],
    ['餐馆拒开发票，偷税漏税', '1301', 'tax'],
    ['被电信诈骗二十万元，已报案', '1102', 'public-security'],
  ])('%s: %s, %s', (text, code, lead) => {
    const { topic, departments } = judged(text);
    expect([topic?.code, departments[0]?.departmentId]).toEqual([code, lead]);
  });

  it('says nothing where the text says too little', () => {
    expect(judged('早上好').topic).toBeNull();
    expect(judged('早上好').departments).toEqual([]);
  });
});

describe('departments', () => {
  it('puts a department named in the text before the one its topic gives, and shows it', () => {
    const { departments } = judged('路面破损三年没人修', { title: '请市住建局管管路面' });
    expect(departments.map((d) => [d.departmentId, d.role])).toEqual([['housing', 'lead'], ['transport', 'co'], ['natural-resources', 'co']]); // prettier-ignore
    expect(departments[0]!.reasons[0]!.text).toBe('文中点名“市住建局”');
  });

  it('follows the dispatch of the hotline', () => {
    const order = {
      orderNo: '1',
      version: 1,
      appealType: '投诉',
      urgency: null,
      category: null,
      region: '青梧区',
      leadUnit: '望川市城市管理和综合执法局',
    };
    const { departments } = judged('楼下油烟扰民，环保局来了也没用', { channel: 'hotline', order });
    expect(departments[0]).toMatchObject({ departmentId: 'urban-management', role: 'lead' });
    expect(departments.map((d) => d.departmentId)).toContain('qingwu');
  });

  it('knows former names and says since when they are', () => {
    const { departments } = judged('环保局什么时候来查一查');
    expect(departments[0]).toMatchObject({ departmentId: 'ecology' });
    expect(departments[0]!.reasons[0]!.text).toBe('文中点名“环保局”，是2019-03-31前的旧称，现为市生态环境局');
  });

  it('leaves an old text the name of its time, and gives the matter to who answers today', () => {
    const { departments } = judged('环保局什么时候来查一查', { publishedAt: '2017-05-02T02:00:00.000Z' });
    expect(departments[0]).toMatchObject({ departmentId: 'ecology', name: '市生态环境局' });
    expect(departments[0]!.reasons[0]!.text).toBe('文中点名“环保局”，是发布时的名称（用至2019-03-31），职责现由市生态环境局承担');
  });

  it('tells the bureau of a district from the city bureau, and leaves the bureau of another city alone', () => {
    expect(judged('青梧区教育局答复说没有学位').departments[0]!.reasons[0]!.text).toBe('文中点名“青梧区教育局”，市级对口部门为市教育局');
    const named = judged('杭州市教育局答复说没有学位').departments.find((d) => d.departmentId === 'education')!;
    expect(named.reasons.map((r) => r.text).join()).not.toContain('点名');
  });

  it.each([
    ['2015-05-02', '扶贫办的人从来没有下来看过', '扶贫办存续至2021-06-30，职责现由市农业农村局承担'],
    ['2022-05-02', '乡村振兴局的人从来没有下来看过', '市乡村振兴局存续至2023-12-31，职责现由市农业农村局承担'],
    ['2026-11-20', '原来归扶贫办管，现在找谁', '扶贫办存续至2021-06-30，职责现由市农业农村局承担'],
  ])('gives what a text of %s says of a body that has ended to who has its duties today: %s', (day, text, handed) => {
    const { departments } = judged(text, { publishedAt: `${day}T02:00:00.000Z` });
    expect(departments[0]).toMatchObject({ departmentId: 'agriculture', role: 'lead' });
    expect(departments[0]!.reasons.map((reason) => reason.text)).toContain(handed);
  });

  it.each([
    ['2021-06-30T12:00:00.000Z', 'poverty-relief'],
    ['2021-06-30T16:30:00.000Z', 'rural-revitalization'],
    ['2023-12-31T15:59:00.000Z', 'rural-revitalization'],
    ['2023-12-31T16:00:00.000Z', 'agriculture'],
  ])('judged at %s it was the task of %s: the day is China’s', (capturedAt, id) => {
    const { departments } = judged('从来没有人下来看过', { title: '乡村振兴局不作为', capturedAt, publishedAt: capturedAt });
    expect(departments[0]!.departmentId).toBe(id);
  });

  it.each([...lexicon.departments.values()].filter(({ config }) => config.vertical).map((one) => [one.name, one.id] as const))(
    'coordinates %s, vertically managed, by its superior',
    (name, id) => {
      const { departments, routing } = judged(`望川市民反映：${name}窗口推诿，投诉没人管`, { title: `投诉${name}` });
      expect(departments[0]!.departmentId).toBe(id);
      expect(departments[0]!.reasons.at(-1)!.text).toContain('实行垂直管理');
      expect(routing).toMatchObject({ situation: 'vertical', responsible: name, coordinator: `${name}的上级部门办公厅（室）会同宣传部门` });
    },
  );

  it('says who coordinates a vertically managed department', () => {
    const { departments } = judged('税务局窗口办理退税要等三个月');
    expect(departments[0]!.departmentId).toBe('tax');
    expect(departments[0]!.reasons.at(-1)!.text).toBe(
      '市税务局实行垂直管理，由其上级部门办公厅（室）会同宣传部门协调（国办发〔2016〕61号）',
    );
  });

  it('adds the district where it happened, which leads only where nothing else is known', () => {
    const { departments } = judged('澄溪县三岔溪镇通村公路坑坑洼洼');
    expect(departments[0]!.departmentId).toBe('transport');
    expect(departments.find((d) => d.departmentId === 'chengxi')).toMatchObject({ role: 'co' });
    expect(judged('澄溪县三岔溪镇的事到底管不管').departments[0]).toMatchObject({ departmentId: 'chengxi', role: 'lead' });
  });

  it('proposes four at most, the lead first and only one', () => {
    const { departments } = judged('住建局、城管局、环保局、公安局、消防队、物价局都说不归他们管，青梧区违建噪音谁来管');
    expect(departments).toHaveLength(4);
    expect(departments.map((d) => d.role)).toEqual(['lead', 'co', 'co', 'co']);
  });
});
