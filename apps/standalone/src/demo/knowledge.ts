import { localDateOf } from '@huiying/domain';

/** Entries that the demo's desk wrote by hand: one holds, one has expired. What was published there is in the knowledge base by itself. */
export function demoKnowledge(now: Date) {
  const daysOff = (days: number) => localDateOf(new Date(now.getTime() + days * 86_400_000));
  return {
    by: 'luwenjing',
    entries: [
      {
        title: '居民阶梯水价怎么算',
        question: '家里一年用多少水会按第二阶梯收费？人口多的家庭能不能多算？',
        answer:
          '第一阶梯每户每年 220 立方米以内，第二阶梯 220–300 立方米，超过 300 立方米为第三阶梯。户内常住人口 5 人及以上的，每增加 1 人各阶梯年用水量上限增加 50 立方米，凭户口簿或居住证到水务集团营业厅、“望川水务”小程序办理，次月起按新基数计算。',
        legalBasis: '望川市居民生活用水阶梯价格实施办法',
        keywords: ['水价', '阶梯水价', '人口多'],
        departmentId: null,
        expiresOn: daysOff(400),
      },
      {
        title: '老旧小区加装电梯补助标准',
        question: '加装一台电梯补多少钱？',
        answer: '每台补助 15 万元，先到先得，竣工验收后拨付。',
        legalBasis: '望川市既有住宅加装电梯专项补助办法（试行）',
        keywords: ['加装电梯', '补助'],
        departmentId: null,
        expiresOn: daysOff(-3),
      },
    ],
  };
}
