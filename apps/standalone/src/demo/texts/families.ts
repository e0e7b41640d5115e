import type { Chance } from '../chance.js';
import { ask, complain, help, report, type CallKind } from './call-kinds.js';
import { fullPlace, RURAL_PLACES, URBAN_PLACES, type Place } from './places.js';
import type { Call } from './written.js';

/** Matters that come up every week somewhere: the same trouble with another street, another cause, another plea. */
export interface Family {
  name: string;
  places: readonly Place[];
  /** How many different faces it has; face n and face n + count are of one kind. */
  faces: number;
  tell: (chance: Chance, place: Place, face: number) => Call;
}

/** What the title says, what happened, what came of it: always told together, so that they fit. */
type Face = readonly [heading: string, trouble: string, effect: string];

const CITY = '望川市城市管理和综合执法局';
/** What an operator writes at the end of a call. */
export const ENDINGS: readonly string[] = [
  '请核实处理并回复。',
  '希望尽快处理，并回电告知结果。',
  '请相关单位到现场看一看。',
  '此前反映过一次，未见改善。',
  '请给出处理期限。',
  '来电人愿意配合现场指认。',
];
const OPENINGS = ['市民反映', '来电人称', '居民来电反映', '来电人反映', '市民来电', '住户反映'];

interface Plan {
  name: string;
  kind: CallKind;
  unit: string;
  category: string;
  places: readonly Place[];
  hours?: Call['hours'];
  /** What joins the place and the trouble, e.g. 附近. Left out: a building's number. */
  joint?: string;
  /** It goes on until somebody mends it, so that a caller says since when. */
  lasting?: boolean;
  faces: readonly Face[];
}

function family({ name, kind, unit, category, places, hours, joint, lasting, faces }: Plan): Family {
  return {
    name,
    places,
    faces: faces.length,
    tell: (chance, place, face) => {
      const [heading, trouble, effect] = faces[face % faces.length]!;
      const since = lasting ? chance.pick(['', '，已经一个多星期', '，已有三四天', '，前后快半个月了']) : '';
      const where = `${fullPlace(place)}${joint ?? `${chance.whole(1, 28)}栋附近`}`;
      const content = `${chance.pick(OPENINGS)}，${where}${trouble}${since}，${effect}。${chance.pick(ENDINGS)}`;
      return kind(place.district, unit, category, `${place.community}${heading}`, content, hours);
    },
  };
}

/** As family, for villages (no house numbers) and for questions (no “how long”). */
function plainFamily({ name, kind, unit, category, places, hours, faces }: Plan): Family {
  return {
    name,
    places,
    faces: faces.length,
    tell: (chance, place, face) => {
      const [heading, trouble, effect] = faces[face % faces.length]!;
      const who =
        kind === ask ? chance.pick(['市民咨询', '来电人咨询', '群众来电咨询']) : chance.pick(['村民反映', '村民来电', '来电人反映']);
      const content =
        kind === ask
          ? `${who}，家住${fullPlace(place)}，${trouble}，${effect}`
          : `${who}，${fullPlace(place)}${trouble}，${effect}。${chance.pick(ENDINGS)}`;
      return kind(place.district, unit, category, `${place.community}${heading}`, content, hours);
    },
  };
}

export const FAMILIES: readonly Family[] = [
  family({
    name: '路灯',
    lasting: true,
    kind: help,
    unit: CITY,
    category: '路灯',
    places: URBAN_PLACES,
    hours: [18, 23],
    faces: [
      ['公交站旁路灯不亮', '公交站旁的三盏路灯不亮', '下晚自习的学生都打着手电走'],
      ['背街小巷一片漆黑', '背街小巷整排路灯都灭了', '有老人买菜回来摔过一跤'],
      ['路灯一闪一闪', '东门外的路灯忽明忽暗、一闪一闪', '晃得开车的人睁不开眼'],
      ['路灯被树枝遮住', '路灯被行道树遮得严严实实', '灯亮着路面还是黑的'],
      ['健身广场照明损坏', '健身广场的高杆灯坏了两盏', '晚上跳舞的、带孩子的挤在一个角落'],
      ['新修道路没有通电', '新修的路灯杆立了一个月没有通电', '路边还停着施工车，骑车很危险'],
    ],
  }),
  family({
    name: '道路',
    lasting: true,
    kind: help,
    unit: '望川市住房和城乡建设局',
    category: '道路破损',
    places: URBAN_PLACES,
    faces: [
      ['路面大坑硌坏轮胎', '机动车道上有一个脸盆大的坑', '两天里硌爆了三辆车的轮胎'],
      ['人行道砖松动溅水', '人行道地砖松动', '雨后一脚踩下去溅一身泥水'],
      ['管道施工后路面没恢复', '管道施工后只用碎石填平没有铺沥青', '车一过灰尘飞进屋里'],
      ['减速带断裂露出钉子', '减速带断了半截，固定的钉子露在外面', '电动车扎了胎'],
      ['路沿石破损轮椅过不去', '路口无障碍坡道被压碎', '坐轮椅的老人要绕到机动车道上'],
    ],
  }),
  family({
    name: '施工噪声',
    kind: complain,
    unit: CITY,
    category: '施工噪声',
    places: URBAN_PLACES,
    hours: [21, 25],
    faces: [
      ['工地夜间浇筑混凝土', '工地昨晚十一点半还在浇筑混凝土', '家里有刚满月的孩子，整夜睡不好'],
      ['工地凌晨卸钢筋', '工地凌晨四点卸钢筋，声音像打雷', '楼上住着术后休养的老人'],
      ['道路管网夜间破碎路面', '管网改造夜里用破碎锤', '窗户都在震，孩子第二天要考试'],
      ['工地大灯直射卧室', '工地塔吊上的大灯直射居民卧室', '拉上窗帘也亮得睡不着'],
      ['工地进出车辆鸣笛', '工地泵车排队进场不停按喇叭', '上完夜班的人白天补不了觉'],
    ],
  }),
  family({
    name: '供水',
    kind: help,
    unit: '望川市水务集团有限公司',
    category: '供水',
    places: URBAN_PLACES,
    hours: [7, 21],
    faces: [
      ['上午停水没接到通知', '上午突然停水，没有看到任何通知', '家里有病人，饭都没法做'],
      ['晚高峰水压低', '晚上七点前后水压很低，六楼以上出不了水', '热水器点不着'],
      ['自来水发黄', '早上放出来的水发黄，沉淀后有铁锈', '白衬衫洗成了米色'],
      ['自来水有漂白粉味', '自来水漂白粉味很重', '烧开了也能喝出来'],
      ['水表井一直漏水', '水表井里一直往外冒水', '流到路面结成青苔，过路要绕着走'],
      ['水费突然翻倍', '多户居民水费突然翻倍', '抄表记录和水表读数对不上'],
    ],
  }),
  family({
    name: '油烟',
    lasting: true,
    kind: complain,
    unit: CITY,
    category: '油烟',
    places: URBAN_PLACES,
    hours: [11, 22],
    faces: [
      ['烧烤店油烟直排', '烧烤店排烟管对着居民楼', '晾的被子全是味'],
      ['小炒店没装净化器', '小炒店没有安装净化设备', '楼梯间墙上糊了一层油'],
      ['炸鸡店下水道反味', '炸鸡店把废油倒进下水道', '一楼住户家里反味，呛得人睁不开眼'],
      ['卤味作坊半夜熬煮', '卤味作坊半夜熬煮、抽风机轰轰响', '味道和噪声一起来'],
    ],
  }),
  family({
    name: '环卫',
    kind: complain,
    unit: CITY,
    category: '市容环卫',
    places: URBAN_PLACES,
    hours: [7, 20],
    faces: [
      ['垃圾桶满溢', '垃圾桶从周末满到现在没有清运', '污水流了一地'],
      ['装修垃圾占道', '路边堆着几车装修垃圾', '占了半幅人行道，雨一下全是泥'],
      ['大件垃圾没人收', '有人扔了旧沙发和床垫，一直没人收', '孩子爬上爬下很不安全'],
      ['清运车滴漏污水', '清运车早上路过一路滴漏', '一整条街都是酸臭味'],
      ['公厕没有水', '公厕停水又没有人保洁', '环卫工人自己也只能去隔壁商场'],
    ],
  }),
  family({
    name: '停车',
    kind: complain,
    unit: '望川市公安局',
    category: '停车秩序',
    places: URBAN_PLACES,
    faces: [
      ['消防通道夜夜停满车', '消防通道每晚停满车', '担心真有事救护车开不进来'],
      ['盲道被三轮车占用', '盲道长期停着三轮车', '推轮椅的只能走机动车道'],
      ['路口停着僵尸车', '路口停着两辆积满灰的旧车，一年没动过', '挡住视线，发生过剐蹭'],
      ['公交站台被占', '公交站台总有私家车停着等人', '公交只能停在路中间上下客'],
      ['放学时段乱停', '放学时段家长的车停了三排', '互不相让，{昨日}还吵了起来'],
    ],
  }),
  family({
    name: '物业',
    joint: '一个',
    kind: complain,
    unit: '望川市住房和城乡建设局',
    category: '物业服务',
    places: URBAN_PLACES,
    faces: [
      ['门禁坏了两个月', '小区单元门禁坏了两个月', '推销的、发广告的随便进'],
      ['装修押金不退', '小区物业不退装修押金三千元', '每次都说等经理签字'],
      ['广告收入不公示', '小区电梯广告收入从来不公示', '业主要查账被拒之门外'],
      ['地下室租给人住', '小区地下室被隔成小间出租', '电线像蜘蛛网，大家怕出事'],
      ['保洁减半物业费不减', '小区保洁从每天一次改成三天一次', '物业费一分没少'],
      ['监控坏了查不到', '小区监控坏了大半', '电动车电瓶被偷，什么也查不到'],
    ],
  }),
  family({
    name: '欠薪',
    joint: '附近',
    kind: complain,
    unit: '望川市人力资源和社会保障局',
    category: '工资拖欠',
    places: URBAN_PLACES,
    faces: [
      ['装修队工钱拿不到', '一处装修工地欠七名木工两个月工钱', '包工头说等业主结账'],
      ['服装作坊拖欠工资', '一家服装作坊欠九名缝纫工五万元', '老板只打了一张欠条'],
      ['家政公司押金不退', '一家家政公司扣着保姆押金和一个月工资', '人已经离职二十天'],
      ['快餐店说关就关', '一家快餐店突然关门，欠十一名员工工资', '老板电话时通时不通'],
      ['培训机构欠课时费', '一家培训机构欠六名老师三个月课时费', '负责人让大家“共渡难关”'],
    ],
  }),
  family({
    name: '公交',
    joint: '附近',
    kind: complain,
    unit: '望川市交通运输局',
    category: '公交服务',
    places: URBAN_PLACES,
    hours: [7, 21],
    faces: [
      ['12路早高峰等半小时', '12路公交早高峰等了三十五分钟', '上班迟到，全勤奖没了'],
      ['28路到站不停', '28路公交到站没停直接开走', '站台上有四五个人挥手'],
      ['3路提前收班', '3路公交七点五十的末班车七点四十就开走了', '只好打车回家'],
      ['电子站牌不准', '公交电子站牌显示两分钟到站，实际等了二十分钟', '还不如不装'],
      ['306路站点取消没通知', '306路公交取消了附近的站点', '老人多走一站路，事先没有通知'],
      ['公交司机急刹', '7路公交司机起步急刹', '老人没站稳撞到扶手'],
    ],
  }),
  family({
    name: '消费',
    joint: '附近',
    kind: complain,
    unit: '望川市市场监督管理局',
    category: '消费纠纷',
    places: URBAN_PLACES,
    faces: [
      ['理发店转让充值卡不认', '一家理发店转让，新老板不认两千元充值卡', '原店主已经搬走'],
      ['驾校换教练要加钱', '一所驾校约不到教练，换教练要再交一千二百元', '合同里没有这一条'],
      ['瑜伽馆停课不退费', '一家瑜伽馆以升级为由停课', '剩余八个月课程只许转让不许退'],
      ['宠物店卖病猫', '一家宠物店卖的猫三天就病死', '商家说检疫证明“后补”'],
      ['母婴店奶粉临期', '一家母婴店把临期奶粉按正价卖', '撕掉了箱子上的日期标签'],
      ['家具定金不退', '一家家具店改尺寸后不退定金', '展厅样品和送来的颜色差得很远'],
    ],
  }),
  plainFamily({
    name: '农村路水',
    kind: help,
    unit: '望川市交通运输局',
    category: '农村公路',
    places: RURAL_PLACES,
    faces: [
      ['村道塌了半边', '进村公路外侧塌了半边', '校车只能停在山下，孩子走两里路'],
      ['桥栏杆断了一截', '村口小桥的栏杆断了一截', '夜里没有灯，有人险些骑下去'],
      ['客运班车停开', '去镇上的客运班车停开半个月', '老人取药、赶集都得包车'],
      ['路肩塌陷农机下不了田', '机耕道路肩塌陷', '收割机下不了田，几十亩稻子等着'],
    ],
  }),
  plainFamily({
    name: '农村环境',
    kind: report,
    unit: '望川市生态环境局',
    category: '农村环境',
    places: RURAL_PLACES,
    hours: [16, 24],
    faces: [
      ['傍晚焚烧秸秆', '有人傍晚成片烧秸秆', '烟大得看不清路，气管不好的老人受不了'],
      ['水沟被猪场污染', '水沟被猪场粪水染成酱色', '下游洗菜都不敢用'],
      ['河滩夜里采砂', '河滩夜里有挖机采砂', '堤脚被掏空了一段'],
      ['小作坊夜间排气', '一家塑料颗粒作坊夜里开工', '味道呛人，白天去看又没有人'],
    ],
  }),
  plainFamily({
    name: '医保咨询',
    kind: ask,
    unit: '望川市医疗保障局',
    category: '医保业务',
    places: [...URBAN_PLACES, ...RURAL_PLACES],
    faces: [
      ['新生儿参保咨询', '孩子出生四十天', '请问现在参保，出生时的住院费能不能补报。'],
      ['异地就医备案咨询', '母亲跟着子女在外省生活', '请问备案有效期多久，回来看病还能不能直接结算。'],
      ['慢病认定咨询', '父亲查出糖尿病', '请问门诊慢特病认定要什么材料，卫生院能不能代办。'],
      ['医保关系转移咨询', '换工作到外市，社保已经转走', '请问医保个人账户的钱怎么转。'],
      ['大病保险报销咨询', '家人住院自付四万多元', '请问大病保险是自动结算还是要另外申请。'],
      ['大学生参保咨询', '孩子在外省上大学，学校已统一参保', '请问家里还要不要交，重复参保能不能退。'],
    ],
  }),
  plainFamily({
    name: '入学咨询',
    kind: ask,
    unit: '望川市教育局',
    category: '招生入学',
    places: URBAN_PLACES,
    faces: [
      ['幼升小户口房产不一致', '孩子户口在外婆家、房产在父母名下', '请问报名以哪个为准。'],
      ['转学插班咨询', '孩子从外地转回来读四年级', '请问附近学校还有没有学位，几月办理。'],
      ['午餐托管咨询', '双职工中午没人接孩子', '请问学校午餐和午休托管怎么报名、收多少钱。'],
      ['幼儿园普惠收费咨询', '小区配套园今年转为普惠园', '请问已经交的学费差额退不退。'],
      ['两孩同校咨询', '老大在读三年级', '请问老二能不能申请“长幼随学”，需要什么证明。'],
    ],
  }),
];
