import { fingerprintOf, similarity } from './fingerprint.js';

/** The same draw on every machine. */
function drawing(seed: number) {
  return (below: number) => {
    seed = (Math.imul(seed ^ (seed >>> 13), 0x5bd1e995) + 0x3c6ef372) | 0;
    return ((seed ^ (seed >>> 15)) >>> 0) % below;
  };
}
const draw = drawing(20261123);
const PIECES =
  '小区门口的路修了半年还没有通车|每天早晚高峰堵得水泄不通|昨晚十一点又停水了|物业说要等自来水公司来修|楼下烧烤摊的油烟直接飘进卧室|孩子上学要绕行三公里|多次打电话都没有人处理|希望有关部门尽快到现场看一看|电梯上个月坏了六次|工地凌晨两点还在浇筑混凝土|路灯全部不亮老人摔了一跤|垃圾堆在楼道里没有人清运|医院窗口排队两个小时|公交车改线以后没有站台|开发商一再推迟交房时间|河里漂着死鱼味道刺鼻|工资拖欠了三个月|学校食堂的饭菜是凉的|停车费涨到每小时八元|下水道反水淹了一楼'.split(
    '|',
  );
const SIGNS = [...new Set(PIECES.join(''))];
const message = () =>
  Array.from({ length: 9 }, () => `${PIECES[draw(PIECES.length)]!}${SIGNS[draw(SIGNS.length)]!}${draw(1000)}`).join('，') + '。';
const edit = (text: string, percent: number) =>
  [...text]
    .map((sign) => (draw(100) >= percent ? sign : [SIGNS[draw(SIGNS.length)]!, sign + SIGNS[draw(SIGNS.length)]!, ''][draw(3)]!))
    .join('');

const messages = Array.from({ length: 300 }, message);
const found = (change: (text: string) => string, least: number) => {
  const similar = messages.map((text) => {
    const [a, b] = [fingerprintOf('', text), fingerprintOf('', change(text))];
    const shares = a.keys.some((key) => b.keys.includes(key));
    const { jaccard, containment } = similarity(a, b);
    return shares && Math.max(jaccard, containment) >= least;
  });
  return similar.filter(Boolean).length / messages.length;
};

describe('fingerprintOf', () => {
  it('is the same for copies that differ in width, punctuation and source lines', () => {
    const [a, b] = [fingerprintOf('停水', '昨晚停水。谁管？'), fingerprintOf('停水！', '来源：论坛\n昨晚停水，谁管？')];
    expect(a).toEqual(b);
    expect(similarity(a, b)).toEqual({ jaccard: 1, containment: 1 });
  });

  it('holds numbers that fit PostgreSQL integers, bounded whatever the length', () => {
    const long = fingerprintOf('长文', messages.join(''));
    expect(long.keys).toHaveLength(10);
    expect(long.sketch).toHaveLength(128);
    for (const n of [...long.keys, ...long.sketch]) expect(n).toBe(n | 0);
  });

  it.each(['', '水', '停水', '停水了吗'])('gives %j a fingerprint too', (text) => {
    const { keys, grams } = fingerprintOf('', text);
    expect(keys).toHaveLength(text === '' ? 0 : 1);
    expect(grams).toBe(text.length > 3 ? 2 : text.length > 0 ? 1 : 0);
  });
});

describe('similarity', () => {
  it.each([
    ['2 % edited', (text: string) => edit(text, 2), 0.6, 0.99],
    ['5 % edited', (text: string) => edit(text, 5), 0.5, 0.99],
    ['10 % edited', (text: string) => edit(text, 10), 0.4, 0.97],
    ['with a comment before', (text: string) => message().slice(0, 40) + text, 0.7, 0.99],
    ['cut to its half', (text: string) => text.slice(0, text.length / 2), 0.8, 0.97],
    ['in another order', (text: string) => text.split('，').reverse().join('，'), 0.7, 0.99],
  ])('finds the copy %s', (_, change, least, recall) => expect(found(change, least)).toBeGreaterThanOrEqual(recall));

  it('keeps different messages apart that share common sentences', () => {
    const joined = messages
      .slice(0, 100)
      .flatMap((a, i) => messages.slice(i + 1, i + 20).map((b) => similarity(fingerprintOf('', a), fingerprintOf('', b)).jaccard));
    expect(Math.max(...joined)).toBeLessThan(0.75);
    expect(joined.reduce((sum, j) => sum + j, 0) / joined.length).toBeLessThan(0.4);
  });

  it('is exact for short texts', () => {
    const [a, b] = [fingerprintOf('', '甲乙丙丁戊'), fingerprintOf('', '甲乙丙丁己')]; // 甲乙丙 乙丙丁 | 丙丁戊 · 丙丁己
    expect(similarity(a, b)).toEqual({ jaccard: 0.5, containment: 2 / 3 });
    expect(similarity(a, fingerprintOf('', ''))).toEqual({ jaccard: 0, containment: 0 });
  });
});
