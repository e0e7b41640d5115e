import type { HotlineRecordInput } from '@huiying/contracts/http';

const PLACES = ['青梧区', '临浦区', '望北新区', '澄溪县', '雁鸣县'];
const ORDINARY = [
  '路灯不亮',
  '井盖松动',
  '停水',
  '夜间施工噪音',
  '垃圾清运不及时',
  '公交改线',
  '医保报销',
  '拖欠工资',
  '小区物业收费',
  '油烟扰民',
];
const GRAVE = ['燃气泄漏爆炸', '客车侧翻', '仓库起火', '工地脚手架坍塌', '学生集体食物中毒'];

/** Numbers drawn by n (xorshift): two texts of different n share few characters beyond the frame. */
function* digits(n: number): Generator<number> {
  for (let x = Math.imul(n + 1, 2_654_435_761) | 1; ;) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    yield (x >>> 8) & 0xffff;
  }
}

/** Invented words of two characters, the r-th drawn 1/r as often as the first: pairs of characters recur about as in real messages. */
const WORDS = Array.from({ length: 4_000 }, (_, r) => {
  const [a, b] = digits(r + 500_000_000);
  return String.fromCharCode(0x4e00 + (a! % 5_000), 0x4e00 + (b! % 5_000));
});

/** A passage of words drawn by n: what makes each opinion a story of its own. */
function passage(n: number, length: number): string {
  let text = '';
  for (const drawn of digits(n)) {
    text += WORDS[Math.floor(WORDS.length ** (drawn / 0x10000)) - 1];
    if (text.length >= length) return text;
  }
  return text;
}

const NAMES = '云翠锦金银玉清碧兰桂松柏枫竹梅荷春秋晨曦瑞祥康宁和顺丰泽江湖山溪石桥塘湾林园福禄安泰';
const TAILS = ['苑', '花园', '小区', '家园', '公寓', '大厦', '广场', '新村'];

/** An invented estate, drawn by n: where it happened tells one fire from another. */
function estate(n: number): string {
  const [, , , a, b, c, d, tail] = digits(n);
  return [a, b, c, d].map((drawn) => NAMES[drawn! % NAMES.length]).join('') + TAILS[tail! % TAILS.length];
}

/** The runs of one bench or test: records of the same n in two of them are two stories. */
const MARKS = ['warm', 'load', 'lat', 'kill'];

/**
 * The n-th hotline record of a run. @param grave whether it tells of an incident with casualties, which raises an alert
 * @param mark put into the title, so that its alert can be told from others
 */
export function record(n: number, grave: boolean, mark: string): HotlineRecordInput {
  const place = PLACES[n % PLACES.length]!;
  const what = grave ? GRAVE[n % GRAVE.length]! : ORDINARY[n % ORDINARY.length]!;
  const own = n * 4 + MARKS.indexOf(mark);
  const where = place + estate(own + 15_838_000);
  const facts = grave ? `现场已造成${4 + (n % 5)}人死亡，${12 + (n % 30)}人受伤，` : '';
  return {
    orderNo: `${mark}-${n}`,
    title: `${mark}${n}号：${where}${what}`,
    content: `市民反映${where}${passage(own, 60)}${what}，${facts}${passage(own + 7_919_000, 120)}，希望尽快处理。`,
    appealType: '投诉',
    receivedAt: '2026-11-23 09:00:00',
  };
}
