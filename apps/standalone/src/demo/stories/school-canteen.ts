import type { ActStep } from '../demo-step.js';
import { officerAt } from '../duty.js';
import { leadOf } from '../people.js';
import { after, before, dayWord, isWeekend, onDayOf } from '../moments.js';
import { complain, help } from '../texts/call-kinds.js';
import { weibo, type Story, type After, type CallIn, type Post } from './story.js';

const KEY = 'school-canteen';

/** Level III, about 30 of 48 hours gone: pupils of a boarding school fell ill after supper; no authoritative word yet. */
export function schoolCanteen(now: Date): Story {
  const first = before(now, { hours: 30 });
  const t = (hours: number, minutes = 0) => after(first, { hours, minutes });
  // The supper before the first post: the same evening only if the post was written late.
  const evening = onDayOf(first, 18);
  const supper = before(first, { hours: 3 }) > evening ? evening : before(evening, { days: 1 });
  const day = dayWord(supper, first) === '今天' ? '今天' : '昨天';
  const stay = isWeekend(supper) ? '周末留校的孩子' : '住校的孩子';
  const plea = `孩子在青梧区青禾寄宿学校读五年级，${day}晚饭吃了食堂的红烧鸡块和凉拌粉丝，夜里开始上吐下泻。家长群里一统计，${stay}已有23人出现呕吐、腹泻、发烧，11人送医，其中两人还在输液。学校只说“换季肠胃不适”，让家长不要外传。食堂去年就换过承包商，食材从哪里进的没人说得清。请市场监管局、教育局查清食堂食品安全问题，给家长一个交代。`;
  return {
    posts: schoolCanteenPosts(first, t, plea),
    calls: schoolCanteenCalls(t),
    acts: schoolCanteenActs(t),
    pages: [],
  };
}

function schoolCanteenPosts(first: Date, t: After, plea: string): Post[] {
  return [
    {
      at: first,
      sourceId: 'wangchuan-forum',
      title: '青禾寄宿学校23名学生晚饭后呕吐腹泻，学校让家长别外传',
      text: plea,
      author: '五年级家长',
      storyKey: KEY,
    },
    weibo(t(0, 52), `转发一位家长的帖子：${plea}`, '编程娃的妈'),
    weibo(
      t(1, 47),
      '#望川同城# 青禾学校食堂的事，家长要求看留样、看进货台账，被保安拦在门口。教育的事能不能不要第一反应是捂？',
      '送学路上',
    ),
    {
      at: t(3, 20),
      sourceId: 'wangchuan-wechat',
      title: '23个孩子晚饭后呕吐腹泻，青禾寄宿学校食堂怎么了',
      text: `${plea}\n（家长投稿，本号已征得同意。截至发稿，校方电话无人接听。）`,
      author: '望川亲子',
    },
    {
      at: t(7, 5),
      sourceId: 'wangchuan-metro',
      title: '青梧一寄宿学校食堂停餐 家长盼公布检测结果',
      text: '多位家长向本报反映，青梧区青禾寄宿学校多名学生晚饭后身体不适。记者从就诊医院了解到，前来就诊的学生症状较轻，多数已经离院。校方表示食堂已停餐，留样食品已封存送检，结果需要等待。',
      author: '都市报记者 韩珺',
    },
    {
      at: t(21, 40),
      sourceId: 'wangchuan-forum',
      title: '一天过去了，青禾学校的检测结果在哪里',
      text: '孩子已经不吐了，但是心里的疙瘩还在。留样到底检出了什么，承包商有没有健康证，为什么一个公告都没有？我们不闹，只要一张盖章的说明。',
      author: '五年级家长',
    },
  ];
}

function schoolCanteenCalls(t: After): CallIn[] {
  return [
    {
      at: t(0, 18),
      ...help(
        '青梧区',
        '望川市市场监督管理局',
        '食品安全',
        '青禾寄宿学校学生晚饭后集体不适',
        '家长来电反映，孩子在青梧区青禾寄宿学校食堂吃过晚饭后身体不适，同宿舍六人都有类似情况，怀疑饭菜有问题，要求市场监管部门立即封存留样食品并送检。',
      ),
    },
    {
      at: t(0, 47),
      ...complain(
        '青梧区',
        '望川市教育局',
        '校园安全',
        '学校要求家长不要外传学生生病情况',
        '家长反映，青禾寄宿学校多名学生身体不适，班主任却要求家长“统一口径、不要外传”，家长认为学校应当如实告知，要求教育局介入。',
      ),
    },
    {
      at: t(9, 30),
      ...complain(
        '青梧区',
        '望川市市场监督管理局',
        '食品安全',
        '要求公开青禾学校食堂承包商资质',
        '多名家长来电，要求公开青禾寄宿学校食堂承包商的经营许可、从业人员健康证明和近一个月进货台账。',
      ),
    },
  ];
}

function schoolCanteenActs(t: After): ActStep[] {
  return [
    { at: t(0, 12), storyKey: KEY, kind: 'see-alert', by: officerAt(t(0, 12)) },
    {
      at: t(0, 26),
      storyKey: KEY,
      kind: 'confirm-alert',
      by: officerAt(t(0, 26)),
      severity: 'III',
      keyCategory: 'vital-interest',
      occurredAt: null,
      reason:
        '经与青梧区政府值班室、就诊医院核实：23名学生出现症状，11人就诊，无重症。涉及未成年人集体用餐安全，家长关注度高、多平台扩散，属需重点回应的“涉及公众切身利益且产生较大影响”情形，按III级处置，48小时内回应。',
    },
    {
      at: t(0, 38),
      storyKey: KEY,
      kind: 'assign',
      by: officerAt(t(0, 38)),
      tasks: [
        {
          departmentId: 'market',
          role: 'lead',
          instruction: '请牵头核查食堂承包经营、进货查验和食品留样，尽快公布抽检进展；检测结果未出的，先发布已采取的措施。',
        },
        { departmentId: 'education', role: 'co', instruction: '请督促学校如实告知家长，停止“不要外传”一类要求，组织全市学校食堂自查。' },
        { departmentId: 'health', role: 'co', instruction: '请开展流行病学调查，汇总就诊、住院和康复人数。' },
        { departmentId: 'qingwu', role: 'co', instruction: '请落实属地责任，派工作组驻校，做好家长沟通。' },
      ],
    },
    { at: t(0, 55), storyKey: KEY, kind: 'acknowledge', departmentId: 'market', by: leadOf('market') },
    { at: t(1, 10), storyKey: KEY, kind: 'acknowledge', departmentId: 'health', by: leadOf('health') },
    { at: t(1, 32), storyKey: KEY, kind: 'acknowledge', departmentId: 'education', by: leadOf('education') },
    { at: t(2, 4), storyKey: KEY, kind: 'acknowledge', departmentId: 'qingwu', by: leadOf('qingwu') },
    {
      at: t(9, 50),
      storyKey: KEY,
      kind: 'reply',
      departmentId: 'education',
      by: leadOf('education'),
      evidence: null,
      text: '已派员驻校。学校已停止食堂供餐，改由具备资质的单位配送，已撤回“不要外传”的通知并向家长致歉；全市中小学、幼儿园食堂自查于明日启动。',
    },
    {
      at: t(20, 15),
      storyKey: KEY,
      kind: 'reply',
      departmentId: 'health',
      by: leadOf('health'),
      evidence: null,
      text: '累计就诊11人，其中门诊9人、留观2人，现已全部离院，无重症。采集患者样本、食品留样和环境样本共34份送检，初步考虑细菌性食源性疾病，最终结论以实验室检测为准。',
    },
  ];
}
