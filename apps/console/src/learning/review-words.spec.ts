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
});
