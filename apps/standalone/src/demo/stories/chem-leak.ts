import type { ActStep, DemoWork } from '../demo-step.js';
import { officerAt } from '../duty.js';
import { leadOf } from '../people.js';
import { after, before, dayAndTime, spokenTime } from '../moments.js';
import { complain, help, urgentHelp } from '../texts/call-kinds.js';
import { weibo, type Story, type After, type CallIn, type OfficialPage, type Post } from './story.js';

const KEY = 'chem-leak';
/** An urgent call about the same fire: it raised an alert of its own, which the officer closed once the man was safe. */
const RESCUE = 'chem-rescue';

/**
 * Live, level II: a tank fire in 望北化工园 makes more than ten thousand people leave their homes, which is 重大 for an
 * environmental incident (国办函〔2014〕119号附件1: 疏散、转移1万人以上5万人以下). 3.5 of its 5 hours have run.
 */
export function chemLeak(now: Date): Story {
  const fire = before(now, { hours: 3, minutes: 30 });
  const t = (minutes: number) => after(fire, { minutes });
  const flash = `望北化工园沃澜新材料公司储罐区${spokenTime(fire)}左右发生危化品泄漏并起火，浓烟往石榴滩镇方向飘，空气里有刺鼻气味。镇村干部挨家敲门，金盆村、白鹤嘴村群众正在紧急疏散，目前已转移1.2万余人，有17人受伤送医，2名工人失联。学校、敬老院的车都在路上，大家给救援车辆让道！`;
  return {
    posts: chemLeakPosts(t, flash),
    calls: chemLeakCalls(t),
    acts: [...chemLeakActs(fire, t), ...chemLeakStatement(t), chemLeakInvestigation(t)],
    pages: chemLeakPages(fire, t),
  };
}

function chemLeakPosts(t: After, flash: string): Post[] {
  return [
    weibo(t(9), '望北那个方向好大一股黑烟，坐在公交上都看得见，有人知道怎么回事吗？', '望北打工人'),
    weibo(t(38), flash, '石榴滩的风', KEY),
    weibo(t(46), `扩散！${flash}`, '望川同城互助'),
    weibo(t(58), `${flash}我爸妈已经到望北实验学校操场了，志愿者在发口罩和水，谢谢大家。`, '金盆村的女儿'),
    {
      at: t(64),
      sourceId: 'wangchuan-forum',
      title: '望北化工园储罐区起火，石榴滩镇1.2万余人紧急疏散',
      text: `${flash}\n（消息转自同城微博，请以官方通报为准。）`,
      author: '白鹤嘴老郭',
    },
    {
      at: t(82),
      sourceId: 'wangchuan-metro',
      title: '望北化工园一企业储罐区起火 已紧急疏散1.26万人',
      text: `${flash}\n本报记者在现场看到，二十余辆消防车正在处置，外围道路已实行交通管制。截至发稿，有关部门尚未发布事故原因和环境监测数据。来源：同城微博、本报现场报道`,
      author: '都市报记者 方堃',
    },
    {
      at: t(118),
      sourceId: 'wangchuan-wechat',
      title: '石榴滩的乡亲别慌，这些安置点可以去',
      text: '望北实验学校、望川职业技术学院体育馆、龙门坝社区活动中心都在接收转移群众，有热水、棉被和充电处。老人常用的药记得带上，出门前关好门窗、断气断电。网上流传的“江水不能喝了”没有依据，请等官方消息。',
      author: '望川生活圈',
    },
    weibo(
      t(131),
      '安置点里一位孕妇不舒服，120来得很快，已经送到中心医院了。可是三个多小时了，到底烧的是什么、对身体有没有影响，能不能有人出来说一句话？',
      '云朵收集员',
    ),
    {
      at: t(150),
      sourceId: 'xiangqin-forum',
      title: '石榴灘的鄉親都平安嗎',
      text: '看到同城的消息，很牽掛家鄉。父母的電話一直打不通，請在附近的鄉親報個平安，也盼望政府早點公布實情。',
      author: '舊金山老陳',
    },
  ];
}

function chemLeakCalls(t: After): CallIn[] {
  return [
    {
      at: t(12),
      ...help(
        '望北新区',
        '望北新区管理委员会',
        '安全生产',
        '询问石榴滩镇浓烟是否有毒',
        '市民来电称，家住望北新区石榴滩镇白鹤嘴村，看到化工园方向浓烟滚滚，气味刺鼻，家中有两个月大的婴儿，询问是否需要撤离、往哪里走。',
      ),
    },
    {
      at: t(41),
      ...help(
        '望北新区',
        '望川市应急管理局',
        '安全生产',
        '父亲在沃澜公司上班联系不上',
        '来电人称，父亲在望北化工园沃澜新材料公司储罐区当班，事发后电话一直无法接通，请求核实失联人员名单。',
      ),
    },
    {
      at: t(76),
      storyKey: RESCUE,
      ...urgentHelp(
        '望北新区',
        '望北新区管理委员会',
        '群众安置',
        '金盆村还有卧床老人没转移',
        '市民来电，望北新区石榴滩镇金盆村三组有一位卧床老人，家中只有老伴，没有车，请安排人员接转。',
      ),
    },
    {
      at: t(104),
      ...complain(
        '望北新区',
        '望川市生态环境局',
        '环境监测',
        '要求公布空气监测数据',
        '来电人反映，化工园起火后网上说什么的都有，有人说氯气、有人说苯，希望生态环境部门每小时公布一次监测数据，告诉大家能不能开窗。',
      ),
    },
    {
      at: t(162),
      ...help(
        '望北新区',
        '望川市卫生健康委员会',
        '医疗救治',
        '安置点需要哮喘用药',
        '望北实验学校安置点志愿者来电，有三位老人患哮喘，药没带出来，请协调药品和医生到点巡诊。',
      ),
    },
  ];
}

function chemLeakActs(fire: Date, t: After): ActStep[] {
  return [
    { at: t(42), storyKey: KEY, kind: 'see-alert', by: officerAt(t(42)) },
    {
      at: t(46),
      storyKey: KEY,
      kind: 'confirm-alert',
      by: officerAt(t(46)),
      severity: 'II',
      keyCategory: 'emergency',
      occurredAt: fire,
      reason:
        '经电话核实望北新区值班室：储罐区起火属实，已组织疏散转移1.26万余人，17人受伤、2人失联。疏散人数达到突发环境事件重大（II级）标准（1万人以上5万人以下），伤亡情况仍在核实，按已知下界初判，只上调不下调。',
    },
    {
      at: t(50),
      storyKey: KEY,
      kind: 'assign',
      by: officerAt(t(50)),
      tasks: [
        {
          departmentId: 'emergency',
          role: 'lead',
          instruction:
            '请牵头会同望北新区核实起火时间、着火物质、伤亡失联人数和处置进展，5小时内发布首次权威信息，24小时内准备新闻发布会。口径经市政府办公室会同市委宣传部审定后发布。',
        },
        {
          departmentId: 'ecology',
          role: 'co',
          instruction: '请立即开展大气和梧江下游断面应急监测，每小时报送一次数据，随权威信息同步公布。',
        },
        { departmentId: 'fire-rescue', role: 'co', instruction: '请每30分钟报送火情控制、人员搜救情况。' },
        { departmentId: 'health', role: 'co', instruction: '请汇总收治人数和伤情，安排安置点巡诊，公布心理援助电话。' },
        { departmentId: 'wangbei', role: 'co', instruction: '请统计转移安置人数，公布安置点位置和联系电话，回应群众求助。' },
        { departmentId: 'public-security', role: 'co', instruction: '请发布交通管制信息，依法核查涉事故谣言线索。' },
      ],
    },
    ...(['emergency:57', 'fire-rescue:60', 'ecology:69', 'health:92'] as const).map((entry) => {
      const [departmentId, minute] = entry.split(':') as [string, string];
      return { at: t(Number(minute)), storyKey: KEY, kind: 'acknowledge' as const, departmentId, by: leadOf(departmentId) };
    }),
    { at: t(79), storyKey: RESCUE, kind: 'see-alert', by: officerAt(t(79)) },
    {
      at: t(101),
      storyKey: RESCUE,
      kind: 'false-alarm',
      by: officerAt(t(101)),
      reason:
        '求助已即时转望北新区管委会，老人已由镇干部和120接转至安置点。与望北化工园火情为同一事件，已另立舆情单处置，此条不再单独预警。',
    },
    {
      at: t(175),
      storyKey: KEY,
      kind: 'reply',
      departmentId: 'ecology',
      by: leadOf('ecology'),
      evidence: null,
      text: '已在事故点周边和石榴滩镇布设大气点位8个、梧江断面3个。最近一次监测结果：距事故点1公里处苯系物出现短时升高，3公里外安置点各项指标均在标准限值以内，梧江断面未见异常。消防废水已导入园区事故应急池。数据表已送市应急管理局统一发布。',
    },
  ];
}

/** The first notice, past its secrecy review, waits for the leader: what people asked stands open beside it. */
function chemLeakStatement(t: After): ActStep[] {
  const act = (at: Date, by: string, work: DemoWork): ActStep => ({ at, storyKey: KEY, kind: 'work', by, work });
  return [
    act(t(184), leadOf('emergency'), {
      do: 'draft-statement',
      title: '关于望北化工园一企业储罐区火情处置情况的通报（第一号）',
      text: '今日，望北化工园望川沃澜新材料有限公司储罐区发生火情。接报后，市、区两级立即启动应急响应，消防救援力量全力处置，现明火已得到控制。\n截至目前，17名受伤人员已送医救治；2名失联人员正在全力搜救。周边群众12600余人已转移至望北实验学校等安置点。\n市生态环境局布设大气点位8个、梧江断面3个开展加密监测，监测数据每小时在市政府门户网站公布。\n起火原因正在调查。处置进展将持续发布，并将在24小时内召开新闻发布会。',
    }),
    act(t(190), leadOf('emergency'), { do: 'submit-statement' }),
    act(t(199), officerAt(t(199)), { do: 'clear-statement', note: null }),
  ];
}

const TEAM_PAGE = '/gov/statements/wangbei-fire-team.html';

/** The report of the investigation is owed 60 days after the fire: mostly in a year whose notice is not published yet. */
function chemLeakInvestigation(t: After): ActStep {
  return {
    at: t(206),
    storyKey: KEY,
    kind: 'work',
    by: officerAt(t(206)),
    work: {
      do: 'begin-investigation',
      team: '市政府望北化工园火情事故调查组',
      departmentId: 'emergency',
      paper: {
        path: TEAM_PAGE,
        publishedAt: t(201),
        note: '市政府紧急会议决定成立事故调查组，市应急管理局牵头，先行封存台账、固定现场证据',
      },
    },
  };
}

function chemLeakPages(fire: Date, t: After): OfficialPage[] {
  return [
    {
      path: TEAM_PAGE,
      title: '市政府成立望北化工园火情事故调查组',
      publisher: '望川市人民政府办公室',
      publishedAt: t(201),
      paragraphs: [
        '市政府今日召开紧急会议，决定成立望北化工园火情事故调查组，由市应急管理局牵头，市公安局、市总工会、市消防救援支队和望北新区管委会参加，邀请检察机关派员参加。',
        '调查组已封存企业安全生产台账和监控资料。事故原因、责任认定和处理建议将依法调查，调查报告经批复后向社会公布。',
      ],
    },
    {
      // On the site six minutes after the demo was started: something true to register as evidence.
      path: '/gov/statements/wangbei-fire-1.html',
      title: '关于望北化工园一企业储罐区火情处置情况的通报（第一号）',
      publisher: '望川市应急管理局 望北新区管理委员会',
      publishedAt: t(216),
      paragraphs: [
        `${dayAndTime(fire)}，望北化工园望川沃澜新材料有限公司储罐区发生火情。接报后，市、区两级立即启动应急响应，消防救援力量全力处置，现明火已得到控制。`,
        '截至目前，17名受伤人员已送医救治，其中2人伤势较重，其余15人生命体征平稳；2名失联人员正在全力搜救。周边群众12600余人已转移至望北实验学校等安置点，生活物资和医疗服务已保障到位。',
        '市生态环境局布设大气点位8个、梧江断面3个开展加密监测。距事故点3公里外各项指标均在标准限值以内，梧江断面水质未见异常，城区供水正常。监测数据每小时在市政府门户网站公布。',
        '起火原因正在调查。处置进展将持续发布，并将在24小时内召开新闻发布会。请广大群众以官方发布为准，不信谣、不传谣。群众求助电话：12345。',
      ],
    },
  ];
}
