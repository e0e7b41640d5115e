import type { ActStep } from '../demo-step.js';
import { leaderAt, officerAt } from '../duty.js';
import { leadOf } from '../people.js';
import { after, before } from '../moments.js';
import { complain } from '../texts/call-kinds.js';
import type { Story, After, Post } from './story.js';

const KEY = 'mine-road';

/** Level III, closed, answered 51 hours after the first post: three hours late, and the file says so. */
export function mineRoad(now: Date): Story {
  const first = before(now, { days: 6, hours: 9 });
  const t = (hours: number, minutes = 0) => after(first, { hours, minutes });
  const page = '/gov/statements/huangnidang-road.html';
  const post =
    '澄溪县黄泥凼镇矿山村的村道被磷矿的重车压塌了，昨晚一辆接送学生的面包车侧翻进了排水沟，车上5名小学生受伤，都送到县人民医院去了。说好的矿区专用便道修了一半就停了，灰尘、超载、夜里轰隆隆，反映了两年没有下文。这条路不修，孩子们明天怎么上学？';
  return {
    posts: mineRoadPosts(first, t, post),
    calls: [
      {
        at: t(2, 10),
        ...complain(
          '澄溪县',
          '望川市交通运输局',
          '农村公路',
          '矿山村村道要求矿车改道',
          '村民来电，澄溪县黄泥凼镇矿山村村道长期过矿车，路基下沉，要求重车改走专用便道并尽快修复。',
        ),
      },
    ],
    acts: mineRoadActs(t, page),
    pages: [
      {
        path: page,
        title: '关于黄泥凼镇矿山村村道塌陷有关情况的通报',
        publisher: '澄溪县人民政府',
        publishedAt: t(51, 5),
        paragraphs: [
          '近日，黄泥凼镇矿山村村道发生塌陷，一辆面包车侧翻，5名学生受轻伤，经救治均已出院。我们对受伤学生及其家庭表示慰问。',
          '经查，塌陷路段长期有运矿重车通行，路基受损。县政府已采取以下措施：一是即日起禁止重型货车通行村道，设置限高设施和检测点；二是塌陷段由县交通运输局抢修，五天内恢复通行；三是矿区专用便道立即复工，两个月内建成通车，进度每半月公布一次；四是对超限运输企业立案查处。',
          '对群众反映问题解决不及时，县政府诚恳致歉，并将严肃追究相关单位和人员责任。',
        ],
      },
    ],
  };
}

function mineRoadPosts(first: Date, t: After, post: string): Post[] {
  return [
    {
      at: first,
      sourceId: 'wangchuan-forum',
      title: '黄泥凼矿车压塌村道，接送学生的面包车侧翻，5名小学生受伤',
      text: post,
      author: '矿山村村民小组',
      storyKey: KEY,
    },
    {
      at: t(6, 30),
      sourceId: 'wangchuan-wechat',
      title: '一条被矿车压坏的村道，和五个受伤的孩子',
      text: `${post}\n（根据村民讲述整理，照片由村民提供。）`,
      author: '望川生活圈',
    },
    {
      at: t(52, 20),
      sourceId: 'wangchuan-news',
      title: '澄溪县通报黄泥凼村道塌陷处置：矿车改线 便道两个月内建成',
      text: '澄溪县人民政府发布通报，受伤学生伤情稳定，矿区重车即日起禁止通行村道，专用便道复工并明确完工时限，超限运输企业已被立案。',
      author: '望川新闻网记者',
    },
  ];
}

function mineRoadActs(t: After, page: string): ActStep[] {
  return [
    { at: t(0, 50), storyKey: KEY, kind: 'see-alert', by: officerAt(t(0, 50)) },
    {
      at: t(1, 25),
      storyKey: KEY,
      kind: 'confirm-alert',
      by: officerAt(t(1, 25)),
      severity: 'III',
      keyCategory: 'vital-interest',
      occurredAt: null,
      reason: '经澄溪县值班室核实，5名学生轻伤，均无生命危险；村道塌陷与重车通行有关。涉及学生安全和长期诉求，按III级处置。',
    },
    {
      at: t(1, 40),
      storyKey: KEY,
      kind: 'assign',
      by: officerAt(t(1, 40)),
      tasks: [
        { departmentId: 'chengxi', role: 'lead', instruction: '请公布受伤学生救治、村道修复和矿车管控措施，48小时内发布。' },
        { departmentId: 'transport', role: 'co', instruction: '请派技术人员评估村道，开展超限超载联合执法。' },
      ],
    },
    { at: t(2, 20), storyKey: KEY, kind: 'acknowledge', departmentId: 'transport', by: leadOf('transport') },
    { at: t(4, 35), storyKey: KEY, kind: 'acknowledge', departmentId: 'chengxi', by: leadOf('chengxi') },
    {
      at: t(30),
      storyKey: KEY,
      kind: 'reply',
      departmentId: 'transport',
      by: leadOf('transport'),
      evidence: null,
      text: '已在村口设置限高限宽设施和临时检测点，查处超限车辆7台；塌陷段抢修方案已交县交通运输局实施，预计5天恢复通行。',
    },
    {
      at: t(51, 30),
      storyKey: KEY,
      kind: 'reply',
      departmentId: 'chengxi',
      by: leadOf('chengxi'),
      text: '情况通报已发布。因事故责任认定和便道工期需要多方确认，发布晚于48小时时限，已向市政府办公室书面说明原因。',
      evidence: { kind: 'statement', path: page, publishedAt: t(51, 5), note: '澄溪县人民政府关于黄泥凼镇矿山村村道塌陷的情况通报' },
    },
    {
      at: t(84),
      storyKey: KEY,
      kind: 'close',
      by: leaderAt(t(84)),
      summary: '首次回应用时51小时5分，超时3小时5分，已督促说明原因。承诺事项：专用便道两个月内建成，由县政府督查室跟踪并公开进度。',
    },
    {
      at: t(85),
      storyKey: KEY,
      kind: 'work',
      by: leaderAt(t(85)),
      work: { do: 'pause-evaluation', ground: '等待第三方评估结果', reason: '已委托省交通科学研究院评估便道方案，结果出具后恢复计时' },
    },
  ];
}
