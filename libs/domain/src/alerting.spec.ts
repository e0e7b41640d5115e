import { decideAlert, type AlertQuestion, type StoryAlert } from './alerting.js';

const RULES = {
  raiseFromSeverity: 'III',
  raiseForKeyCategories: ['emergency', 'vital-interest'],
  raiseForUrgencies: ['紧急', '特急'],
  raiseAtStorySize: 5,
  raiseAtHotlineOrders: 3,
} as const;
const judged = (
  level: 'I' | 'II' | 'III' | 'IV',
  keyCategory: string | null = null,
  isOpinion = true,
  verdict: 'ours' | 'not-ours' | 'unsure' = 'ours',
) => ({
  jurisdiction: { verdict },
  publicOpinion: { verdict: isOpinion, keyCategory },
  severity: { level },
});
const alert = (suggestedSeverity: 'I' | 'II' | 'III' | 'IV', state: StoryAlert['state'] = 'open'): StoryAlert => ({
  id: 'a1',
  state,
  suggestedSeverity,
});
const ask = (different: Partial<AlertQuestion> = {}) =>
  decideAlert({
    judgement: judged('IV'),
    urgency: null,
    story: { opinions: 1, hotlineOrders: 0 },
    storyOpenAlert: null,
    storyClosedAlert: null,
    rules: RULES,
    ...different,
  });

describe('decideAlert', () => {
  it.each<[string, Partial<AlertQuestion>, string]>([
    ['level III', { judgement: judged('III') }, '研判为III级（较大）'],
    ['level I', { judgement: judged('I') }, '研判为I级（特别重大）'],
    ['a key category', { judgement: judged('IV', 'emergency') }, '属需重点回应的政务舆情'],
    ['an urgent order', { urgency: '紧急' }, '热线工单为紧急件'],
    ['the fifth of a story', { story: { opinions: 5, hotlineOrders: 0 } }, '同一事件已有5条信息'],
    ['one beyond, in case the fifth was not ours', { story: { opinions: 6, hotlineOrders: 0 } }, '同一事件已有6条信息'],
    ['the third order', { story: { opinions: 3, hotlineOrders: 3 } }, '同一事件已有3件热线工单'],
    [
      'several grounds',
      { judgement: judged('II', 'vital-interest'), urgency: '特急' },
      '研判为II级（重大），属需重点回应的政务舆情，热线工单为特急件',
    ],
    [
      'graver than the false alarm',
      { judgement: judged('II'), storyClosedAlert: alert('III', 'false-alarm') },
      '同一事件曾标为误报，现研判升为II级（重大）',
    ],
  ])('raises for %s', (_what, question, reason) => expect(ask(question)).toEqual({ outcome: 'raised', reason }));

  it.each<[string, Partial<AlertQuestion>, string]>([
    ['level IV alone', {}, 'IV级（一般），未达预警条件'],
    ['the fourth of a story', { story: { opinions: 4, hotlineOrders: 2 } }, 'IV级（一般），未达预警条件'],
    ['an ordinary order', { urgency: '一般' }, 'IV级（一般），未达预警条件'],
    ['a category that is not listed', { judgement: judged('IV', 'social-hotspot') }, 'IV级（一般），未达预警条件'],
    ['another city', { judgement: judged('I', 'emergency', true, 'not-ours') }, '不涉及本市'],
    ['an unclear place', { judgement: judged('I', null, true, 'unsure') }, '是否涉及本市尚不明确'],
    ['what is no public opinion', { judgement: judged('I', null, false) }, '不属政务舆情'],
    [
      'the same level after a false alarm',
      { judgement: judged('III'), storyClosedAlert: alert('III', 'false-alarm') },
      '同一事件已标为误报，且级别未升高',
    ],
    [
      'less grave after a false alarm',
      { judgement: judged('IV', 'emergency'), storyClosedAlert: alert('III', 'false-alarm') },
      '同一事件已标为误报，且级别未升高',
    ],
    [
      'a grown story after a false alarm',
      { story: { opinions: 50, hotlineOrders: 9 }, storyClosedAlert: alert('IV', 'false-alarm') },
      '同一事件已标为误报，且级别未升高',
    ],
  ])('raises nothing for %s', (_what, question, reason) => expect(ask(question)).toEqual({ outcome: 'none', reason }));

  it.each([
    ['open', 'III', 'III', false],
    ['seen', 'III', 'IV', false],
    ['confirmed', 'III', 'II', true],
    ['open', 'IV', 'I', true],
  ] as const)('joins an alert that is %s at %s when judged %s; graver: %p', (state, had, level, rises) => {
    expect(ask({ judgement: judged(level), storyOpenAlert: alert(had, state) })).toMatchObject({ outcome: 'joined', alertId: 'a1', rises });
  });

  it('prefers the living alert to a false one', () => {
    expect(ask({ judgement: judged('I'), storyOpenAlert: alert('I'), storyClosedAlert: alert('IV', 'false-alarm') }).outcome).toBe(
      'joined',
    );
  });

  it('does not rise by an opinion that is not ours', () => {
    expect(ask({ judgement: judged('I', null, true, 'not-ours'), storyOpenAlert: alert('III') })).toMatchObject({
      outcome: 'joined',
      rises: false,
    });
  });

  it('never raises for size alone where no size is set', () => {
    const rules = { ...RULES, raiseAtStorySize: null, raiseAtHotlineOrders: null };
    expect(ask({ rules, story: { opinions: 500, hotlineOrders: 500 } }).outcome).toBe('none');
  });
});
