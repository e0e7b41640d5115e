import { linksTo, ownNumberOf } from '@huiying/domain';
import { demoPerson } from './people.js';
import { policyPage, policySteps, POLICIES_PATH } from './policies.js';

const ORIGIN = 'http://127.0.0.1:8621';

describe.each(['2026-11-26T02:00:00Z', '2026-10-05T16:30:00Z', '2027-01-01T00:10:00Z'])('the documents of the demo up to %s', (text) => {
  const startedAt = new Date(text);
  const steps = policySteps(startedAt);

  it('are registered before anything is done with them, by whom it is for, and nothing lies ahead', () => {
    const order = new Map<string, string[]>();
    for (const { key, act, at, by } of [...steps].sort((a, b) => a.at.getTime() - b.at.getTime())) {
      order.set(key, [...(order.get(key) ?? []), act.do]);
      expect(at.getTime()).toBeLessThanOrEqual(startedAt.getTime());
      expect(at.getTime()).toBeGreaterThan(startedAt.getTime() - 14 * 86_400_000);
      expect(demoPerson(by).role).toBe(act.do === 'sign' ? 'supervisor' : 'department-lead');
    }
    expect(Object.fromEntries(order)).toEqual({
      elevator: ['register', 'plan', 'submit', 'sign', 'publish', 'interpret'],
      parking: ['register', 'plan', 'submit', 'sign', 'publish'],
      clinic: ['register'],
      canteen: ['register', 'plan'],
    });
  });

  it('stand on the site when they are told of, with their numbers, and lead to each other', () => {
    for (const { act, at } of steps) {
      if (act.do !== 'publish' && act.do !== 'interpret') continue;
      expect(act.publishedAt.getTime()).toBeLessThanOrEqual(at.getTime());
      expect(policyPage(startedAt, act.path, at)).not.toBeNull();
    }
    const page = (path: string) => policyPage(startedAt, path, startedAt)!.toString();
    const [document, interpretation] = ['/zc/wjk/elevator.html', '/zc/jd/elevator.html'];
    expect(linksTo(page(document), `${ORIGIN}${document}`, `${ORIGIN}${interpretation}`)).toBe(true);
    expect(linksTo(page(interpretation), `${ORIGIN}${interpretation}`, `${ORIGIN}${document}`)).toBe(true);
    expect(ownNumberOf(page(document).replace(/<[^>]*>/g, '\n'))).toMatch(/^望政办发〔\d{4}〕28号$/);
    expect(page(POLICIES_PATH)).toContain('望川市城市绿化补偿费征收使用办法');
  });
});
