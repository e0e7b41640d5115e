import { resolve } from 'node:path';
import { judgedLine, opinionOfLine, OUR_SOURCE, type JudgeSource } from './judge-lines.js';
import { compileLexicon, judge, readJudgingConfig, readLexiconSourcesOf } from './judging/index.js';

const CONFIG = resolve(__dirname, '../../../config');
const lexicon = readJudgingConfig(CONFIG, [OUR_SOURCE]);
const OURS: JudgeSource = { ours: true, channel: 'forum', now: new Date('2026-11-20T02:00:00Z') };
const read = (line: unknown, source = OURS) => opinionOfLine(JSON.stringify(line), 3, source);

describe('npm run judge', () => {
  it('reads title, text and detail, and takes the line’s number where it has no id', () => {
    expect(read({ id: 'a', title: '标题', detail: '正文', text: '标题正文' })).toMatchObject({
      id: 'a',
      opinion: { title: '标题', text: '正文' },
    });
    expect(read({ text: '正文' })).toMatchObject({ id: 3, opinion: { title: '', text: '正文', channel: 'forum', publishedAt: null } });
  });

  it.each([
    ['2026-11-20 10:00:00', '2026-11-20T02:00:00.000Z'],
    ['2026-11-20T10:00:00Z', '2026-11-20T10:00:00.000Z'],
    ['2026-11-20', '2026-11-19T16:00:00.000Z'],
    ['昨天', null],
  ])('time %s is %s: without a zone it is Chinese time', (time, instant) => {
    const line = read({ text: '正文', time });
    expect(line.opinion.publishedAt).toBe(instant);
    // A time is a help, not what is judged: the line is answered, and the fault named.
    expect(line.doubt).toBe(
      instant === null ? `line 3: time must be like 2026-11-20 10:00:00 or 2026-11-20; got “${time}”, judged as of now` : null,
    );
  });

  it.each([
    ['{', /line 3 must be one JSON object/],
    ['{"id":1}', /line 3 must have a title, text or detail/],
    ['{"text":5}', /line 3: text/],
    ['{"text":"a","channel":"tv"}', /line 3: channel/],
  ])('%s is refused with its line and field', (line, message) => expect(() => opinionOfLine(line, 3, OURS)).toThrow(message));

  it('writes one flat line, with the level of law and the facts', () => {
    const { opinion } = read({ text: '望北化工园爆炸，造成3人死亡、5人受伤。' });
    expect(judgedLine(1, judge(opinion, lexicon), { 安全生产事故: 4 })).toMatchObject({
      id: 1,
      ours: true,
      publicOpinion: true,
      severity: 'III',
      attention: 'III',
      facts: [{ kind: 'deaths', value: 3, bound: 'exact' }, { kind: 'injuries', value: 5 }],
      topicScores: { 安全生产事故: 4 },
      disposition: 'grave-problem',
    }); // prettier-ignore
  });

  it('judges for another city by its own places', () => {
    const sample = resolve(__dirname, 'judging/other-city.sample.yaml');
    const other = compileLexicon(readLexiconSourcesOf(sample, CONFIG, [OUR_SOURCE]));
    const elsewhere: JudgeSource = { ...OURS, ours: false, channel: 'news' };
    const verdict = (text: string) => judge(read({ text }, elsewhere).opinion, other).jurisdiction.verdict;
    expect(verdict('柳堰市鹭洲区停水三天')).toBe('ours');
    expect(verdict('望川市停水三天')).toBe('unsure');
  });
});
