import { createRequire } from 'node:module';
import { loadSegmenter, segmenterOfProcess, type Segmenter } from './segmenter.js';

const load = createRequire(__filename);
const without =
  (...names: string[]) =>
  (name: string): unknown => {
    if (names.includes(name)) throw new Error(`Cannot find module '${name}'\nRequire stack:\n- somewhere`);
    return load(name);
  };

describe('loadSegmenter', () => {
  const said: string[] = [];
  const fallback = loadSegmenter((sentence) => said.push(sentence), without('nodejieba'));

  it('falls back to the prebuilt segmenter with one warning of one line', () => {
    expect(fallback.name).toBe('@node-rs/jieba');
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/^nodejieba could not be loaded \(Cannot find module 'nodejieba'\)/);
    expect(said[0]).not.toContain('\n');
  });

  it('names both packages when neither loads', () => {
    const neither = () => loadSegmenter(() => undefined, without('nodejieba', '@node-rs/jieba'));
    expect(neither).toThrow(/neither nodejieba .* nor @node-rs\/jieba .* could be loaded/);
  });

  const installed: [string, Segmenter][] = [['prebuilt', fallback]];
  try {
    load('nodejieba');
    installed.push(['native', loadSegmenter((sentence) => said.push(sentence), load)]);
  } catch {
    console.warn('nodejieba is not built here: only the prebuilt segmenter is tested');
  }

  it.each(installed)('the %s segmenter cuts words that join to the text', (_, segmenter) => {
    const text = '望川市住房和城乡建设局回应：纺织新村3号楼漏水问题，下周一（11月23日）开始维修。';
    expect(segmenter.cut(text).join('')).toBe(text);
    expect(segmenter.cut('自来水公司回应停水')).toEqual(['自来水', '公司', '回应', '停水']);
  });

  it.each(installed)('the %s segmenter keeps inserted words whole', (_, segmenter) => {
    expect(segmenter.cut('昨晚雁鸣湾里街道停电')).not.toContain('雁鸣湾里街道');
    segmenter.insertWords(['雁鸣湾里街道']);
    segmenter.insertWords([]);
    expect(segmenter.cut('昨晚雁鸣湾里街道停电')).toContain('雁鸣湾里街道');
  });

  it.each(installed)('the %s segmenter gives the words inside long words for the index', (_, segmenter) => {
    expect(segmenter.cutForSearch('中华人民共和国')).toEqual(expect.arrayContaining(['中华', '人民', '共和国', '中华人民共和国']));
  });

  it('warns of nothing where the native segmenter loads', () => {
    expect(said.length).toBe(1);
  });
});

describe('segmenterOfProcess', () => {
  it('is one for all who ask: a word that one added, the next knows', () => {
    const cut = () => segmenterOfProcess(() => undefined).cut('去雁鸣湖畔三里亭看看');
    segmenterOfProcess(() => undefined).insertWords(['雁鸣湖畔三里亭']);
    expect(cut()).toContain('雁鸣湖畔三里亭');
    expect(segmenterOfProcess(() => undefined)).toBe(segmenterOfProcess(() => undefined));
  });
});
