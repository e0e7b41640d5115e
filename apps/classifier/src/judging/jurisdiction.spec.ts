import { resolve } from 'node:path';
import { judge, readJudgingConfig } from './index.js';
import { opinionOf } from './opinion.sample.js';

const lexicon = readJudgingConfig(resolve(__dirname, '../../../../config'), ['local']);
const verdict = (sourceId: string, title: string, text = '', channel: 'news' | 'forum' = 'news') =>
  judge(opinionOf({ sourceId, title, text, channel }), lexicon).jurisdiction;

describe('jurisdiction of a source from elsewhere', () => {
  it.each([
    ['望川市通报一起火灾', 'ours'],
    ['望川通报一起火灾', 'ours'],
    ['青梧区两小区停水三天', 'ours'],
    ['望川臨浦區發生交通事故', 'ours'],
    ['纺织新村居民反映电梯频繁故障', 'ours'],
    ['澄溪河出现大量死鱼', 'ours'],
    ['网友投诉望川市第一人民医院乱收费', 'ours'],
    // common names alone are no evidence
    ['人民路一商铺起火', 'unsure'],
    ['望江花园业主维权', 'unsure'],
    ['人民路、望江花园业主维权', 'unsure'],
    // no place at all
    ['小区停水三天没人管', 'unsure'],
    // elsewhere, and the same names elsewhere
    ['杭州一小区停水三天', 'not-ours'],
    ['杭州市萧山区临浦镇一厂房起火', 'not-ours'],
    ['浙江临浦镇一厂房起火', 'not-ours'],
    ['萧山临浦一厂房起火', 'not-ours'],
    ['临浦镇一厂房起火', 'unsure'],
    ['云南望川县一山体滑坡', 'not-ours'],
    ['人民路商铺起火 广州消防通报', 'not-ours'],
    // names that many cities have
    ['北门社区一居民楼起火', 'unsure'],
    ['石桥社区、北门社区今日停水', 'unsure'],
    ['雁鸣县北门社区一居民楼起火', 'ours'],
    ['云台街道一商场失火', 'unsure'],
    // strings that hold a name by accident
    ['浦东门店排起长队', 'not-ours'],
    ['校园里的青梧桐黄了', 'unsure'],
    ['网友盼望川普下台', 'unsure'],
    ['他遥望川西雪山', 'unsure'],
    ['年轻人逃离还是回望北上广', 'unsure'],
    ['他守望川流不息的人群', 'unsure'],
    ['登高张望北方的星空', 'unsure'],
    ['清晨听见雁鸣声', 'unsure'],
    // cities in the names of streets, banks and dishes are no other place
    ['望川北京路上的兰州拉面馆油烟扰民', 'ours'],
    // ours, beside another city
    ['望川到杭州的高铁何时开通', 'ours'],
    ['杭州市考察团一行来访', 'not-ours'],
  ])('%s is %s', (title, expected) => expect(verdict('elsewhere', title).verdict).toBe(expected));

  it('goes by the title where the text names both', () => {
    expect(verdict('elsewhere', '杭州新增两条地铁线', '杭州地铁集团介绍，宁波、望川等市也在规划。').verdict).toBe('not-ours');
    expect(verdict('elsewhere', '望川新增两条公交线', '此前杭州、宁波、温州已有类似线路。').verdict).toBe('ours');
  });
});

describe('a place of the same name elsewhere', () => {
  it.each([
    ['临浦一厂房起火', '萧山消防接警后赶赴现场。', 'not-ours'],
    ['临浦一厂房起火', '浦阳江畔浓烟滚滚。', 'not-ours'],
    ['临浦一厂房起火', '消防接警后赶赴现场。', 'ours'],
    ['临浦一厂房起火', '萧山消防接警后赶赴现场，望川市也派出力量支援。', 'ours'],
    ['临浦区一厂房起火', '厂房的老板来自萧山。', 'ours'],
    ['临浦红砖厂街道一厂房起火', '厂房的老板来自萧山。', 'ours'],
    ['东塘堵车两小时', '雨花区交警在现场疏导。', 'not-ours'],
    ['东塘堵车两小时', '青梧区交警在现场疏导。', 'ours'],
    ['银杏街道居民反映停水', '郫都自来水公司称正在抢修。', 'not-ours'],
    ['文庙街道办公布拆迁名单', '山西一家媒体报道。', 'not-ours'],
    ['文庙街道办公布拆迁名单', '居民说没有人通知过。', 'ours'],
    ['梧江水位超警戒', '苍梧水文站发布橙色预警。', 'not-ours'],
    ['梧江水位超警戒', '望川水文站发布橙色预警。', 'ours'],
  ])('%s %s is %s', (title, text, expected) => expect(verdict('elsewhere', title, text).verdict).toBe(expected));

  it('is named in the reasons, with the word that tells it', () => {
    const { reasons, places } = verdict('elsewhere', '临浦一厂房起火', '萧山消防接警后赶赴现场。');
    expect(reasons.map((reason) => reason.text)).toContain('“临浦”与杭州市萧山区临浦镇同名，文中又提到“萧山”，按外地地名看待');
    expect(places).toEqual([]);
  });
});

describe('jurisdiction of a source of this city', () => {
  it.each([
    ['小区停水三天没人管', 'news', 'ours'],
    ['我市一小区停水三天', 'news', 'ours'],
    ['人民路一商铺起火', 'news', 'ours'],
    ['杭州一小区停水三天', 'news', 'not-ours'],
    ['小区停水三天，杭州就不会这样', 'forum', 'ours'],
    ['杭州一小区停水三天', 'forum', 'unsure'],
    ['美国一客机失联', 'news', 'not-ours'],
  ] as const)('%s in %s is %s', (title, channel, expected) => expect(verdict('local', title, '', channel).verdict).toBe(expected));
});

describe('jurisdiction of hotline orders', () => {
  const order = { orderNo: '1', version: 1, appealType: '投诉', urgency: null, category: null, region: '临浦区', leadUnit: null };
  it('is ours by nature, whatever places it names, and knows the registered district', () => {
    const {
      verdict: said,
      places,
      reasons,
    } = judge(opinionOf({ channel: 'hotline', order, text: '从杭州寄来的快递丢了' }), lexicon).jurisdiction;
    expect(said).toBe('ours');
    expect(places).toEqual(['临浦区']);
    expect(reasons[0]!.text).toBe('12345热线由本市受理的工单，登记区域为临浦区');
  });
});

describe('places', () => {
  it('come most specific first, with their district', () => {
    expect(verdict('elsewhere', '望川青梧区梧桐里街道锦梧苑停水').places).toEqual(['锦梧苑', '梧桐里街道', '青梧区', '望川市']);
    expect(verdict('elsewhere', '黄泥凼磷矿发生冒顶').places).toEqual(['黄泥凼磷矿', '澄溪县']);
  });

  it('are shown by the words as they stand in the original', () => {
    const title = '【求助】Ｘ 望川市臨浦區停水';
    const { reasons } = verdict('elsewhere', title);
    const terms = reasons[0]!.matches.map((m) => [title.slice(m.start, m.end), m.term]);
    expect(terms).toEqual([['望川市', '望川市'], ['臨浦區', '臨浦區']]); // prettier-ignore
  });
});
