import { ServerClock } from './server-clock.js';

it('knows nothing before the server spoke', () => {
  const clock = new ServerClock(() => 0);
  expect(clock.known).toBe(false);
  expect(clock.now()).toBeNaN();
});

it('runs on from the last word of the server by the counter alone', () => {
  let counter = 1000;
  const clock = new ServerClock(() => counter);
  clock.sync('2026-11-22T06:00:00Z');
  counter += 90_000;
  expect(clock.now()).toBe(Date.parse('2026-11-22T06:01:30Z'));
  clock.sync('2026-11-22T06:01:31Z');
  expect(clock.now()).toBe(Date.parse('2026-11-22T06:01:31Z'));
});

it('keeps its time when the server says nonsense', () => {
  const clock = new ServerClock(() => 0);
  clock.sync('2026-11-22T06:00:00Z');
  clock.sync('soon');
  expect(clock.now()).toBe(Date.parse('2026-11-22T06:00:00Z'));
});
