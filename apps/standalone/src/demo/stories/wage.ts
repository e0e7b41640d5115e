import type { ActStep } from '../demo-step.js';
import { officerAt } from '../duty.js';
import { leadOf } from '../people.js';
import { after, before } from '../moments.js';
import { report } from '../texts/call-kinds.js';
import { weibo, type Story, type After, type CallIn, type Post } from './story.js';

const KEY = 'wage';

/** Level III, 27 hours old: the first lead department returned the task with its reason, and another took it. The clock went on. */
export function wage(now: Date): Story {
  const first = before(now, { hours: 27 });
  const t = (hours: number, minutes = 0) => after(first, { hours, minutes });
  const plea =
    '我们63人是望北新区云台至石榴滩快速路项目的农民工，干了七个多月，包工头只发生活费，累计拖欠工资189万元。总包说钱给了分包，分包说等业主拨款，劳务公司的电话已经打不通。家里老人住院、孩子交学费都等着这笔钱。工地门口的维权告示牌上写的电话也是空号。请劳动监察和主管部门为我们做主。';
  return {
    posts: wagePosts(first, t, plea),
    calls: wageCalls(t),
    acts: [...wageActs(t), ...wageReturned(t)],
    pages: [],
  };
}

function wagePosts(first: Date, t: After, plea: string): Post[] {
  return [
    {
      at: first,
      sourceId: 'wangchuan-forum',
      title: '云台至石榴滩快速路项目拖欠63名农民工工资189万元',
      text: plea,
      author: '快速路钢筋工',
      storyKey: KEY,
    },
    weibo(t(0, 48), `帮工友转：${plea}`, '望北打工人'),
    {
      at: t(5, 15),
      sourceId: 'wangchuan-metro',
      title: '快速路项目63名农民工讨薪 总包称已付款',
      text: `${plea}\n记者联系总承包单位，负责人称进度款已拨付劳务分包，正在核对考勤。本报将继续关注。来源：望川论坛`,
      author: '都市报记者 陶喆宁',
    },
    weibo(t(19, 30), '快速路那边的工友今天又去项目部了，没人吵闹，就坐在门口等。希望快点有结果。', '望北打工人'),
  ];
}

function wageCalls(t: After): CallIn[] {
  return [
    {
      at: t(0, 25),
      ...report(
        '望北新区',
        '望川市人力资源和社会保障局',
        '工资拖欠',
        '快速路项目拖欠农民工工资',
        '来电人系望北新区云台至石榴滩快速路项目钢筋班组工人，反映同班组工友被拖欠工资合计189万元，劳务公司负责人失联，要求劳动监察介入。',
      ),
    },
    {
      at: t(8, 12),
      ...report(
        '望北新区',
        '望川市人力资源和社会保障局',
        '工资拖欠',
        '项目维权告示牌电话是空号',
        '来电人反映，望北新区快速路项目维权信息告示牌公布的劳资专管员电话为空号，要求核实农民工工资专户是否开设。',
      ),
    },
  ];
}

function wageActs(t: After): ActStep[] {
  return [
    { at: t(0, 14), storyKey: KEY, kind: 'see-alert', by: officerAt(t(0, 14)) },
    {
      at: t(0, 31),
      storyKey: KEY,
      kind: 'confirm-alert',
      by: officerAt(t(0, 31)),
      severity: 'III',
      keyCategory: 'vital-interest',
      occurredAt: null,
      reason: '与12345工单相互印证，涉及63人、189万元，劳务公司失联，存在群体性风险，按III级处置。',
    },
    {
      at: t(0, 44),
      storyKey: KEY,
      kind: 'assign',
      by: officerAt(t(0, 44)),
      tasks: [
        { departmentId: 'housing', role: 'lead', instruction: '请牵头核查项目工程款拨付和分包情况，48小时内公布处置进展。' },
        {
          departmentId: 'human-resources',
          role: 'co',
          instruction: '请核对考勤和工资表，启动工资保证金、专户核查，依法追究失联劳务公司责任。',
        },
        { departmentId: 'wangbei', role: 'co', instruction: '请在项目现场设立接访点，做好工人食宿和情绪安抚。' },
      ],
    },
    { at: t(1, 20), storyKey: KEY, kind: 'acknowledge', departmentId: 'human-resources', by: leadOf('human-resources') },
    { at: t(1, 36), storyKey: KEY, kind: 'acknowledge', departmentId: 'wangbei', by: leadOf('wangbei') },
  ];
}

function wageReturned(t: After): ActStep[] {
  return [
    {
      at: t(2, 28),
      storyKey: KEY,
      kind: 'return',
      departmentId: 'housing',
      by: leadOf('housing'),
      suggestedDepartmentId: 'transport',
      reason:
        '经核实，云台至石榴滩快速路属公路建设项目，行业主管部门为市交通运输局，项目未在我局办理施工许可，我局不掌握工程款拨付情况，建议改由市交通运输局牵头。',
    },
    {
      at: t(2, 51),
      storyKey: KEY,
      kind: 'assign',
      by: officerAt(t(2, 51)),
      tasks: [
        {
          departmentId: 'transport',
          role: 'lead',
          instruction:
            '市住建局退回理由成立，现改由你局牵头。请约谈总包、分包单位，核清工程款和人工费拨付，按期公布处置进展；原48小时时限不变。',
        },
      ],
    },
    { at: t(3, 17), storyKey: KEY, kind: 'acknowledge', departmentId: 'transport', by: leadOf('transport') },
    {
      at: t(22, 5),
      storyKey: KEY,
      kind: 'reply',
      departmentId: 'human-resources',
      by: leadOf('human-resources'),
      evidence: null,
      text: '已核对63人考勤和工资结算单，确认欠薪184.6万元；已责令总包单位先行清偿，首批92万元正在发放；对失联劳务公司立案调查，涉嫌犯罪线索同步移送公安机关。',
    },
  ];
}
