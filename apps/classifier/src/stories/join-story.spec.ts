import { fingerprintOf } from '@huiying/text';
import { joinBatch, type ArrivingOpinion } from './join-batch.js';
import { Matters } from './matters.js';
import { joinStory } from './join-story.js';

const STORY = '11111111-1111-4111-8111-111111111111';
const OTHER = '22222222-2222-4222-8222-222222222222';
const LONG =
  '11月18日晚，望川市青梧区纺织新村3号楼电梯突发故障，五名居民被困近四十分钟，其中一名老人身体不适。居民反映，这部电梯今年以来已困人六次，物业公司多次维修仍未解决，维修基金的动用迟迟没有通过。街道办工作人员表示，已约谈物业公司，要求三日内拿出整改方案。';
const text = (words: string, places: string[] = []) => ({ fingerprint: fingerprintOf('', words), places });
const known = (words: string, places: string[] = [], storyId = STORY) => ({ ...text(words, places), storyId });

describe('joinStory', () => {
  it.each([
    ['the same', LONG, 'exact'],
    ['with a source line', `来源：望川日报\n${LONG}（记者 某某）`, 'exact'],
    ['with other marks and width', LONG.replaceAll('，', ', ').replaceAll('3', '３'), 'exact'],
    ['with a comment before', `大家看看，我们小区又上新闻了，转给邻居们。${LONG}`, 'near'],
    ['with two sentences changed', LONG.replace('五名居民被困近四十分钟', '5位住户被困超过半小时').replace('三日内', '本周内'), 'near'],
    ['cut to its first half', LONG.slice(0, 75), 'near'],
    ['with sentences in another order', LONG.split('。').reverse().join('。'), 'near'],
  ])('joins the text %s', (_, words, relation) =>
    expect(joinStory(text(words), [known(LONG)])).toMatchObject({ storyId: STORY, relation }),
  );

  it.each([
    [
      'another matter',
      LONG,
      '望北新区石榴滩镇垃圾焚烧厂夜间排放刺鼻气味，周边三个村的村民多次反映，生态环境部门已进场监测，结果将及时向社会公布，企业负责人表示配合调查。',
    ],
    ['a formula of headlines', '望川学院2026年研究生招生简章', '澄溪师范学院2026年研究生招生简章'],
    ['a short text with one word changed', '路灯不亮', '路灯很亮'],
  ])('leaves %s alone', (_, one, two) => expect(joinStory(text(one), [known(two)])).toBeNull());

  it('keeps texts about different districts apart, unless nobody writes the same twice by chance', () => {
    const short = '小区门口的路灯坏了半个月没人修';
    expect(joinStory(text(short, ['青梧区']), [known(short, ['临浦区'])])).toBeNull();
    expect(joinStory(text(short, ['青梧区']), [known(short, ['文庙街道', '青梧区'])])).toMatchObject({ relation: 'exact' });
    expect(joinStory(text(short), [known(short, ['临浦区'])])).toMatchObject({ relation: 'exact' });
    expect(joinStory(text(LONG, ['青梧区']), [known(LONG, ['临浦区'])])).toMatchObject({ relation: 'exact' });
  });

  it('joins the most similar of several', () => {
    const near = known(LONG.replace('五名', '六名').slice(0, 100), [], OTHER);
    expect(joinStory(text(LONG), [near, known(LONG)])).toEqual({ storyId: STORY, relation: 'exact', similarity: 1 });
    expect(joinStory(text(LONG), [near])).toMatchObject({ storyId: OTHER, relation: 'near' });
    expect(joinStory(text(LONG), [])).toBeNull();
  });
});

describe('joinBatch', () => {
  const arriving = (n: number, words: string): ArrivingOpinion => ({
    opinionId: `00000000-0000-4000-8000-00000000000${n}`,
    revision: 1,
    seenAt: new Date('2026-11-20T00:00:00Z'),
    matter: [],
    isGrave: false,
    spots: [],
    ...text(words),
  });
  const nothing = (count: number) => ({ memberships: new Map(), alike: Array.from({ length: count }, () => []), matters: new Matters() });

  it('joins duplicates within the batch, exact and near, to the first of them', () => {
    const batch = [arriving(1, LONG), arriving(2, '完全是另一件事，天气不错'), arriving(3, LONG), arriving(4, `转：${LONG.slice(10)}`)];
    const { joined } = joinBatch(batch, nothing(4));
    expect(joined.map((j) => j.relation)).toEqual(['first', 'first', 'exact', 'near']);
    expect(new Set([joined[0]!.storyId, joined[2]!.storyId, joined[3]!.storyId]).size).toBe(1);
    expect(joined[1]!.storyId).not.toBe(joined[0]!.storyId);
  });

  it('keeps an edited opinion in its story, whatever it says now, and lets others join its new words', () => {
    const membership = { storyId: STORY, relation: 'near' as const, similarity: 0.6 };
    const batch = [
      { ...arriving(1, '改写之后完全不同的一段文字，讲的是公交线路调整的事情'), revision: 2 },
      arriving(2, '改写之后完全不同的一段文字，讲的是公交线路调整的事情'),
    ];
    const { joined } = joinBatch(batch, { ...nothing(2), memberships: new Map([[batch[0]!.opinionId, membership]]) });
    expect(joined[0]).toMatchObject(membership);
    expect(joined[1]).toMatchObject({ storyId: STORY, relation: 'exact' });
  });

  it('keeps two revisions of a new opinion in one story', () => {
    const { joined } = joinBatch([arriving(1, LONG), { ...arriving(1, '换了内容，说的是路灯和井盖的事情'), revision: 2 }], nothing(2));
    expect(joined[1]!.storyId).toBe(joined[0]!.storyId);
  });

  it('begins the same story again when the batch is handled again', () => {
    expect(joinBatch([arriving(1, LONG)], nothing(1))).toEqual(joinBatch([arriving(1, LONG)], nothing(1)));
  });
});
