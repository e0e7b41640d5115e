import { stableId } from '@huiying/domain';
import type { Role } from '@huiying/contracts/http';

/** The one password of every demo account. Public on purpose and shown on the demo's login page: never use it for a real city. */
export const DEMO_PASSWORD = 'wangchuan-demo-2026';

export interface DemoPerson {
  id: string;
  username: string;
  name: string;
  role: Role;
  /** Post, as on the door. */
  post: string;
  /** Set for a department lead: id of config/departments.yaml. */
  departmentId: string | null;
  /** Area code 0600 is not given out and no subscriber number starts with 0: nobody can be rung up by mistake. */
  phone: string;
  email: string;
}

type Entry = [username: string, name: string, post: string, departmentId?: string];

const OFFICERS: Entry[] = [
  ['luwenjing', '陆文婧', '市政府值班室值班员'],
  ['hesiyuan', '何思远', '市政府值班室值班员'],
  ['tanyulin', '谭雨林', '市政务公开办舆情专员'],
  ['jiangminzhi', '江敏之', '市政务公开办舆情专员'],
  ['fuguanqun', '傅冠群', '市政府值班室值班员'],
  ['songqinglan', '宋青岚', '市政务公开办舆情专员'],
];
const SUPERVISORS: Entry[] = [
  ['zhoumingyuan', '周明远', '市政府办公室副主任（带班领导）'],
  ['yanshuhua', '严淑华', '市政务公开办主任（带班领导）'],
  ['qiuguodong', '邱国栋', '市政府督查室主任（带班领导）'],
];
/** Above the leaders on duty: told only when nobody below acknowledges (config/escalation.yaml). */
const UPPER: Entry[] = [
  ['fangzhengping', '方正平', '副市长（分管）'],
  ['hanlinhai', '韩临海', '市长'],
];
const ADMINISTRATORS: Entry[] = [['linkaiwen', '林恺文', '市数据局系统管理员']];
const LEADS: Entry[] = [
  ['shaohuiping', '邵慧萍', '办公室主任', 'education'],
  ['leizhenyu', '雷震宇', '办公室副主任', 'public-security'],
  ['moxiulan', '莫秀兰', '养老服务科科长', 'civil-affairs'],
  ['xiangjianye', '向建业', '劳动监察支队支队长', 'human-resources'],
  ['gaohanqing', '高瀚清', '应急与信访科科长', 'ecology'],
  ['fanlixin', '范立新', '办公室主任', 'housing'],
  ['dingxiaofeng', '丁晓枫', '法规与宣传科科长', 'urban-management'],
  ['niekexin', '聂可心', '办公室副主任', 'transport'],
  ['pangshaoyun', '庞绍云', '应急办主任', 'health'],
  ['guotieshan', '郭铁山', '应急指挥科科长', 'emergency'],
  ['baijingwen', '白静雯', '新闻宣传科科长', 'market'],
  ['yuwenli', '余文丽', '待遇保障科科长', 'medical-security'],
  ['qinhaotian', '秦昊天', '新闻宣传科科长', 'fire-rescue'],
  ['pengruixue', '彭瑞雪', '客户服务部经理', 'water-supply'],
  ['shidezhong', '施德忠', '安全管理部经理', 'gas'],
  ['wenyuchen', '温雨辰', '区政府办副主任', 'qingwu'],
  ['zhangsumei', '章素梅', '区政府办副主任', 'linpu'],
  ['tongzhiqiang', '童志强', '党政办主任', 'wangbei'],
  ['ouyangjun', '欧阳钧', '县政府办副主任', 'chengxi'],
  ['xiemanting', '谢曼婷', '县政府办副主任', 'yanming'],
  ['miaoruolan', '苗若兰', '政务公开科科长', 'gov-office'],
  ['shuyichen', '舒以宸', '新闻科科长', 'publicity'],
  ['daizhongyi', '戴仲毅', '应急指挥科科长', 'cyberspace'],
  ['ruanmingzhe', '阮明哲', '法治宣传科科长', 'justice'],
  ['jinwanqiu', '靳晚秋', '办公室副主任', 'finance'],
  ['youpeilin', '尤沛霖', '信访与督察科科长', 'natural-resources'],
  ['laoguangyuan', '劳广源', '水旱灾害防御科科长', 'water'],
  ['fengsuiying', '封穗英', '办公室主任', 'agriculture'],
  ['chaizihan', '柴子涵', '市场秩序科科长', 'commerce'],
  ['weishiqing', '卫诗晴', '宣传推广科科长', 'culture-tourism'],
  ['hanjingshan', '韩景山', '办公室副主任', 'development'],
  ['tuyongnian', '涂永年', '运行监测科科长', 'industry'],
  ['gezhiyong', '葛志勇', '权益维护科科长', 'veterans'],
  ['niyuanhang', '倪远航', '平台运行科科长', 'data-affairs'],
  ['mouhuaixin', '牟怀信', '接访科科长', 'petition'],
  ['jianghongtao', '姜鸿涛', '综合科科长', 'finance-office'],
  ['luoyinxue', '骆吟雪', '归集管理科科长', 'housing-fund'],
  ['dongchengye', '董承业', '纳税服务科科长', 'tax'],
  ['yaotianhe', '姚天禾', '应急与减灾科科长', 'meteorology'],
  ['xiaojunda', '肖俊达', '市场监管科科长', 'postal'],
  ['luguangming', '鲁光明', '客户服务中心主任', 'power-supply'],
];

/** The staff of the demo city, one lead for every department, so that whatever is suggested can be signed; every name is invented. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  ...OFFICERS.map((e) => [e, 'duty-officer'] as const),
  ...SUPERVISORS.map((e) => [e, 'supervisor'] as const),
  ...ADMINISTRATORS.map((e) => [e, 'administrator'] as const),
  ...LEADS.map((e) => [e, 'department-lead'] as const),
  ...UPPER.map((e) => [e, 'supervisor'] as const),
].map(([[username, name, post, departmentId], role], index) => ({
  id: personId(username),
  username,
  name,
  role,
  post,
  departmentId: departmentId ?? null,
  phone: `0600-0${String(520_101 + index * 137)}`,
  email: `${username}@wangchuan.example`,
}));

/** The id of a demo account: the same on every machine. */
export function personId(username: string): string {
  return stableId('demo-person', username);
}

/** @throws RangeError for a username nobody has */
export function demoPerson(username: string): DemoPerson {
  const person = DEMO_PEOPLE.find((p) => p.username === username);
  if (!person) throw new RangeError(`no demo person is called ${username}`);
  return person;
}

/** The username of the demo lead of a department. @throws RangeError where the department has no demo account */
export function leadOf(departmentId: string): string {
  const person = DEMO_PEOPLE.find((p) => p.departmentId === departmentId);
  if (!person) throw new RangeError(`department ${departmentId} has no demo account`);
  return person.username;
}
