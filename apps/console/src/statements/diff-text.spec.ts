import { differenceOf } from './diff-text.js';

const said = (before: string, after: string) =>
  differenceOf(before, after)
    .map(({ kind, text }) => ({ same: text, added: `+${text}+`, removed: `-${text}-` })[kind])
    .join('');

it.each([
  ['a number that changed', '23名学生', '35名学生', '-23-+35+名学生'],
  ['a number that shares its last digit', '12人就诊', '22人就诊', '-12-+22+人就诊'],
  ['a decimal, a time, a share', '共1.2万人，8:30起，占5%', '共1.26万人，8:35起，占15%', '共-1.2-+1.26+万人，-8:30-+8:35+起，占-5%-+15%+'],
  ['words put in', '已停止供餐。', '已停止供餐，留样已送检。', '已停止供餐+，留样已送检+。'],
  ['words taken out', '据初步了解，无人员伤亡。', '无人员伤亡。', '-据初步了解，-无人员伤亡。'],
  ['nothing', '一样', '一样', '一样'],
  ['all of it', '', '新', '+新+'],
  ['lines', '甲\n乙', '甲\n丙', '甲\n-乙-+丙+'],
])('%s', (_what, before, after, parts) => expect(said(before, after)).toBe(parts));
