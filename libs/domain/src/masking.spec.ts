import fc from 'fast-check';
import { findPersonal, isIdentityCard, maskAddress, maskName, maskPhone, maskPlace, maskText } from './masking.js';
import { processorSeconds } from '../../../test/support/processor-time.js';

/** All numbers below are made up; the identity numbers carry a right check digit unless the row says otherwise. */
describe('maskText hides', () => {
  it.each([
    ['a mobile number', '请回电13812345678，谢谢', '请回电138****5678，谢谢'],
    ['one between Chinese words', '联系人电话是19912345678请尽快', '联系人电话是199****5678请尽快'],
    ['one with dashes', '手机：138-1234-5678。', '手机：138****5678。'],
    ['one with blanks', '手机 138 1234 5678', '手机 138****5678'],
    ['one with +86', '+8613812345678 / 86-13812345678', '138****5678 / 138****5678'],
    ['two with a comma', '13812345678、15987654321', '138****5678、159****4321'],
    ['a landline', '单位电话0731-82345678', '单位电话0731-******78'],
    ['a landline of Beijing', '010-62345678或（010）62345679', '010-******78或010-******79'],
    ['a landline of seven digits', '电话 0552-3123456', '电话 0552-*****56'],
    ['an identity card', '身份证110105199003070121。', '身份证110105********0121。'],
    ['one that ends in X', '证号11010519491231002X', '证号110105********002X'],
    ['one that ends in x', '证号11010519491231002x', '证号110105********002x'],
    ['one with a wrong check digit but a birth date', '身份证110105199003070127', '身份证110105********0127'],
    ['one with blanks', '身份证 110105 19900307 0121', '身份证 110105********0121'],
    ['an address of mail', '邮箱zhang.wei@example.com，QQ', '邮箱z***@example.com，QQ'],
    ['an address of mail whose domain is a number', 'a@13812345678.com', 'a***@138****5678.com'],
    ['a name before the sign', '@bob@example.com', '@b***@example.com'],
    ['a plate', '车牌湘A12345一直占道', '车牌湘A***45一直占道'],
    ['a plate with a dot', '湘A·8K9P2 逆行', '湘A***P2 逆行'],
    ['a plate of an electric car', '湘AD12345和湘A12345D', '湘A****45和湘A****5D'],
    ['a trailer’s plate', '鄂B1234挂', '鄂B***4挂'],
    ['full-width digits', '电话１３８１２３４５６７８', '电话138****5678'],
    ['a local number after the word', '家里座机：82345678，', '家里座机：******78，'],
    ['a number in a parameter of an address', 'https://a.example/x?phone=13812345678&y=1', 'https://a.example/x?phone=138****5678&y=1'],
    ['a number after an order number', '工单号20261123001，电话13812345678', '工单号20261123001，电话138****5678'],
    ['a bank card', '退到6222021234567890128卡', '退到6222***********0128卡'],
    ['a name that is given', '我叫李桂兰，家里停水', '我叫李**，家里停水'],
    ['a name in a form', '姓名：欧阳小明 电话：13812345678', '姓名：欧阳** 电话：138****5678'],
    ['a name before a phone', '联系人：王芳13812345678', '联系人：王**138****5678'],
    ['a caller', '投诉人：张伟；诉求：停水', '投诉人：张**；诉求：停水'],
    ['a home', '我家住和平里3号楼2单元501室，停水', '我家住和平里****，停水'],
    ['what is left of a phone, before digits', '138****5678 0731-823456783号楼', '138****5678 0731-823456783号楼'],
    ['a home that an address of mail touches', '家住和平里3号楼501室12345@a.com', '家住和平里****1***@a.com'],
    ['a home in a form', '地址：望川市青梧区学府路138号1-2602', '地址：望川市青梧区学府路****'],
    ['a home in the country', '住在雁鸣镇柳树湾村七组，路坏了', '住在雁鸣镇柳树湾村****，路坏了'],
    ['a bank card in groups', '卡号 4111 1111 1111 1111', '卡号 4111********1111'],
  ])('%s', (_what, text, masked) => expect(maskText(text)).toBe(masked));
});

describe('maskText leaves alone', () => {
  it.each([
    ['the hotline', '已拨打12345、110、119、12315、96888反映'],
    ['an order number', '工单号20261123085500123456，请查'],
    ['a short order number', '订单号：13812345678'],
    ['an order number with letters', '编号WC13812345678'],
    ['a case number', '望舆〔2026〕17号、舆情单2026-000017'],
    ['a document number', '国办发〔2016〕80号、望政办发〔2026〕9号'],
    ['dates', '2026-11-23 08:55:00，2026年11月23日，20261123'],
    ['an instant', '2026-02-14T12:30:00.000Z'],
    ['sums of money', '投入13812345678901元，1.38亿元，50000000元'],
    ['a long number of no kind', '13812345678901234'],
    ['digits inside a word of letters', 'id=a13812345678b'],
    ['a number that is no mobile', '12812345678、03812345'],
    ['sixteen digits that are no card', '6222021234567891'],
    ['eighteen digits without a birth date', '110105199013070126'],
    ['a code of an organisation', '统一社会信用代码91430100MA4L12345X'],
    ['a road number and a house', '解放路138号1单元2602室'],
    ['a version and an address of the net', 'v1.3.8 192.168.10.25:5432'],
    ['a bus line and a model', '公交138路、京A区、津B座、川A站台、沪C口'],
    ['a unit that is asked about', '联系人：物业公司，投诉人：业主们'],
    ['a surname in a word', '我叫王府井小区物业停车'],
    ['an office by its address', '住建局在幸福路3号，住院部5号楼'],
    ['a person in office', '李市长、王主任、张女士'],
    ['a percentage and coordinates', '99.12345678%，112.938814,28.228209'],
    ['a web address', 'https://www.wangchuan.example/xinwen/2026/1123/13812345678.html'],
    ['nothing', ''],
  ])('%s', (_what, text) => expect(maskText(text)).toBe(text));
});

describe('fields', () => {
  it.each([
    ['张伟', '张**'],
    ['张', '张**'],
    [' 李小明 ', '李**'],
    ['欧阳娜', '欧阳**'],
    ['欧阳', '欧**'],
    ['𠮷田', '𠮷**'],
    ['Smith', 'S**'],
    ['', ''],
  ])('name %j reads %j', (name, masked) => expect(maskName(name)).toBe(masked));

  it.each([
    ['13812345678', '138****5678'],
    ['+86 138 1234 5678', '138****5678'],
    ['0731-82345678', '0731-******78'],
    ['82345678', '******78'],
    ['12345678901', '*********01'],
    ['1234', '****'],
    ['无', '*'],
    ['', ''],
  ])('phone %j reads %j', (phone, masked) => expect(maskPhone(phone)).toBe(masked));

  it.each([
    ['望川市青梧区东塘街道水厂社区3栋2单元501室', '望川市青梧区东塘街道****'],
    ['望川市澄溪县雁鸣镇柳树湾村7组', '望川市澄溪县雁鸣镇****'],
    ['望川市青梧区解放路138号', '望川市青梧区****'],
    ['澄溪县城关大道5号', '澄溪县****'],
    ['解放路138号', '****'],
    ['', ''],
  ])('address %j reads %j', (address, masked) => expect(maskAddress(address)).toBe(masked));
});

it.each([
  [
    { longitude: 114.25051, latitude: 30.51249 },
    { longitude: 114.251, latitude: 30.512 },
  ],
  [
    { longitude: -0.0004, latitude: 90 },
    { longitude: 0, latitude: 90 },
  ],
])('a place %j is told as %j', (place, masked) => expect(maskPlace(place)).toEqual(masked));

describe('isIdentityCard', () => {
  it.each([
    ['110105199003070121', true],
    ['11010519491231002X', true],
    ['11010519491231002x', true],
    ['110105199003070127', false],
    ['110105199002300121', false],
    ['010105199003070121', false],
    ['11010519900307012', false],
    ['', false],
  ])('%s: %p', (number, answer) => expect(isIdentityCard(number)).toBe(answer));
});

describe('whatever the text', () => {
  const word = fc.constantFrom(
    '电话',
    '，',
    ' ',
    '请',
    '工单号',
    '湘A',
    '12345',
    '13812345678',
    '110105199003070121',
    '@',
    'a.com',
    '0731-82345678',
    '-',
    'x',
    '姓名：',
    '李桂兰',
    '家住和平里',
    '3号楼501室',
  );
  const texts = fc.array(word, { maxLength: 14 }).map((words) => words.join(''));

  it('masking twice changes nothing more', () => {
    fc.assert(
      fc.property(texts, (text) => expect(maskText(maskText(text))).toBe(maskText(text))),
      { numRuns: 1000 },
    );
  });

  it('what is found lies in order, apart, and inside the text', () => {
    fc.assert(
      fc.property(texts, (text) => {
        let end = 0;
        for (const match of findPersonal(text)) {
          expect(match.start).toBeGreaterThanOrEqual(end);
          expect(match.end).toBeLessThanOrEqual(text.length);
          end = match.end;
        }
      }),
    );
  });

  it('a mobile number set apart by Chinese words never stays', () => {
    const digits = fc.integer({ min: 0, max: 999_999_999 }).map((n) => String(n).padStart(9, '0'));
    fc.assert(
      fc.property(fc.constantFrom('3', '5', '7', '8', '9'), digits, (second, rest) => {
        expect(maskText(`电话1${second}${rest}，`)).not.toContain(`1${second}${rest}`);
      }),
    );
  });

  it('100,000 digits are read in a blink', async () => {
    const text = '1'.repeat(100_000) + ' ' + '138 '.repeat(20_000) + 'a.'.repeat(50_000) + '@';
    expect(await processorSeconds(() => maskText(text))).toBeLessThan(2);
  });
});
