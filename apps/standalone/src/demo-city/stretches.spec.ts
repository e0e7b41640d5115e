import { policySteps, script, type DemoStep } from '../demo/index.js';
import { inStretches, isSaid } from './stretches.js';

const START = Date.parse('2026-11-27T00:00:00Z');
const call = (minute: number, storyKey?: string): DemoStep =>
  ({ kind: 'hotline', at: new Date(START + minute * 60_000), record: {}, ...(storyKey && { storyKey }) }) as unknown as DemoStep;
const post = (minute: number): DemoStep =>
  ({ kind: 'feed-item', at: new Date(START + minute * 60_000), sourceId: 's' }) as unknown as DemoStep;
const act = (minute: number): DemoStep => ({ kind: 'see-alert', at: new Date(START + minute * 60_000) }) as unknown as DemoStep;

describe('inStretches', () => {
  it.each<[string, DemoStep[], number[]]>([
    ['what is said within an hour is one', [call(0), post(20), call(59)], [3]],
    ['an hour after the first another begins', [call(0), post(59), call(60), call(119)], [2, 2]],
    ['what somebody does stands alone and ends it', [call(0), act(5), call(6), call(7)], [1, 1, 2]],
    ['what begins a story stands alone', [call(0), call(1, 'story'), call(2)], [1, 1, 1]],
    ['two acts are two', [act(0), act(0)], [1, 1]],
    ['nothing is nothing', [], []],
  ])('%s', (_, steps, lengths) => expect(inStretches(steps).map((stretch) => stretch.steps.length)).toEqual(lengths));

  it('is played at its last instant', () => expect(inStretches([call(0), call(30)])[0]!.at).toEqual(call(30).at));

  it('keeps every step of the city’s past, in order, and nothing is done about what is not yet taken in', () => {
    const now = new Date(START);
    const steps = [...script(now), ...policySteps(now)].sort((a, b) => a.at.getTime() - b.at.getTime());
    const stretches = inStretches(steps);
    expect(stretches.flatMap<DemoStep>((stretch) => stretch.steps)).toEqual(steps);
    expect(stretches.length).toBeLessThan(steps.length * 0.6);
    const ats = stretches.map(({ at }) => at.getTime());
    expect(ats).toEqual([...ats].sort((a, b) => a - b));
    for (const { isMerelySaid, steps: together } of stretches)
      if (!isMerelySaid) expect(together.filter(isSaid).every((step) => step.storyKey)).toBe(true);
  });
});
