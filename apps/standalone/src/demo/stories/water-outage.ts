import type { ActStep } from '../demo-step.js';
import { officerAt, leaderAt } from '../duty.js';
import { leadOf } from '../people.js';
import { after, before, dayAndTime, spokenTime } from '../moments.js';
import { complain, help } from '../texts/call-kinds.js';
import { weibo, type Story, type After, type CallIn, type Post } from './story.js';

const OUTAGE = 'water-outage';

/** Level II by the hospital in it, closed a week ago inside its time, its press conference waived: a burst main left some 8,000 homes dry. */
export function waterOutage(now: Date): Story {
  const burst = before(now, { days: 7, hours: 6 });
  const t = (hours: number, minutes = 0) => after(burst, { hours, minutes });
  const page = '/gov/statements/hongzhuanchang-water.html';
  const post = `临浦区红砖厂这边${spokenTime(burst)}左右主水管爆了，马路上水柱两层楼高，红砖厂社区、铁路新村、船厂社区全部停水，估计有8000多户。没有任何停水通知，自来水公司电话一直占线，老人孩子做不了饭，什么时候能来水？`;
  return {
    posts: waterOutagePosts(t, post),
    calls: waterOutageCalls(t),
    acts: waterOutageActs(burst, t, page),
    pages: [
      {
        path: page,
        title: '关于红砖厂片区供水抢修情况的公告',
        publisher: '望川市水务集团有限公司',
        publishedAt: t(3, 5),
        paragraphs: [
          `${dayAndTime(burst)}，临浦区红砖厂街道一处直径600毫米供水主管因管材老化爆裂，造成红砖厂社区、铁路新村社区、船厂社区约8200户用水受到影响。`,
          '事故发生后，我公司立即关闭上下游阀门，组织三个抢修班组连夜更换管道，预计18小时内恢复供水。抢修期间，在上述社区设置临时取水点14处，并安排送水车上门服务。',
          '对未能及时通知给市民生活带来的不便，我们深表歉意。抢修进展将每4小时发布一次。服务电话：12345。',
        ],
      },
    ],
  };
}

function waterOutagePosts(t: After, post: string): Post[] {
  return [
    weibo(t(0, 20), post, '红砖厂小林', OUTAGE),
    {
      at: t(0, 55),
      sourceId: 'wangchuan-forum',
      title: '红砖厂主水管爆裂，8000多户停水没有通知',
      text: `${post}\n（转自同城微博）`,
      author: '铁路新村住户',
    },
    {
      at: t(5, 40),
      sourceId: 'wangchuan-metro',
      title: '红砖厂片区供水主管爆裂 抢修人员连夜换管',
      text: '爆裂的是一根使用近三十年的铸铁管，直径六百毫米。水务集团出动送水车九辆，在社区门口设临时取水点。',
      author: '都市报记者 韩珺',
    },
  ];
}

function waterOutageCalls(t: After): CallIn[] {
  return [
    {
      at: t(0, 12),
      ...help(
        '临浦区',
        '望川市水务集团有限公司',
        '供水',
        '红砖厂路口水管爆裂',
        '市民来电，临浦区红砖厂街道路口水管爆裂，水漫到商铺门口，请立即关阀抢修。',
      ),
    },
    {
      at: t(1, 30),
      ...complain(
        '临浦区',
        '望川市水务集团有限公司',
        '供水',
        '停水没有通知也没有送水',
        '来电人反映，铁路新村停水近两小时，没有接到通知，家中有透析病人，希望安排送水。',
      ),
    },
  ];
}

function waterOutageActs(burst: Date, t: After, page: string): ActStep[] {
  return [
    { at: t(0, 26), storyKey: OUTAGE, kind: 'see-alert', by: officerAt(t(0, 26)) },
    {
      at: t(0, 38),
      storyKey: OUTAGE,
      kind: 'confirm-alert',
      by: officerAt(t(0, 38)),
      severity: 'II',
      keyCategory: 'vital-interest',
      occurredAt: burst,
      reason:
        '经水务集团确认，供水主管爆裂，影响约8200户，片区内有一家透析中心和两所学校，恢复时间尚不能确定，先按II级处置：5小时首次发布，24小时新闻发布会。',
    },
    {
      at: t(0, 46),
      storyKey: OUTAGE,
      kind: 'assign',
      by: officerAt(t(0, 46)),
      tasks: [
        {
          departmentId: 'water-supply',
          role: 'lead',
          instruction: '请尽快公布停水范围、原因、预计恢复时间和临时供水点，抢修期间每4小时更新一次。',
        },
        { departmentId: 'linpu', role: 'co', instruction: '请组织街道、社区送水，重点保障独居老人、透析病人家庭。' },
      ],
    },
    { at: t(0, 58), storyKey: OUTAGE, kind: 'acknowledge', departmentId: 'water-supply', by: leadOf('water-supply') },
    { at: t(1, 9), storyKey: OUTAGE, kind: 'acknowledge', departmentId: 'linpu', by: leadOf('linpu') },
    {
      at: t(3, 20),
      storyKey: OUTAGE,
      kind: 'reply',
      departmentId: 'water-supply',
      by: leadOf('water-supply'),
      text: '已发布停水抢修公告，公布取水点14处、送水电话2部，预计18小时内恢复供水。',
      evidence: {
        kind: 'statement',
        path: page,
        publishedAt: t(3, 5),
        note: '红砖厂片区供水抢修公告，市政府门户网站、水务集团公众号同步发布',
      },
    },
    {
      at: t(16, 40),
      storyKey: OUTAGE,
      kind: 'reply',
      departmentId: 'linpu',
      by: leadOf('linpu'),
      evidence: null,
      text: '街道、社区累计送水126车次，上门走访独居老人和重点病人家庭238户，全部保障到位。供水已于今日恢复，水质检测合格。',
    },
    {
      at: t(18, 20),
      storyKey: OUTAGE,
      kind: 'work',
      by: leaderAt(t(18, 20)),
      work: {
        do: 'waive-conference',
        reason:
          '供水已于事发16小时内恢复，水质检测合格，无人员伤亡和次生事件；停水原因、取水点和恢复时间已由水务集团每4小时一次的公告说清，热线来电已回落。经会商市委宣传部，不再举行新闻发布会，由水务集团负责人接受本地媒体采访。',
      },
    },
    {
      at: t(46),
      storyKey: OUTAGE,
      kind: 'close',
      by: leaderAt(t(46)),
      summary:
        '抢修16小时完成并恢复供水，水质检测合格；12345回访37件，满意35件。建议水务集团对三十年以上铸铁管开展排查，列入明年改造计划。',
    },
    {
      at: t(46, 30),
      storyKey: OUTAGE,
      kind: 'work',
      by: officerAt(t(46, 30)),
      work: { do: 'ask-evaluation-extension', days: 1, reason: '12345回访尚有十二件未接通，满意度数据待补全，申请延长一个工作日' },
    },
    {
      at: t(47, 10),
      storyKey: OUTAGE,
      kind: 'work',
      by: leaderAt(t(47, 10)),
      work: { do: 'approve-extension', note: '同意，补全回访后一并评估' },
    },
  ];
}
