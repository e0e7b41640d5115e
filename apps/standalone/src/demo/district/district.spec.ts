import { resolve } from 'node:path';
import { silentFrom, withArrival, type Rhythm } from '@huiying/domain';
import { readCalendar } from '@huiying/settings';
import { readList } from '../../../../collector/src/pages/index.js';
import { districtPage, isGone, NOTICES_PATH } from './district-page.js';
import { liveBulletins, pastBulletins } from './traffic-bulletins.js';

const START = new Date('2026-11-23T16:10:00+08:00');
const minutes = (n: number) => new Date(START.getTime() + n * 60_000);
const list = (at: Date) =>
  readList({ bytes: districtPage(START, NOTICES_PATH, at)!, contentType: 'text/html', url: `http://127.0.0.1:1${NOTICES_PATH}` }, {}, 480);

describe('the district’s notices', () => {
  it('are a list that is found by itself, with a page behind each', () => {
    const found = list(START);
    if (found.outcome !== 'read') throw new Error(found.kind);
    expect(found.articles).toHaveLength(5);
    for (const { url, publishedAt } of found.articles) {
      expect(districtPage(START, new URL(url).pathname, START)!.toString()).toContain('id="zoom"');
      expect(publishedAt!.getTime()).toBeLessThanOrEqual(START.getTime());
    }
  });

  it.each([
    [11.9, false],
    [12, true],
    [16.9, true],
    [17, false],
    [42, true],
  ])('after %f min the list is gone: %p', (after, gone) => {
    expect(isGone(START, minutes(after))).toBe(gone);
    expect(list(minutes(after)).outcome).toBe(gone ? 'unreadable' : 'read');
  });
});

describe('the road bulletins', () => {
  it('came every 40 minutes and have been silent for seven hours at the start', () => {
    const past = pastBulletins(START);
    expect(past.length).toBeGreaterThan(100);
    expect(new Set(past.slice(1).map((post, i) => post.at.getTime() - past[i]!.at.getTime()))).toEqual(new Set([40 * 60_000]));
    expect(START.getTime() - past.at(-1)!.at.getTime()).toBeGreaterThanOrEqual(7 * 3_600_000);
  });

  it('are out of their rhythm at whatever hour of the week one starts', () => {
    const calendar = readCalendar(resolve('config'));
    const known = Array.from({ length: 7 * 24 }, (_, hours) => {
      const start = new Date(START.getTime() + hours * 3_600_000);
      const past = pastBulletins(start);
      // They are found in rounds of up to an hour, so that some hours bring none.
      const found = past.filter(({ at }) => Math.floor(at.getTime() / 3_600_000) % 5 !== 0);
      const rhythm = found.reduce<Rhythm | null>((before, { at }) => withArrival(before, at), null);
      return silentFrom(rhythm, past.at(-1)!.at, 6 * 3_600_000, calendar)! <= start;
    });
    expect(known).not.toContain(false);
  });

  it('are back after nine minutes, and go on', () => {
    expect(liveBulletins(START, minutes(8.9))).toEqual([]);
    expect(liveBulletins(START, minutes(9))).toEqual([0]);
    expect(liveBulletins(START, minutes(60 * 24 * 30))).toHaveLength(40);
  });
});
