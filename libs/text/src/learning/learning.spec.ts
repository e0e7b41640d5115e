import {
  fitSharpness,
  foldsOf,
  labelFigures,
  packModel,
  sharesOf,
  TextModel,
  trainTextModel,
  unpackModel,
  USUAL_OPTIONS,
} from './index.js';

const SUBJECTS: Record<string, string[]> = {
  交通: ['公交车迟迟不来', '红绿灯坏了没人修', '路口天天堵车', '公交站台没有顶棚', '货车超载压坏路面', '堵车时没有交警'],
  教育: ['学校食堂饭菜太差', '老师在校外办补习班', '小学学位不够', '幼儿园收费太高', '补习班不肯退费', '学校门口没有保安'],
};
const given = Object.entries(SUBJECTS).flatMap(([label, lines]) => lines.map((line) => ({ label, line })));
const texts = given.map(({ line }) => ({ title: line, whole: line, tokens: [] }));
const labels = given.map(({ label }) => label);
const learned = trainTextModel(texts, labels, { ...USUAL_OPTIONS, least: 1 });
const bestFor = (model: TextModel, line: string) => {
  const margins = model.margins({ title: line, whole: line, tokens: [] });
  return model.labels[margins.indexOf(Math.max(...margins))];
};

describe('a model of texts', () => {
  it.each([
    ['公交车又晚点', '交通'],
    ['校外补习班收费', '教育'],
  ])('tells of %s that it is about %s', (line, label) => expect(bestFor(learned, line)).toBe(label));

  it('is the same for the same texts', () => {
    const again = trainTextModel(texts, labels, { ...USUAL_OPTIONS, least: 1 });
    expect(again.margins(texts[0]!)).toEqual(learned.margins(texts[0]!));
  });

  it('names the words that told it', () => {
    const told = learned.telling({ title: '', whole: '公交车又晚点', tokens: [] }, learned.labels.indexOf('交通'), 2);
    expect(told.join()).toMatch(/公交/);
  });

  it('gives nothing but its bias for a text without a known gram', () => {
    expect([...learned.margins({ title: '', whole: '', tokens: [] })]).toEqual([...learned.parts.biases]);
  });

  it('comes back from its bytes as it was', () => {
    const back = new TextModel(unpackModel(packModel(learned.parts)));
    expect(back.labels).toEqual(learned.labels);
    expect(back.margins(texts[3]!)).toEqual(learned.margins(texts[3]!));
  });

  it('favours a rare label: it is learned from three texts beside thirty', () => {
    const many = Array.from({ length: 30 }, (_, i) => `第${i}路公交车在${i % 7}号站台晚点`);
    const few = ['噪声扰民睡不着', '夜里施工噪声太大', '广场舞噪声扰民'];
    const both = [...many, ...few].map((line) => ({ title: line, whole: line, tokens: [] }));
    const model = trainTextModel(both, [...many.map(() => '交通'), ...few.map(() => '噪声')], USUAL_OPTIONS);
    expect(bestFor(model, '楼下噪声太大')).toBe('噪声');
  });
});

describe('the texts held out', () => {
  const copies = [
    '小区停水三天没有人管，居民打了很多次电话都没有回复，请尽快处理',
    '小区停水三天没有人管，居民打了很多次电话都没有回复，请尽快处理！',
  ];
  const lines = [
    ...copies,
    ...Array.from({ length: 18 }, (_, i) => `${'甲乙丙丁戊己庚辛壬癸'[i % 10]}路${i}号的${SUBJECTS['交通']![i % 6]}，已经${i}天`),
  ];
  const folds = foldsOf(lines.map((text) => ({ title: '', text })), lines.map((_, i) => (i < 10 ? 'a' : 'b')), 5, 1); // prettier-ignore

  it('never stand apart from their copies', () => expect(folds[0]).toBe(folds[1]));
  it('are a part of like size each', () => {
    for (let part = 0; part < 5; part++) expect([...folds].filter((fold) => fold === part).length).toBeGreaterThanOrEqual(3);
  });
});

describe('shares', () => {
  it('sum to one and keep the order', () => {
    const shares = sharesOf([2, 1, -1], 3);
    expect(shares.reduce((sum, share) => sum + share)).toBeCloseTo(1);
    expect(shares[0]!).toBeGreaterThan(shares[1]!);
  });
  it('are blunt where the first is right only half the time, sharp where always', () => {
    const margins = Array.from({ length: 40 }, () => [1, 0]);
    const always = fitSharpness(margins, margins.map(() => 0)); // prettier-ignore
    const half = fitSharpness(margins, margins.map((_, i) => i % 2)); // prettier-ignore
    expect(sharesOf([1, 0], half)[0]!).toBeLessThan(0.6);
    expect(sharesOf([1, 0], always)[0]!).toBeGreaterThan(0.99);
  });
});

describe('labelFigures', () => {
  it('counts a rare label as much as a common one', () => {
    const figures = labelFigures(['a', 'a', 'a', 'b'], [['a'], ['a'], ['a'], ['a', 'b']]);
    expect(figures).toMatchObject({ rows: 4, top1: 0.75, top3: 1, f1: { a: 0.8571, b: 0 }, macroF1: 0.4286 });
  });
});
