import { cutLine, dayBorne } from './unfinished.js';

const week = { firstDay: '2026-11-23', lastDay: '2026-11-29' };

it.each([
  ['is over', '2026-11-29T16:00:00.000Z', true, null, '2026-11-29'],
  ['is on', '2026-11-27T12:49:33.678Z', false, '期中数据，截止 2026-11-27 20:49', '2026-11-27'],
  ['has just begun', '2026-11-22T16:00:00.000Z', false, '期中数据，截止 2026-11-23 00:00', '2026-11-23'],
  ['is about to begin', '2026-11-22T15:59:59.999Z', false, '本期尚未开始', '2026-11-22'],
  ['ends this minute', '2026-11-29T15:59:00.000Z', false, '期中数据，截止 2026-11-29 23:59', '2026-11-29'],
])('of a week that %s says what it is and bears the day of its figures', (_, takenAt, isFinal, line, day) => {
  expect(cutLine({ ...week, takenAt, isFinal })).toBe(line);
  expect(dayBorne({ ...week, takenAt, isFinal })).toBe(day);
});
