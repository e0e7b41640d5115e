import { after, spokenTime, before } from '../moments.js';
import { weibo, type Post } from '../stories/story.js';

/** The name of the story that breaks 40 s after the start. */
export const LIVE_STORY_KEY = 'scaffold';

const post = (at: Date, sourceId: string, title: string, text: string, author: string): Post => ({ at, sourceId, title, text, author });

/** What appears in the first hours after the demo was started, written for it: at seconds after the start. */
export function firstHours(startedAt: Date): Post[] {
  return [...firstHour(startedAt), ...laterHours(startedAt)];
}

function firstHour(startedAt: Date): Post[] {
  const s = (seconds: number) => after(startedAt, { seconds });
  const m = (minutes: number) => after(startedAt, { minutes });
  const fell = before(startedAt, { minutes: 12 });
  const scaffold = `临浦区滨江湾街道浦汇广场二期工地脚手架${spokenTime(fell)}左右突然坍塌，有工人被埋，已有12人受伤送往望川市中心医院，现场还在搜救。附近商户说这个工地前几天就有人反映脚手架晃动，没人管。请住建局、应急局尽快公布情况。`;
  return [
    {
      ...post(s(40), 'wangchuan-news', '浦汇广场二期工地脚手架坍塌 已有12人受伤送医', scaffold, '望川新闻网记者'),
      storyKey: LIVE_STORY_KEY,
    },
    weibo(s(150), `快讯：${scaffold}`, '楼上写字楼的'),
    post(m(6), 'wangchuan-forum', '浦汇广场二期脚手架坍塌，12人受伤', `${scaffold}\n（转自望川新闻网）`, '浦汇社区居民'),
    post(m(9), 'sifang-news', '冰球联赛揭幕战门将连扑十九射', '客队门将全场高接低挡，凭借第二节的两个快速反击以二比零取胜。', '四方新闻网'),
    weibo(m(13), '浦汇那边的路全封了，救护车一辆接一辆，大家绕开走，给救援让道。', '滨江骑手'),
    post(
      m(17),
      'wangchuan-metro',
      '浦汇广场二期工地脚手架坍塌12人受伤',
      `${scaffold}\n记者赶到现场时，消防救援人员正在清理钢管。（来源：望川新闻网、本报现场报道）`,
      '都市报记者 韩珺',
    ),
    post(
      m(22),
      'wangchuan-forum',
      '工地家属求助：联系不上在浦汇干活的弟弟',
      '弟弟在浦汇广场二期做架子工，事发后电话一直打不通，医院名单上也没有他，哪里能查到？',
      '外地来的姐姐',
    ),
    weibo(m(28), '#望川美食# 南渡口新开的豆花摊排到了路口，三块钱一碗，阿姨给得足。', '吃遍梧江'),
    post(
      m(34),
      'wangchuan-wechat',
      '献血屋今晚延长开放，O型血告急',
      '市中心血站提示，浦汇广场事故伤员救治用血量大，文庙、望川站两处献血屋延长至晚上十点，请街坊们量力而行。',
      '望川生活圈',
    ),
    post(
      m(41),
      'wangchuan-news',
      '我市启动在建工地脚手架专项排查',
      '记者获悉，全市在建房屋市政工程已开始自查，重点检查脚手架、塔吊、深基坑。',
      '望川新闻网记者',
    ),
    post(
      m(49),
      'wangchuan-forum',
      '石榴滩的菜还能不能吃？',
      '化工园着火的时候烟从菜地上飘过去，村里人的菜都不敢摘，菜贩子也不收。能不能请农业和环保的人来抽个样，给个结果。',
      '金盆村菜农',
    ),
    weibo(m(57), '学区那个文件到底是真是假啊，今天又看到第二版，格式都不一样。', '准一年级家长'),
  ];
}

function laterHours(startedAt: Date): Post[] {
  const m = (minutes: number) => after(startedAt, { minutes });
  return [
    post(
      m(66),
      'sifang-news',
      '云泽市发布住房公积金新规 提取频次提高',
      '云泽市公积金中心表示，租房提取由每年一次改为每季度一次，线上即可办理。',
      '四方新闻网',
    ),
    post(
      m(74),
      'wangchuan-metro',
      '热线追踪：居民反映的背街路灯 三天亮了十一盏',
      '本报昨天刊登的背街小巷路灯不亮一事，路灯管理所连夜抢修，街坊说终于不用打手电了。',
      '都市报记者 陶喆宁',
    ),
    post(
      m(83),
      'wangchuan-forum',
      '三岔溪镇赶集日能不能安排交警',
      '一到赶集两公里堵一个钟头，救护车过不去。就半天的事，安排两个人疏导行不行？',
      '赶集的老汉',
    ),
    weibo(m(95), '望川大桥上有人翻过栏杆，两个外卖小哥把人拽住了，真是好样的。希望那位大姐一切都好。', '桥头卖花'),
    post(
      m(108),
      'wangchuan-forum',
      '雁鸣二中食堂的免费汤没了',
      '孩子说以前打饭有免费紫菜汤，这学期改成一块钱一碗。钱不多，就想问一句为什么。',
      '高二家长',
    ),
    weibo(
      m(113),
      '澄溪县云雾界乡茶盘村旁边山体滑坡，进村的路埋了一百多米，村干部正带着36户村民往小学转移，目前没听说有人受伤，请应急局派人来看看后山还稳不稳。',
      '茶盘村茶农',
    ),
    post(
      m(121),
      'wangchuan-news',
      '望川站站前广场改造征求意见 市民最关心网约车落客区',
      '方案拟在地下一层设网约车专区，地面保留公交和出租车通道，公示期内可通过12345提出建议。',
      '望川新闻网记者',
    ),
    post(
      m(137),
      'xiangqin-forum',
      '家鄉工地出事，受傷的鄉親平安嗎',
      '看到浦匯廣場的新聞，心裡很難過。海外鄉親想盡一點心意，請問有沒有官方的捐款管道？',
      '獅城主婦',
    ),
    weibo(m(152), '澄溪县城停电二十分钟了，电梯里困过人没有啊，供电所电话占线。', '西关小陈'),
    post(
      m(168),
      'wangchuan-wechat',
      '这些骗术又来了：冒充学校收“餐费”',
      '骗子假扮老师，头像昵称都和老师一样。市反诈中心提醒，凡是线上收费，先打电话核实。',
      '望川生活圈',
    ),
    post(
      m(177),
      'wangchuan-forum',
      '雁城镇施工挖断天然气主管，学校紧急疏散600多名学生',
      '雁鸣县雁城镇北门社区修路的挖机挖断了天然气主管，气声像飞机起飞，旁边小学紧急疏散600多名学生，附近几栋楼也在撤离。燃气公司的人到了，暂时没有人受伤。开工前到底有没有交底？',
      '北门社区家长',
    ),
    post(
      m(186),
      'wangchuan-forum',
      '望北快速路的工资发了一部分，谢谢关心的人',
      '今天发了一半，剩下的说月底前。劳动监察的同志在现场盯着发的，谢谢大家帮忙转。',
      '快速路钢筋工',
    ),
    post(m(205), 'sifang-news', '国产大型邮轮完成第五十个航次', '累计接待旅客超过二十万人次，邮轮母港开通多条免签航线。', '四方新闻网'),
    post(
      m(224),
      'wangchuan-metro',
      '江边步道开始修了 预计二十天恢复开放',
      '青梧段步道冲毁处已进场施工，围挡上公示了工期和负责人电话。',
      '都市报记者 方堃',
    ),
  ];
}
