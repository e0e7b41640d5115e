import type { DemoCity } from '../demo-city/demo-city.js';
import { demoPerson, officerAt } from '../demo/index.js';
import { welcome } from './welcome.js';

const url = 'http://127.0.0.1:4180';
const demo = { channels: { url: 'http://127.0.0.1:4181/' } } as DemoCity;

it.each(['2026-11-23T03:00:00+08:00', '2026-11-23T09:00:00+08:00', '2026-11-24T09:00:00+08:00'])(
  'names the officer on duty at %s',
  (at) => {
    const now = new Date(at);
    expect(demoPerson(officerAt(now)).role).toBe('duty-officer');
    expect(welcome({ url, demo }, now)).toMatch(new RegExp(`on duty now  ${officerAt(now)} `));
  },
);

it('names one who was not on duty the shift before', () => {
  const [night, day] = ['2026-11-23T03:00:00+08:00', '2026-11-23T09:00:00+08:00'].map((at) => welcome({ url, demo }, new Date(at)));
  expect(night).not.toBe(day);
});

it('says how the first account is made where there is no demo', () => {
  const said = welcome({ url, demo: null }, new Date('2026-11-23T09:00:00+08:00'));
  expect(said).toContain('npm run account -- add');
  expect(said).not.toContain('fanlixin');
});
