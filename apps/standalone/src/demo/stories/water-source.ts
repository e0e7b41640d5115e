import { localDateOf } from '@huiying/domain';
import type { ActStep, DemoWork } from '../demo-step.js';
import { officerAt, leaderAt } from '../duty.js';
import { leadOf } from '../people.js';
import { after, before, dayAndTime, spokenTime } from '../moments.js';
import { complain, help } from '../texts/call-kinds.js';
import { weibo, type Story, type After, type CallIn, type OfficialPage, type Post } from './story.js';

const SOURCE = 'water-source';

/** Level II, ten days ago, closed: a county's water intake stopped, first word after 3 h, press conference after 19 h. */
export function waterSource(now: Date): Story {
  const spill = before(now, { days: 10, hours: 5 });
  const t = (hours: number, minutes = 0) => after(spill, { hours, minutes });
  const statement = '/gov/statements/chengxi-water-source.html';
  const conference = '/gov/press/chengxi-water-source.html';
  const post = `澄溪县龙潭坪镇上游的省道上一辆柴油罐车${spokenTime(spill)}左右侧翻，油流进了澄溪河，河面一层油花，味道很冲。县城自来水厂已经停止取水，县城集中式饮用水水源地取水中断，超市里的桶装水被抢空了。影响到底多大，水还能不能喝，请政府赶快说明。`;
  return {
    posts: waterSourcePosts(t, post),
    calls: waterSourceCalls(t),
    acts: [...waterSourceOpening(spill, t), ...waterSourceAnswers(t, statement, conference)],
    pages: waterSourcePages(spill, t, statement, conference),
  };
}

function waterSourcePosts(t: After, post: string): Post[] {
  return [
    {
      at: t(0, 35),
      sourceId: 'wangchuan-forum',
      title: '澄溪河上游油罐车侧翻，县城水源地取水中断',
      text: post,
      author: '西关小陈',
      storyKey: SOURCE,
    },
    weibo(t(1, 2), `求扩散：${post}`, '澄溪人在外地'),
    {
      at: t(4, 30),
      sourceId: 'wangchuan-news',
      title: '澄溪县启用备用水源 供水车覆盖主要小区',
      text: '澄溪县人民政府会同市生态环境局发布情况通报：县城已启用备用水源，水质符合标准，应急供水车覆盖主要小区，沿河监测数据每两小时公布一次。',
      author: '望川新闻网记者',
    },
    {
      at: t(20, 10),
      sourceId: 'wangchuan-news',
      title: '望川召开新闻发布会介绍澄溪河水质监测和供水保障情况',
      text: '市政府新闻办召开新闻发布会，市生态环境局、澄溪县负责人介绍水质监测和供水保障情况，回答记者提问。最新监测显示，取水口断面石油类浓度已降至标准限值以内。',
      author: '望川新闻网记者',
    },
    weibo(t(31, 0), '澄溪的水来了，发布会把数据一条一条说清楚，心里踏实多了。', '澄溪人在外地'),
  ];
}

function waterSourceCalls(t: After): CallIn[] {
  return [
    {
      at: t(0, 50),
      ...help(
        '澄溪县',
        '澄溪县人民政府',
        '供水',
        '县城自来水有柴油味',
        '市民来电，澄溪县澄阳镇西关社区自来水有柴油味，家中有婴儿，询问能否饮用、到哪里取水。',
      ),
    },
    {
      at: t(6, 20),
      ...complain(
        '澄溪县',
        '望川市市场监督管理局',
        '价格',
        '桶装水涨价',
        '来电人反映，澄溪县城一家超市桶装水由八元涨到二十元，要求查处哄抬价格。',
      ),
    },
  ];
}

function waterSourceOpening(spill: Date, t: After): ActStep[] {
  return [
    { at: t(0, 44), storyKey: SOURCE, kind: 'see-alert', by: officerAt(t(0, 44)) },
    {
      at: t(0, 56),
      storyKey: SOURCE,
      kind: 'confirm-alert',
      by: officerAt(t(0, 56)),
      severity: 'II',
      keyCategory: 'emergency',
      occurredAt: spill,
      reason: '县城集中式饮用水水源地取水中断，达到突发环境事件重大（II级）标准，无人员伤亡。按5小时首次发布、24小时新闻发布会办理。',
    },
    {
      at: t(1, 4),
      storyKey: SOURCE,
      kind: 'assign',
      by: officerAt(t(1, 4)),
      tasks: [
        {
          departmentId: 'ecology',
          role: 'lead',
          instruction: '请牵头组织拦截和监测，5小时内发布首次权威信息，24小时内会同澄溪县召开新闻发布会。',
        },
        { departmentId: 'chengxi', role: 'co', instruction: '请启用备用水源，公布取水点，保障学校、医院用水。' },
        { departmentId: 'market', role: 'co', instruction: '请开展桶装水价格巡查，查处哄抬价格行为。' },
      ],
    },
    { at: t(1, 13), storyKey: SOURCE, kind: 'acknowledge', departmentId: 'ecology', by: leadOf('ecology') },
    { at: t(1, 16), storyKey: SOURCE, kind: 'acknowledge', departmentId: 'chengxi', by: leadOf('chengxi') },
    { at: t(1, 31), storyKey: SOURCE, kind: 'acknowledge', departmentId: 'market', by: leadOf('market') },
  ];
}

function waterSourceAnswers(t: After, statement: string, conference: string): ActStep[] {
  return [
    ...waterSourceStatement(t),
    {
      at: t(3, 40),
      storyKey: SOURCE,
      kind: 'work',
      by: officerAt(t(3, 40)),
      work: {
        do: 'publish-statement',
        evidence: {
          kind: 'statement',
          path: statement,
          publishedAt: t(3, 25),
          note: '关于龙潭坪镇柴油罐车侧翻泄漏事件的情况通报（第一号）',
        },
      },
    },
    {
      at: t(19, 50),
      storyKey: SOURCE,
      kind: 'evidence',
      by: officerAt(t(19, 50)),
      evidence: {
        kind: 'press-conference',
        path: conference,
        publishedAt: t(19, 0),
        note: '市政府新闻办新闻发布会实录，市生态环境局主要负责人出席',
      },
    },
    {
      at: t(26),
      storyKey: SOURCE,
      kind: 'reply',
      departmentId: 'chengxi',
      by: leadOf('chengxi'),
      evidence: null,
      text: '备用水源切换后日供水量1.8万吨，满足县城基本需要；累计送水214车次，设取水点31处。取水口水质连续6次达标，已恢复取水。',
    },
    {
      at: t(27),
      storyKey: SOURCE,
      kind: 'reply',
      departmentId: 'market',
      by: leadOf('market'),
      evidence: null,
      text: '检查商超62家次，立案查处哄抬价格2起，桶装水价格已恢复正常。',
    },
    {
      at: t(30),
      storyKey: SOURCE,
      kind: 'reply',
      departmentId: 'ecology',
      by: leadOf('ecology'),
      evidence: null,
      text: '事件处置基本结束，泄漏柴油回收2.6吨，受污染土壤清运41吨，取水口断面连续稳定达标，转入跟踪监测。',
    },
    {
      at: t(96),
      storyKey: SOURCE,
      kind: 'close',
      by: leaderAt(t(96)),
      summary:
        '首次权威信息用时3小时25分，新闻发布会用时19小时，均在时限内；共发布通报5期。承诺事项：上游省道危化品车辆限时通行方案，由交通运输、公安部门一个月内公布。',
    },
  ];
}

/** The first notice as it went through: drafted by the department, reviewed for secrecy, approved by the leader. */
function waterSourceStatement(t: After): ActStep[] {
  const [drafted, sent, cleared, approved] = [t(2, 30), t(2, 41), t(2, 55), t(3, 10)];
  const act = (at: Date, by: string, work: DemoWork): ActStep => ({ at, storyKey: SOURCE, kind: 'work', by, work });
  return [
    act(drafted, leadOf('ecology'), {
      do: 'draft-statement',
      title: '关于龙潭坪镇柴油罐车侧翻泄漏事件的情况通报（第一号）',
      text: '今日清晨，一辆柴油罐车在澄溪县龙潭坪镇境内省道侧翻，部分柴油流入澄溪河。事件未造成人员伤亡。\n接报后，市、县两级立即启动应急响应，在下游设置拦油索五道，投放吸油毡3.2吨。为确保安全，县城水厂已停止取水并启用备用水源，设置应急取水点31处。\n市生态环境局在沿河布设监测断面9个，每2小时监测一次，结果将及时公布。备用水源水质符合生活饮用水卫生标准，请广大群众放心使用，不信谣、不传谣。',
    }),
    act(sent, leadOf('ecology'), { do: 'submit-statement' }),
    act(t(2, 50), officerAt(t(2, 50)), {
      do: 'analyse',
      nature: '交通事故次生的突发环境事件，县城水源地取水中断，属重大（II级）；网上议论由水质担忧引发，尚无对立情绪。',
      trend: '三小时内由本地论坛扩散到同城媒体，热线咨询集中在能否饮用、何处取水；预计今晚至明早为高峰。',
      risks: '抢购桶装水、哄抬价格；下游县区恐慌；“江水不能喝”一类传言扩散。',
      proposal: '五小时内发布首号通报并公布取水点；每两小时公布监测数据；市场监管巡查桶装水价格；二十小时内召开新闻发布会。',
    }),
    act(t(4), officerAt(t(4)), {
      do: 'plan-conference',
      plannedFor: t(19),
      place: '市政府新闻发布厅',
      spokesperson: '市生态环境局主要负责人',
    }),
    act(t(21), officerAt(t(21)), {
      do: 'promise',
      text: '研究上游路段危化品车辆限时通行措施，一个月内向社会公布',
      departmentId: 'transport',
      dueOn: localDateOf(after(t(19), { days: 30 })),
      source: '新闻发布会答记者问',
    }),
    act(cleared, officerAt(cleared), { do: 'clear-statement', note: null }),
    act(approved, leaderAt(approved), { do: 'approve-statement', note: '取水点位置由澄溪县同步公布；原因和责任待调查，发布会说明。' }),
  ];
}

function waterSourcePages(spill: Date, t: After, statement: string, conference: string): OfficialPage[] {
  return [
    {
      path: statement,
      title: '关于龙潭坪镇柴油罐车侧翻泄漏事件的情况通报（第一号）',
      publisher: '望川市生态环境局 澄溪县人民政府',
      publishedAt: t(3, 25),
      paragraphs: [
        `${dayAndTime(spill)}，一辆柴油罐车在澄溪县龙潭坪镇境内省道侧翻，部分柴油流入澄溪河。事件未造成人员伤亡。`,
        '接报后，市、县两级立即启动应急响应，在下游设置拦油索五道，投放吸油毡3.2吨。为确保安全，县城水厂已停止取水并启用备用水源，设置应急取水点31处。',
        '市生态环境局在沿河布设监测断面9个，每2小时监测一次，结果将及时公布。备用水源水质符合生活饮用水卫生标准，请广大群众放心使用，不信谣、不传谣。',
      ],
    },
    {
      path: conference,
      title: '澄溪河柴油泄漏事件处置进展新闻发布会（实录）',
      publisher: '望川市人民政府新闻办公室',
      publishedAt: t(19, 0),
      paragraphs: [
        '主持人：各位记者朋友，大家好。市委、市政府高度重视此次事件处置。出席今天发布会的有市生态环境局、澄溪县人民政府、市卫生健康委员会负责人。',
        '市生态环境局负责人：截至目前，取水口断面石油类浓度已连续三次低于标准限值，污染团未越出县境。后续将每日公布监测结果，直至连续七天稳定达标。',
        '记者问：备用水源能支撑多久？澄溪县人民政府负责人：备用水源设计日供水能力2万吨，可连续运行三十天以上，学校、医院供水已优先保障。',
        '记者问：肇事车辆如何处理？答：公安机关已对驾驶人依法调查，同时将研究上游路段危化品车辆限时通行措施，一个月内向社会公布。',
      ],
    },
  ];
}
