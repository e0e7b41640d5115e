import { readNotice, readNoticeParagraph } from './notice-text.js';

const days = (text: string, year: number) =>
  readNoticeParagraph(text, year)
    .days.map(({ date, isOffDay }) => `${isOffDay ? '-' : '+'}${date}`)
    .join(' ');

describe('readNoticeParagraph', () => {
  it.each([
    ['one day', '3月1日（周一）放假1天，不调休。', '-2027-03-01'],
    [
      'a stretch and worked days',
      '3月1日至3日放假调休，共3天。2月27日（星期六）、3月6日（星期六）上班。',
      '-2027-03-01 -2027-03-02 -2027-03-03 +2027-02-27 +2027-03-06',
    ],
    ['a dash, brackets of two widths', '3月1日—2日（星期一）放假。3月6日(星期六)上班。', '-2027-03-01 -2027-03-02 +2027-03-06'],
    [
      'over the turn of the year',
      '2026年12月31日至2027年1月2日放假。12月27日（星期日）上班。',
      '-2026-12-31 -2027-01-01 -2027-01-02 +2026-12-27',
    ],
    ['a day given back', '3月7日放假，3月8日（星期一）补休。', '-2027-03-07 -2027-03-08'],
    [
      'rest days moved, said only once',
      '3月1日—2日放假，2月27日（星期六）公休日调至3月2日（星期二）。',
      '-2027-03-01 -2027-03-02 +2027-02-27',
    ],
    ['a leave made longer', '假期延长至3月5日，3月6日（星期六）起正常上班。', '-2027-03-05 +2027-03-06'],
    ['nothing', '节假日期间，各地区、各部门要妥善安排好值班和安全保卫工作。', ''],
  ])('%s', (_what, text, found) => expect(days(text, 2027)).toBe(found));

  it('doubts a weekday that is not the day’s', () => {
    expect(readNoticeParagraph('3月1日（星期二）放假。', 2027).doubts).toEqual(['2027-03-01应为星期一，通知写作星期二']);
  });

  it.each(['2月30日放假。', '3月5日至2日放假。'])('refuses %s, which cannot be', (text) => {
    expect(() => readNoticeParagraph(text, 2027)).toThrow(RangeError);
  });
});

describe('readNotice', () => {
  const NOTICE = `国务院办公厅关于2027年
部分节假日安排的通知
国办发明电〔2026〕9号
各省、自治区、直辖市人民政府：
现将2027年元旦、春节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日至11日放假调休，共7天。1月31日（周日）、2月13日（周六）上班。
三、劳动节：5月1日放假，与周末连休。
节假日期间，各地区、各部门要妥善安排好值班。
国务院办公厅
2026年11月3日`;

  it('reads the year, the 文号 and each holiday with its name', () => {
    expect(readNotice(NOTICE)).toEqual({
      table: {
        year: 2027,
        source: '国办发明电〔2026〕9号',
        sourceNote: '由管理员按通知原文录入',
        holidays: [
          { name: '元旦', days: ['2027-01-01', '2027-01-02', '2027-01-03'] },
          { name: '春节', days: ['05', '06', '07', '08', '09', '10', '11'].map((d) => `2027-02-${d}`) },
          { name: '劳动节', days: ['2027-05-01'] },
        ],
        workdays: [{ name: '春节', days: ['2027-01-31', '2027-02-13'] }],
      },
      doubts: [],
      unread: [],
    });
  });

  it('reads the same from one line, as a web page copies', () => {
    expect(readNotice(NOTICE.replace(/\n/g, ''))?.table.workdays).toEqual(readNotice(NOTICE)?.table.workdays);
  });

  it('doubts a worked weekday and a day off twice, and says what it could not read', () => {
    const odd = readNotice(
      '一、春节：2月5日放假。2月8日上班。\n二、元宵节：2月5日放假。\n三、清明节：另行通知。\n四、劳动节：2月30日放假。',
      2027,
    );
    expect(odd?.doubts).toEqual(['“2月30日放假。”中有不存在的日期，整段未读', '2027-02-05出现两次', '2027-02-08是工作日，却写作上班']);
    expect(odd?.unread).toEqual(['另行通知。', '2月30日放假。']);
  });

  it('needs a year from somewhere', () => expect(readNotice('一、元旦：1月1日放假。')).toBeNull());
});
