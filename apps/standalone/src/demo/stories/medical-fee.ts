import type { ActStep } from '../demo-step.js';
import { officerAt } from '../duty.js';
import { leadOf } from '../people.js';
import { after, before } from '../moments.js';
import { ask } from '../texts/call-kinds.js';
import { weibo, type Story, type After, type CallIn, type OfficialPage, type Post } from './story.js';

const KEY = 'medical-fee';
const DENIAL = '/gov/statements/medical-insurance-denial.html';

/** Level III, answered in time three days ago and not yet closed: the file shows how a good answer looks. */
export function medicalFee(now: Date): Story {
  const first = before(now, { days: 3, hours: 4 });
  const t = (hours: number, minutes = 0) => after(first, { hours, minutes });
  const page = '/gov/statements/medical-insurance-payment.html';
  const rumour =
    '听说医保新规一刀切！居民医保断缴三个月，以前交的全部清零，个人账户的钱一分不剩，住院也不给报销。各个群里都在传，窗口已经排起长队，这样的规定太不合理，到底是真的吗？请医保局出来说句话。';
  return {
    posts: medicalFeePosts(first, t, rumour),
    calls: medicalFeeCalls(t),
    acts: medicalFeeActs(t, page),
    pages: medicalFeePages(t, page),
  };
}

function medicalFeePosts(first: Date, t: After, rumour: string): Post[] {
  return [
    weibo(first, rumour, '望川健康小课堂', KEY),
    {
      at: t(1, 5),
      sourceId: 'wangchuan-forum',
      title: '医保断缴三个月就清零？窗口排长队是真的',
      text: `${rumour}\n我妈一早去澄溪县政务中心排队，排了三个小时。请问医保局，这个新规到底有没有？`,
      author: '龙潭坪的儿子',
    },
    {
      at: t(2, 30),
      sourceId: 'wangchuan-wechat',
      title: '医保断缴清零？望川人都在转的消息是真是假',
      text: `${rumour}\n以上说法在多个微信群流传。我们致电经办窗口，工作人员称未接到此类通知。`,
      author: '望川消费观察',
    },
    {
      at: t(21, 10),
      sourceId: 'wangchuan-news',
      title: '市医保局：“断缴三个月清零”不实 居民医保待遇这样算',
      text: '针对网传“居民医保断缴三个月清零”的说法，市医保局发布说明：居民医保按年度缴费，不设个人账户，不存在“清零”；集中缴费期内足额缴费的，自次年1月1日起享受待遇。',
      author: '望川新闻网记者',
    },
    weibo(t(22, 0), '医保局的说明写得明明白白，还附了问答，早知道就不用拉着我妈排队了。点赞。', '二十五床'),
  ];
}

function medicalFeeCalls(t: After): CallIn[] {
  return [
    {
      at: t(0, 35),
      ...ask(
        '澄溪县',
        '望川市医疗保障局',
        '医保缴费',
        '咨询医保断缴三个月是否清零',
        '市民咨询，网上说居民医保断缴三个月以前交的都清零，自己今年还没缴费，请问是否属实，最晚什么时候缴。',
      ),
    },
    {
      at: t(3, 10),
      ...ask(
        '雁鸣县',
        '望川市医疗保障局',
        '医保缴费',
        '老人担心医保账户的钱没了',
        '来电人称，父母听说医保账户的钱会被清零，急得睡不着，请问居民医保有没有个人账户。',
      ),
    },
  ];
}

function medicalFeeActs(t: After, page: string): ActStep[] {
  return [
    { at: t(0, 15), storyKey: KEY, kind: 'see-alert', by: officerAt(t(0, 15)) },
    {
      at: t(0, 33),
      storyKey: KEY,
      kind: 'confirm-alert',
      by: officerAt(t(0, 33)),
      severity: 'III',
      keyCategory: 'policy-misread',
      occurredAt: null,
      reason: '经与市医保局核对，现行政策没有“断缴三个月清零”的规定，属政策误读，已造成部分窗口排队，需尽快澄清。',
    },
    {
      at: t(0, 45),
      storyKey: KEY,
      kind: 'assign',
      by: officerAt(t(0, 45)),
      tasks: [
        {
          departmentId: 'medical-security',
          role: 'lead',
          instruction: '请围绕“清零”“不给报销”“缴费截止时间”三个问题发布权威说明，附政策问答，并通知各县（区）窗口统一口径。',
        },
        { departmentId: 'chengxi', role: 'co', instruction: '请增开缴费窗口，引导群众线上办理，避免排队聚集。' },
      ],
    },
    {
      at: t(0, 52),
      storyKey: KEY,
      kind: 'work',
      by: officerAt(t(0, 52)),
      work: {
        do: 'find-rumour',
        claim: '居民医保断缴三个月，以前交的全部清零，住院也不给报销',
        finding: '市医保局待遇保障科核实：居民医保按年缴费、不设个人账户，没有“清零”规定；断缴只设待遇等待期',
        departmentId: 'medical-security',
        isReferred: true,
      },
    },
    {
      at: t(2, 20),
      storyKey: KEY,
      kind: 'work',
      by: officerAt(t(2, 20)),
      work: {
        do: 'clarify-rumour',
        evidence: { path: DENIAL, publishedAt: t(2, 5), note: '“望川医保”公众号发布辟谣：“断缴三个月清零”不属实' },
      },
    },
    { at: t(1, 2), storyKey: KEY, kind: 'acknowledge', departmentId: 'medical-security', by: leadOf('medical-security') },
    { at: t(1, 40), storyKey: KEY, kind: 'acknowledge', departmentId: 'chengxi', by: leadOf('chengxi') },
    {
      at: t(6, 20),
      storyKey: KEY,
      kind: 'reply',
      departmentId: 'chengxi',
      by: leadOf('chengxi'),
      evidence: null,
      text: '县政务服务中心增开缴费窗口4个，安排志愿者引导线上缴费，排队时间已降至十五分钟以内。',
    },
    {
      at: t(18, 50),
      storyKey: KEY,
      kind: 'reply',
      departmentId: 'medical-security',
      by: leadOf('medical-security'),
      text: '权威说明已于市政府门户网站发布，市、县两级公众号同步转发，热线知识库已更新“居民医保缴费”问答6条。',
      evidence: {
        kind: 'statement',
        path: page,
        publishedAt: t(18, 30),
        note: '市医保局关于居民医保缴费有关问题的说明，市政府门户网站发布',
      },
    },
  ];
}

function medicalFeePages(t: After, page: string): OfficialPage[] {
  return [
    {
      path: DENIAL,
      title: '辟谣：“居民医保断缴三个月清零”不属实',
      publisher: '望川市医疗保障局',
      publishedAt: t(2, 5),
      paragraphs: [
        '近日，网上流传“居民医保断缴三个月，以前交的全部清零，住院也不给报销”。经核实，该说法不属实。',
        '城乡居民基本医疗保险按年度缴费，不设个人账户，不存在“清零”。请广大群众不信谣、不传谣，政策详情以我局后续说明为准。',
      ],
    },
    {
      path: page,
      title: '望川市医疗保障局关于城乡居民基本医疗保险缴费有关问题的说明',
      publisher: '望川市医疗保障局',
      publishedAt: t(18, 30),
      paragraphs: [
        '近日，部分群众咨询网传“居民医保断缴三个月清零”的说法。经核实，该说法不属实。现将有关政策说明如下：',
        '一、城乡居民基本医疗保险实行年度缴费，不建立个人账户，不存在账户资金“清零”的问题。职工医保个人账户结余资金归个人所有，可以结转使用和继承。',
        '二、在集中缴费期内足额缴费的，自次年1月1日起享受待遇。未在集中缴费期内参保的，设置待遇等待期，具体按国家和省有关规定执行。',
        '三、缴费可通过电子税务局、“望川政务”客户端、银行网点办理，无须到窗口排队。困难群众由政府分类资助参保。',
        '四、政策咨询请拨打12345政务服务便民热线。请广大群众以官方发布为准，不信谣、不传谣。',
      ],
    },
  ];
}
