import { answersOn, circleOf, existsOn, type BodyInTime } from './body-in-time.js';

const bodies = new Map<string, BodyInTime>(
  [
    { id: 'culture', validTo: '2009-12-31', successor: 'culture-press' },
    { id: 'culture-press', validFrom: '2010-01-01', validTo: '2019-01-31', successor: 'tourism' },
    { id: 'tourism', validFrom: '2019-02-01' },
    { id: 'data', validFrom: '2027-01-01' },
    { id: 'water', validTo: '2026-12-31', successor: 'water-group' },
    { id: 'water-group', validFrom: '2027-01-01' },
    { id: 'closed', validTo: '2020-01-01' },
    { id: 'lost', validTo: '2020-01-01', successor: 'nobody' },
    { id: 'always' },
  ].map((body) => [body.id, body]),
);

describe('answersOn', () => {
  it.each([
    ['always', '1990-01-01', 'always'],
    ['culture', '2009-12-31', 'culture'],
    ['culture', '2010-01-01', 'culture-press'],
    ['culture', '2019-01-31', 'culture-press'],
    ['culture', '2019-02-01', 'tourism'],
    ['culture-press', '2026-11-20', 'tourism'],
    ['culture-press', '2005-06-01', 'culture'],
    ['tourism', '2018-06-01', 'culture-press'],
    ['water', '2026-12-31', 'water'],
    ['water', '2027-01-01', 'water-group'],
    ['water-group', '2026-12-31', 'water'],
    ['data', '2026-11-20', 'data'],
    ['closed', '2026-11-20', 'closed'],
    ['lost', '2026-11-20', undefined],
    ['unknown', '2026-11-20', undefined],
  ])('for %s on %s: %s', (id, day, answers) => expect(answersOn(bodies, id, day)?.id).toBe(answers));

  it('ends where successors lead in a circle', () => {
    const circle = new Map<string, BodyInTime>([
      ['a', { id: 'a', validTo: '2020-01-01', successor: 'b' }],
      ['b', { id: 'b', validTo: '2021-01-01', successor: 'a' }],
    ]);
    expect(answersOn(circle, 'a', '2026-01-01')?.id).toBe('a');
    expect(circleOf(circle, 'a')).toBe('a');
    expect(circleOf(bodies, 'culture')).toBeNull();
  });
});

describe('existsOn', () => {
  it.each([
    ['2009-12-31', false],
    ['2010-01-01', true],
    ['2019-01-31', true],
    ['2019-02-01', false],
  ])('on %s: %p', (day, exists) => expect(existsOn(bodies.get('culture-press')!, day)).toBe(exists));
});
