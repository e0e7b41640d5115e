import { volumeOf } from './story-volume.js';

const at = (minutes: number) => new Date(Date.parse('2026-11-22T09:10:00+08:00') + minutes * 60_000).toISOString();

it('counts per ten minutes and keeps empty stretches', () => {
  const volume = volumeOf([at(0), at(5), at(32)]);
  expect(volume.counts).toEqual([2, 0, 0, 1]);
  expect(new Date(volume.starts[0]!).toISOString()).toBe('2026-11-22T01:10:00.000Z');
});
it('takes wider stretches for a longer story', () => {
  const volume = volumeOf([at(0), at(60 * 24 * 10)]);
  expect(volume.counts.length).toBeLessThanOrEqual(48);
  expect(volume.counts.reduce((sum, count) => sum + count, 0)).toBe(2);
});
it('begins days at midnight in the city', () => {
  const volume = volumeOf([at(0), at(60 * 24 * 40)]);
  expect(volume.stepMs).toBe(24 * 3_600_000);
  expect(new Date(volume.starts[0]!).toISOString()).toBe('2026-11-21T16:00:00.000Z');
});
it('has nothing to draw for nothing', () => expect(volumeOf([]).counts).toEqual([]));
