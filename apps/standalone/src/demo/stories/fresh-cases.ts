import type { ActStep } from '../demo-step.js';
import { officerAt } from '../duty.js';
import { before, after, spokenTime } from '../moments.js';
import { complain, help, report } from '../texts/call-kinds.js';
import { weibo, type Story, type After, type CallIn } from './story.js';

/** Confirmed a quarter of an hour ago and not yet assigned (待交办): a care home. */
export function careHome(now: Date): Story {
  const KEY = 'care-home';
  const first = before(now, { minutes: 54 });
  const t = (minutes: number) => after(first, { minutes });
  const post =
    '临浦区银杏街道一家民办养老院，护工用毛巾抽打失智老人、把老人绑在轮椅上，视频是同屋老人的孙子拍的。老人手腕上全是勒痕，院长却说是“防止走失”。一个月收四千多块，就是这样养老的？请民政局、公安局管一管，这是赤裸裸的虐待老人，这样的养老院还有没有良心！';
  return {
    posts: [
      {
        at: first,
        sourceId: 'wangchuan-forum',
        title: '银杏街道一民办养老院护工打骂失智老人，有视频',
        text: post,
        author: '不忍心的孙子',
        storyKey: KEY,
      },
      weibo(t(13), `转：${post}`, '会展社区妈妈'),
      weibo(t(33), '养老院的视频看得我整个人发抖，我爷爷也在那一片的院里。望川能不能把全市养老院都查一遍？', '二十五床'),
    ],
    calls: [
      {
        at: t(21),
        ...report(
          '临浦区',
          '望川市民政局',
          '养老服务',
          '举报养老院护工捆绑老人',
          '市民来电举报，临浦区银杏街道一家民办养老院护工捆绑失智老人，有视频为证，要求民政、公安部门立即到现场核查，并妥善安置老人。',
        ),
      },
    ],
    acts: [
      { at: t(17), storyKey: KEY, kind: 'see-alert', by: officerAt(t(17)) },
      {
        at: t(40),
        storyKey: KEY,
        kind: 'confirm-alert',
        by: officerAt(t(40)),
        severity: 'III',
        keyCategory: 'moral-shock',
        occurredAt: null,
        reason:
          '与临浦区值班室核实，视频拍摄地点属实，当事护工已被控制，老人已送医检查。属严重冲击社会道德底线的民生舆情，按III级处置，拟交市民政局牵头、市公安局和临浦区配合。',
      },
    ],
    pages: [],
  };
}

/** Assigned twenty minutes ago, nobody has signed (待签收): a lift that fell. */
export function elevator(now: Date): Story {
  const KEY = 'elevator';
  const first = before(now, { minutes: 72 });
  const t = (minutes: number) => after(first, { minutes });
  const post = `青梧区锦梧苑小区3栋发生电梯坠落，${spokenTime(before(first, { minutes: 10 }))}左右从12楼突然坠到5楼才停住，里面7个人被困了二十多分钟，有3人受伤，一位孕妇吓得站不起来。维保记录三个月没有更新，业主投诉过好几次，物业说维保公司换人了。非要出人命才有人管吗？`;
  return {
    posts: [
      weibo(first, post, '锦梧苑业主', KEY),
      {
        at: t(16),
        sourceId: 'wangchuan-forum',
        title: '锦梧苑电梯从12楼坠到5楼，7人被困3人受伤',
        text: `${post}\n大家先别坐3栋的电梯，走楼梯。`,
        author: '锦梧苑业主代表',
      },
    ],
    calls: elevatorCalls(t),
    acts: elevatorActs(KEY, t),
    pages: [],
  };
}

function elevatorCalls(t: After): CallIn[] {
  return [
    {
      at: t(8),
      ...help(
        '青梧区',
        '望川市市场监督管理局',
        '电梯',
        '锦梧苑电梯停在5楼打不开门',
        '市民来电，青梧区锦梧苑小区3栋电梯停在5楼打不开门，里面有人呼救，请立即派人救援。',
      ),
    },
    {
      at: t(44),
      ...complain(
        '青梧区',
        '望川市市场监督管理局',
        '电梯',
        '要求全面检查锦梧苑电梯',
        '业主来电，锦梧苑小区电梯长期抖动、异响，要求市场监管部门对全部电梯停梯检验，并公布维保单位和检验结果。',
      ),
    },
  ];
}

function elevatorActs(KEY: string, t: After): ActStep[] {
  return [
    { at: t(11), storyKey: KEY, kind: 'see-alert', by: officerAt(t(11)) },
    {
      at: t(33),
      storyKey: KEY,
      kind: 'confirm-alert',
      by: officerAt(t(33)),
      severity: 'III',
      keyCategory: 'vital-interest',
      occurredAt: null,
      reason: '被困7人均已救出，3人轻伤。涉及特种设备安全和群众切身利益，此前已有同小区电梯投诉未解决，按III级处置。',
    },
    {
      at: t(50),
      storyKey: KEY,
      kind: 'assign',
      by: officerAt(t(50)),
      tasks: [
        {
          departmentId: 'market',
          role: 'lead',
          instruction: '请立即停用该小区同品牌电梯，查明下坠原因和维保责任，48小时内公布调查进展。',
        },
        { departmentId: 'housing', role: 'co', instruction: '请核查物业履职情况，指导应急使用维修资金。' },
        { departmentId: 'qingwu', role: 'co', instruction: '请安排社区为高层行动不便老人提供代买、代跑服务。' },
      ],
    },
  ];
}

/** Two days ago: smoke in a shopping centre was an announced drill (误报). */
export function mallSmoke(now: Date): Story {
  const KEY = 'mall-smoke';
  const first = before(now, { days: 2, hours: 5 });
  const t = (minutes: number) => after(first, { minutes });
  const post =
    '浦汇广场着火了！三楼往外冒浓烟，消防车来了六七辆，好多人从楼梯往下跑，有人被抬上救护车，不知道有没有伤亡，附近的朋友千万别过来！';
  return {
    posts: [
      weibo(first, post, '楼上写字楼的', KEY),
      weibo(t(9), `真的假的？「${post}」`, '银杏街道小王'),
      weibo(t(41), '虚惊一场，浦汇广场是消防演练，商场门口贴了告示，抬上车的是扮演伤员的员工。', '楼上写字楼的'),
    ],
    calls: [],
    acts: [
      { at: t(6), storyKey: KEY, kind: 'see-alert', by: officerAt(t(6)) },
      {
        at: t(19),
        storyKey: KEY,
        kind: 'false-alarm',
        by: officerAt(t(19)),
        reason:
          '经电话核实市消防救援支队指挥中心和浦汇广场物业，系提前公告的灭火疏散演练，烟雾为发烟罐产生，无火情、无伤亡。已请商场在官方账号说明，按误报关闭。',
      },
    ],
    pages: [],
  };
}
