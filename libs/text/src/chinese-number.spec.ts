import { FIGURE, readFigure, readNumber, type Bound } from './chinese-number.js';

describe('readNumber', () => {
  it.each([
    ['0', 0], ['3', 3], ['1,234', 1234], ['1,234.5', 1234.5], ['3.5亿', 350_000_000], ['1200万', 12_000_000], ['12百', 1200],
    ['零', 0], ['一', 1], ['两', 2], ['十', 10], ['十二', 12], ['二十', 20], ['三十五', 35], ['一百', 100], ['一百零五', 105],
    ['一百五', 150], ['三百二十一', 321], ['两千', 2000], ['两千三', 2300], ['一千零一', 1001], ['一万', 10_000], ['一万二', 12_000],
    ['一万二千', 12_000], ['十万', 100_000], ['三千五百万', 35_000_000], ['一亿二千万', 120_000_000], ['一点二亿', null], ['三点五', 3.5],
    ['二〇二六', 2026], ['二零二四', 2024], ['壹佰贰拾', 120], ['叁', 3], ['一万亿', 1e12], ['二三五', 235], ['三两', null],
  ] as const)('%s is %s', (digits, value) => expect(readNumber(digits)).toBe(value)); // prettier-ignore
});

describe('readFigure', () => {
  const figures: [string, number, Bound][] = [
    ['3人', 3, 'exact'], ['3名', 3, 'exact'], ['30余人', 30, 'at-least'], ['30多人', 30, 'at-least'], ['十余人', 10, 'at-least'],
    ['十几人', 10, 'at-least'], ['二十几人', 20, 'at-least'], ['几十人', 20, 'at-least'], ['数十人', 20, 'at-least'], ['数百人', 200, 'at-least'],
    ['好几百人', 200, 'at-least'], ['上百人', 100, 'at-least'], ['上千户', 1000, 'at-least'], ['上万人', 10_000, 'at-least'],
    ['近30人', 30, 'at-most'], ['近百人', 100, 'at-most'], ['将近两百人', 200, 'at-most'], ['不足3人', 3, 'at-most'], ['不到10人', 10, 'at-most'],
    ['不超过5人', 5, 'at-most'], ['至少12人', 12, 'at-least'], ['超过50人', 50, 'at-least'], ['逾百人', 100, 'at-least'], ['超千人', 1000, 'at-least'],
    ['多达18人', 18, 'at-least'], ['3人以上', 3, 'at-least'], ['3人以下', 3, 'at-most'], ['约40人', 40, 'about'], ['40人左右', 40, 'about'],
    ['大约四十人', 40, 'about'], ['十来人', 10, 'about'], ['两三人', 2, 'at-least'], ['三四十人', 30, 'at-least'], ['十二三人', 12, 'at-least'],
    ['七八百人', 700, 'at-least'], ['3千余万元', 30_000_000, 'at-least'], ['三千多万元', 30_000_000, 'at-least'], ['1.2亿元', 120_000_000, 'exact'],
    ['1亿多元', 100_000_000, 'at-least'], ['近5000万元', 50_000_000, 'at-most'], ['上亿元', 100_000_000, 'at-least'], ['1,200万元', 12_000_000, 'exact'],
    ['一点二亿元', 120_000_000, 'exact'], ['3 人', 3, 'exact'], ['二十九人', 29, 'exact'], ['百余人', 100, 'at-least'], ['千余户', 1000, 'at-least'],
    ['1亿2千万元', 120_000_000, 'exact'], ['3万5千人', 35_000, 'exact'], ['廿三人', 23, 'exact'], ['卅人', 30, 'exact'], ['半百人', 50, 'exact'],
    ['半亿元', 50_000_000, 'exact'], ['1.5个亿', 150_000_000, 'exact'], ['半个亿', 50_000_000, 'exact'], ['一个多亿', 100_000_000, 'at-least'], ['两个亿', 200_000_000, 'exact'], ['3至5人', 3, 'at-least'],
    ['三到五人', 3, 'at-least'], ['300万-500万元', 3_000_000, 'at-least'], ['3—5万元', 30_000, 'at-least'], ['不止3人', 3, 'at-least'],
    ['少说有十个人', 10, 'at-least'], ['至少有12人', 12, 'at-least'], ['过百人', 100, 'at-least'], ['破千人', 1000, 'at-least'],
    ['几千万元', 20_000_000, 'at-least'], ['成百上千人', 1000, 'at-least'], ['5.3万人', 53_000, 'exact'], ['一百二三十人', 120, 'at-least'],
  ]; // prettier-ignore
  it.each(figures)('%s is %d, %s', (phrase, value, bound) => expect(readFigure(phrase)).toEqual({ value, bound }));

  it.each(['数人', '多人', '若干人', '部分人员', '几人', ''])('%s has no value', (phrase) => expect(readFigure(phrase)).toBeNull());

  it.each(figures)('FIGURE matches the figure of %s', (phrase) => {
    const found = new RegExp(FIGURE).exec(phrase);
    expect(found).not.toBeNull();
    expect(readFigure(found![0])!.value).toBe(readFigure(phrase)!.value);
  });
});
