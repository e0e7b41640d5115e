import { loadSegmenter, MatterReader, matterOf, WordCounts } from '@huiying/text';
import { Matters, SEARCH, type ArrivingMatter } from './matters.js';
import { placeMatter } from './place-matter.js';
import { storiesOf } from './stories-of-file.js';

const reader = new MatterReader(loadSegmenter(() => undefined));
const counts = WordCounts.empty();
const arriving = (title: string, day = 0, places: string[] = []): ArrivingMatter => ({
  matter: matterOf(reader.read(title, '').terms, counts),
  places,
  seenAt: new Date(Date.UTC(2026, 10, 1 + day)),
  isGrave: false,
  spots: reader.read(title, '').spots,
});
const NOISE = [
  '枫桥雅苑旁边建搅拌站噪音扰民',
  '搅拌站离枫桥雅苑太近，噪音大',
  '枫桥雅苑业主反对小区旁建搅拌站',
  '请关停枫桥雅苑附近的搅拌站',
];
const LIGHTS = ['青梧大道的路灯坏了', '青梧大道的路灯坏了没人修', '青梧大道的路灯何时修好，晚上看不见'];

describe('placeMatter', () => {
  it('puts one matter told in other words into one story, and another matter into another', () => {
    const matters = new Matters();
    const ids = [...NOISE, ...LIGHTS].map((title, i) => placeMatter(matters, arriving(title), null, `s${i}`).storyId);
    expect(new Set(ids.slice(0, 4).map((id) => matters.rootOf(id))).size).toBe(1);
    expect(new Set(ids.slice(4).map((id) => matters.rootOf(id))).size).toBe(1);
    expect(matters.rootOf(ids[0]!)).not.toBe(matters.rootOf(ids[4]!));
  });

  it('keeps apart what names other districts, and what comes eight months after the last', () => {
    const matters = new Matters();
    placeMatter(matters, arriving(LIGHTS[0]!, 0, ['青梧区']), null, 'first');
    expect(placeMatter(matters, arriving(LIGHTS[1]!, 1, ['临浦区']), null, 'second').storyId).toBe('second');
    expect(placeMatter(matters, arriving(LIGHTS[1]!, 1, ['青梧区']), null, 'third').storyId).toBe('first');
    expect(placeMatter(matters, arriving(LIGHTS[2]!, 380, ['青梧区']), null, 'late').storyId).toBe('late');
  });

  it('makes one of two stories that a text shows to be one, and of all that follows', () => {
    const matters = new Matters();
    matters.enter('a', arriving(NOISE[0]!));
    matters.enter('b', arriving(NOISE[1]!));
    matters.enter('a', arriving(NOISE[2]!));
    const placed = placeMatter(matters, arriving(NOISE[3]!), null, 'c');
    expect(placed.merged).toMatchObject([{ kept: 'a', gone: 'b' }]);
    expect(matters.get('b')!.opinions).toBe(4);
    expect(matters.alike(arriving(NOISE[1]!)).map((one) => one.storyId)).toEqual(['a']);
  });

  it.each([
    ['an officer took apart', { apart: new Set(['b']) }],
    ['an officer fixed', { isFixed: true }],
  ])('never merges what %s', (_, officer) => {
    const before = new Matters();
    before.enter('a', arriving(NOISE[0]!));
    before.enter('b', arriving(NOISE[1]!));
    const matters = new Matters([{ ...before.get('a')!, ...officer }, before.get('b')!]);
    const placed = placeMatter(matters, arriving(NOISE[3]!), null, 'c');
    expect(placed.merged).toEqual([]);
    expect(['a', 'b']).toContain(placed.storyId);
  });

  it('lets what is grave go into another story only when it is much like it, and asks an officer else', () => {
    const matters = new Matters();
    const fire = (title: string) => ({ ...arriving(title), isGrave: true });
    placeMatter(matters, fire('青梧大道金桂苑仓库起火'), null, 'first');
    const second = placeMatter(matters, fire('临江大道翠湖苑仓库起火'), null, 'second');
    expect(second).toMatchObject({ storyId: 'second', merged: [] });
    const vague = placeMatter(matters, fire('一处仓库起火，冒着黑烟'), null, 'vague');
    expect(vague).toMatchObject({ storyId: 'vague', merged: [] });
    expect(vague.perhaps.length).toBeGreaterThan(0);
    expect(placeMatter(matters, fire('金桂苑仓库起火，青梧大道封路'), null, 'third').storyId).toBe('first');
    expect(placeMatter(new Matters(matters.all()), arriving('翠湖苑仓库起火了'), null, 'fourth').storyId).toBe('second');
  });

  it('looks at a bounded number of stories, however many share a word', () => {
    const matters = new Matters();
    for (let i = 0; i < 500; i++) matters.enter(`s${i}`, arriving('青梧大道路灯不亮'));
    expect(matters.alike(arriving('青梧大道路灯不亮')).length).toBeLessThanOrEqual(SEARCH.candidates);
  });
});

describe('storiesOf', () => {
  it('hardly depends on the order of the lines, and joins copies and other words alike', () => {
    const messages = [...NOISE, ...LIGHTS].map((title, i) => ({ id: i, title, text: '', at: new Date(Date.UTC(2026, 10, 1, i)) }));
    const pairs = (stories: string[]) => stories.map((story) => stories.indexOf(story));
    expect(pairs(storiesOf(messages, reader))).toEqual([0, 0, 0, 0, 4, 4, 4]);
    const reversed = [...messages].reverse();
    expect(pairs(storiesOf(reversed, reader))).toEqual([0, 0, 0, 3, 3, 3, 3]);
  });
});
