import type { ActStep } from '../demo-step.js';
import { officerAt } from '../duty.js';
import { leadOf } from '../people.js';
import { after, before } from '../moments.js';
import { ask, complain } from '../texts/call-kinds.js';
import { weibo, type Story, type After, type CallIn, type OfficialPage, type Post } from './story.js';

const KEY = 'parking-fee';

/** Level III: a draft under consultation is read as a fee on parking at home. The 48 hours ran out two hours ago. */
export function parkingFee(now: Date): Story {
  const first = before(now, { hours: 50 });
  const t = (hours: number, minutes = 0) => after(first, { hours, minutes });
  const rumour =
    '望川停车收费新政来了！下个月起，全市小区地面车位、路边车位统一交给城管局收费，每小时5元，自家楼下停一晚要交60块，不交就拖车。车主们都算算，一年停车费要多花两万！朋友圈都在传，这样的规定太不合理，征求过老百姓的意见吗？';
  return {
    posts: parkingFeePosts(first, t, rumour),
    calls: parkingFeeCalls(t),
    acts: parkingFeeActs(t),
    pages: parkingFeePages(t),
  };
}

function parkingFeePosts(first: Date, t: After, rumour: string): Post[] {
  return [
    {
      at: first,
      sourceId: 'wangchuan-wechat',
      title: '望川停车收费新政引争议：自家小区停车也要交钱？',
      text: rumour,
      author: '望川车友会',
      storyKey: KEY,
    },
    weibo(t(1, 15), `${rumour}#望川停车#`, '绕路冠军'),
    weibo(
      t(2, 40),
      '#望川停车# 我去看了征求意见稿，第十二条写的是“城市道路泊位”，没有说小区啊？到底哪个是对的，城管局能不能给句准话。',
      '较真的阿伟',
    ),
    {
      at: t(4, 10),
      sourceId: 'wangchuan-forum',
      title: '停车收费新政：小区车位也归城管收费？求辟谣',
      text: `${rumour}\n上面是车友群里转的，物业说不知道，社区也说没接到通知。`,
      author: '望江花园车主',
    },
    {
      at: t(11, 30),
      sourceId: 'wangchuan-metro',
      title: '“小区停车也收费”？城管部门：正在核实',
      text: '一篇题为“望川停车收费新政”的文章流传较广，称小区内停车也将按小时收费。记者就此采访城管部门，工作人员表示注意到有关说法，正在会同司法、发改部门核实。征求意见稿原文仅涉及城市道路停车泊位和政府投资的公共停车场。',
      author: '都市报记者 方堃',
    },
    {
      at: t(26, 5),
      sourceId: 'wangchuan-forum',
      title: '两天了，停车收费到底收不收，没人出来说',
      text: '小区门口已经有人挂横幅了。一句话就能说清楚的事，为什么要等两天？',
      author: '望江花园车主',
    },
    {
      at: t(33, 20),
      sourceId: 'xiangqin-forum',
      title: '請教望川停車收費的新辦法',
      text: '家裡老人電話裡很著急，說以後停在自家門口也要收錢。海外看不到當地消息，請知道的鄉親告訴我們。',
      author: '溫哥華小林',
    },
    weibo(t(44, 10), '#望川停车# 邻居已经在打听把车停到郊区多少钱了，谣言跑得比说明快。', '望江老李'),
  ];
}

function parkingFeeCalls(t: After): CallIn[] {
  return [
    {
      at: t(1, 50),
      ...ask(
        '临浦区',
        '望川市城市管理和综合执法局',
        '停车收费',
        '咨询小区内停车是否由城管收费',
        '市民咨询，网传下个月起小区地面车位由城管局统一收费，每小时5元，请问是否属实，依据是哪个文件。',
      ),
    },
    {
      at: t(3, 25),
      ...complain(
        '青梧区',
        '望川市城市管理和综合执法局',
        '停车收费',
        '反对小区停车收费',
        '市民来电，对网传停车收费新政表示反对，认为小区车位属于全体业主，政府无权收费，要求公开说明。',
      ),
    },
    {
      at: t(9, 40),
      ...ask(
        '望北新区',
        '望川市城市管理和综合执法局',
        '停车收费',
        '停车办法征求意见稿怎么提意见',
        '市民咨询，在政府网站看到停车场管理办法修订草案征求意见，请问除了写信，能不能在手机上提，月租车是否受影响。',
      ),
    },
    {
      at: t(28, 30),
      ...complain(
        '临浦区',
        '望川市城市管理和综合执法局',
        '停车收费',
        '停车收费谣言为何迟迟不澄清',
        '市民来电称，网上关于停车收费的文章已经传了一天多，打热线得到的答复都是“正在核实”，要求主管部门尽快公开澄清。',
      ),
    },
  ];
}

function parkingFeeActs(t: After): ActStep[] {
  return [
    { at: t(0, 22), storyKey: KEY, kind: 'see-alert', by: officerAt(t(0, 22)) },
    {
      at: t(0, 41),
      storyKey: KEY,
      kind: 'confirm-alert',
      by: officerAt(t(0, 41)),
      severity: 'III',
      keyCategory: 'policy-misread',
      occurredAt: null,
      reason:
        '对照《望川市停车场管理办法（修订草案）》原文，收费仅限城市道路泊位和政府投资的公共停车场，网文所称“小区车位统一收费”系误读。属政策误解误读，传播较快，48小时内由起草部门回应并解读。',
    },
    {
      at: t(0, 58),
      storyKey: KEY,
      kind: 'assign',
      by: officerAt(t(0, 58)),
      tasks: [
        {
          departmentId: 'urban-management',
          role: 'lead',
          instruction: '请对照草案原文逐条澄清“小区车位收费”“每小时5元”“拖车”三个说法，发布权威说明并附政策问答；解读材料同步上网。',
        },
        { departmentId: 'linpu', role: 'co', instruction: '请社区在小区公告栏张贴官方说明，做好业主沟通。' },
      ],
    },
    {
      at: t(1, 20),
      storyKey: KEY,
      kind: 'work',
      by: officerAt(t(1, 20)),
      work: {
        do: 'find-rumour',
        claim: '下个月起全市小区地面车位统一交给城管局收费，每小时5元，不交就拖车',
        finding: '对照草案原文第十二条并电话核实市城管局法规科：收费范围不含住宅小区车位，草案没有收费标准和拖车条款，所传不实',
        departmentId: 'urban-management',
        isReferred: false,
      },
    },
    { at: t(2, 12), storyKey: KEY, kind: 'acknowledge', departmentId: 'urban-management', by: leadOf('urban-management') },
    { at: t(3, 5), storyKey: KEY, kind: 'acknowledge', departmentId: 'linpu', by: leadOf('linpu') },
    {
      at: t(45, 20),
      storyKey: KEY,
      kind: 'reply',
      departmentId: 'linpu',
      by: leadOf('linpu'),
      evidence: null,
      text: '望江花园、船厂社区等六个小区已召开居民代表会，说明草案不涉及小区车位。居民普遍希望看到市级部门的正式说明。',
    },
  ];
}

function parkingFeePages(t: After): OfficialPage[] {
  return [
    {
      path: '/gov/statements/parking-draft.html',
      title: '望川市城市管理和综合执法局关于停车收费有关情况的说明',
      publisher: '望川市城市管理和综合执法局',
      publishedAt: t(49, 20), // forty minutes ago and after the due instant: registering it shows 逾期后回应
      paragraphs: [
        '近日，网上出现“下个月起全市小区地面车位由城管局统一收费”的说法，引起市民关注。现将有关情况说明如下：',
        '一、《望川市停车场管理办法（修订草案）》目前处于公开征求意见阶段，尚未施行。草案第十二条规定的收费范围为城市道路停车泊位和政府投资建设的公共停车场，不涉及住宅小区业主共有车位和自有车位。',
        '二、草案没有规定收费标准。道路停车收费标准须由价格主管部门依法履行成本调查、征求意见等程序后确定，“每小时5元”“一晚60元”等说法没有依据。',
        '三、市民可于公告期内通过市政府网站、12345热线提出意见建议，我局将认真研究并公布采纳情况。',
        '感谢社会各界对城市管理工作的关心和监督。',
      ],
    },
  ];
}
