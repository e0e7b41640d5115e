import { Bell } from './bell.js';

describe('Bell', () => {
  it('wakes who sleeps', async () => {
    const bell = new Bell();
    const slept = bell.wait(bell.rings, 60_000);
    bell.ring();
    await slept;
  });

  it('does not let somebody sleep who was rung for between looking and sleeping', async () => {
    const bell = new Bell();
    const heard = bell.rings;
    bell.ring();
    await bell.wait(heard, 60_000);
  });

  it('wakes all who sleep, and later ones not', async () => {
    const bell = new Bell();
    const sleepers = [bell.wait(bell.rings, 60_000), bell.wait(bell.rings, 60_000)];
    bell.ring();
    await Promise.all(sleepers);
    let woke = false;
    const later = bell.wait(bell.rings, 60_000).then(() => (woke = true));
    await Promise.resolve();
    expect(woke).toBe(false);
    bell.ring();
    await later;
  });

  it('lets go after its time', async () => {
    const bell = new Bell();
    await bell.wait(bell.rings, 1);
  });
});
