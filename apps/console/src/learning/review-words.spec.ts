import { reviewQuestions } from './review-words.js';

type Judgement = Parameters<typeof reviewQuestions>[0];
const judgement = (given: Partial<Judgement>): Judgement => ({
  jurisdiction: { verdict: 'ours', places: [], reasons: [] },
  publicOpinion: { verdict: true, score: 1, keyCategory: null, reasons: [] },
  topic: { code: '0101', name: '商品房', score: 0.8, reasons: [] },
  departments: [{ departmentId: 'housing', name: '住建局', role: 'lead', score: 1, reasons: [] }],
  severity: { level: 'IV', incident: null, facts: [], reasons: [] },
  sentiment: { label: 'neutral', score: 0 },
  judgedBy: 'x',
  ...given,
});
const unsure = (given: Partial<Judgement>) =>
  reviewQuestions(judgement(given), undefined)
    .filter(({ isUnsure }) => isUnsure)
    .map(({ aspect }) => aspect);

describe('reviewQuestions', () => {
  it('asks nothing where judging is sure', () => expect(unsure({})).toEqual([]));
  it.each([
    ['no topic', { topic: null }, ['topic']],
    ['a topic below half', { topic: { code: '0101', name: '商品房', score: 0.49, reasons: [] } }, ['topic']],
    ['no department', { departments: [] }, ['department']],
  ])('asks where there is %s', (_, given, asked) => expect(unsure(given)).toEqual(asked));
  it('asks where it is unclear whether the matter is ours', () =>
    expect(unsure({ jurisdiction: { verdict: 'unsure', places: [], reasons: [] } })).toEqual(['jurisdiction']));

  it('puts the next likeliest bodies one click away, and says of all co-departments together', () => {
    const body = (departmentId: string, role: 'lead' | 'co') => ({ departmentId, name: departmentId, role, score: 1, reasons: [] });
    const departments = [body('housing', 'lead'), body('urban', 'co'), body('ecology', 'co'), body('water', 'co')];
    const asked = reviewQuestions(judgement({ departments }), undefined);
    const of = (aspect: string) => asked.find((question) => question.aspect === aspect)!;
    expect(of('department').next!.map(({ value }) => value)).toEqual(['urban', 'ecology']);
    expect(of('co-departments').value).toBe('ecology,urban,water');
    expect(reviewQuestions(judgement({}), undefined).find((q) => q.aspect === 'co-departments')!.value).toBe('none');
  });

  it('asks of every part of a judgement', () => expect(reviewQuestions(judgement({}), undefined)).toHaveLength(9));
});
