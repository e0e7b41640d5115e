import { actionOf, alertActs } from './alert-acts.js';

it.each([
  ['open', 'duty-officer', [true, true, true]],
  ['seen', 'duty-officer', [false, true, true]],
  ['seen', 'supervisor', [false, true, true]],
  ['confirmed', 'duty-officer', [false, false, false]],
  ['false-alarm', 'duty-officer', [false, false, false]],
  ['open', 'administrator', [false, false, false]],
] as const)('an alert %s lets a %s do %j', (state, role, allowed) => {
  const acts = alertActs(state, role);
  expect([acts.seen, acts.confirm, acts['false-alarm']].map((act) => act.allowed)).toEqual(allowed);
});

it('always says why not', () => {
  expect(alertActs('confirmed', 'duty-officer').confirm.whyNot).toBe('已研判定级');
  expect(alertActs('open', 'administrator').seen.whyNot).toContain('值班员');
  expect(actionOf([], 'close')).toMatchObject({ allowed: false });
  expect(actionOf([{ action: 'close', allowed: true, whyNot: null }], 'close').allowed).toBe(true);
});
