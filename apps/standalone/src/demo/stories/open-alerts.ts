import { officerAt } from '../duty.js';
import { after, before } from '../moments.js';
import { complain, report } from '../texts/call-kinds.js';
import { weibo, type Story } from './story.js';

/** An alert nobody has looked at yet (预警待处理): dead fish. */
export function riverFish(now: Date): Story {
  const first = before(now, { minutes: 21 });
  const post =
    '雁鸣县渔湖镇莲塘岗村这段河面漂满了死鱼，少说上千斤，水发黑，闻着像农药。上游纸箱厂夜里偷排不是一次两次了，村里30多口鱼塘从这里引水，养殖户损失一百多万元。环保局能不能马上来取水样，别等水冲干净了才来！';
  return {
    posts: [
      {
        at: first,
        sourceId: 'wangchuan-forum',
        title: '渔湖镇莲塘岗河段大面积死鱼，水质发黑，怀疑上游工厂偷排',
        text: post,
        author: '莲塘岗养鱼人',
        storyKey: 'river-fish',
      },
      weibo(after(first, { minutes: 12 }), `${post}求转发！`, '观鸟的老周'),
    ],
    calls: [
      {
        at: after(first, { minutes: 15 }),
        ...report(
          '雁鸣县',
          '望川市生态环境局',
          '水污染',
          '渔湖镇河道死鱼',
          '村民来电举报，雁鸣县渔湖镇莲塘岗村河段出现死鱼、水色发黑，怀疑上游纸箱厂偷排污水，要求立即取样检测。',
        ),
      },
    ],
    acts: [],
    pages: [],
  };
}

/** A second one, three quarters of an hour old: school districts. */
export function schoolZone(now: Date): Story {
  const first = before(now, { minutes: 47 });
  const post =
    '刚看到一张盖了章的“青梧区学区划分调整方案”照片：东塘街道六个小区从明年起全部划到新建的第二小学，已经报名的也不算数。几百个家长都急了，有人已经约着明天去教育局门口讨说法。买房时说好的学区，说变就变？请教育局出来说清楚，这个方案到底是不是真的！';
  return {
    posts: [
      weibo(first, post, '准一年级家长', 'school-zone'),
      {
        at: after(first, { minutes: 19 }),
        sourceId: 'wangchuan-forum',
        title: '网传青梧区学区调整方案是真是假？数百家长约着明天去教育局',
        text: `${post}\n（图片来自家长群，真伪不明。）`,
        author: '东塘家长',
      },
    ],
    calls: [
      {
        at: after(first, { minutes: 28 }),
        ...complain(
          '青梧区',
          '望川市教育局',
          '招生入学',
          '核实网传学区调整方案',
          '家长来电，网传青梧区学区划分调整方案，东塘街道六个小区被整体调出，询问文件真伪，若属实要求公开征求意见。',
        ),
      },
    ],
    acts: [],
    pages: [],
  };
}

/** Seen by the duty officer, who is still checking (已知悉): a vaccine said to be past its date. */
export function vaccine(now: Date): Story {
  const first = before(now, { minutes: 84 });
  const seen = after(first, { minutes: 17 });
  const post =
    '望北新区科创路街道社区卫生服务中心给我家六个月大的宝宝打的疫苗，盒子上的有效期已经过了九天！发现的时候已经打完了，护士说“系统里没提示”。同一批打过的还有十几个孩子，家长群炸了。这是给婴儿打过期疫苗啊，卫健委、疾控中心怎么监管的？';
  return {
    posts: [
      {
        at: first,
        sourceId: 'wangchuan-forum',
        title: '科创路社区卫生中心疑给十几名婴儿接种过期疫苗',
        text: post,
        author: '六个月宝宝的爸爸',
        storyKey: 'vaccine',
      },
      weibo(after(first, { minutes: 22 }), `望川的家长快看！${post}`, '三区带娃中'),
    ],
    calls: [
      {
        at: after(first, { minutes: 36 }),
        ...complain(
          '望北新区',
          '望川市卫生健康委员会',
          '预防接种',
          '婴儿疑接种过期疫苗',
          '家长来电，孩子在望北新区科创路街道社区卫生服务中心接种后发现疫苗有效期已过九天，要求核查同批次接种人员，安排专家评估并公布处理结果。',
        ),
      },
    ],
    acts: [{ at: seen, storyKey: 'vaccine', kind: 'see-alert', by: officerAt(seen) }],
    pages: [],
  };
}
