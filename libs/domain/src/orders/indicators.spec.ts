import { indicatorsOf, scoreOf, type OrderTally } from './indicators.js';

const COUNTS: OrderTally = {
  received: 20,
  dispatched: 16,
  contactOwed: 10,
  contactedInTime: 9,
  signed: 12,
  signedInTime: 11,
  unsignedOverdue: 4,
  replied: 8,
  repliedInTime: 8,
  openOverdue: 2,
  returned: 1,
  extended: 2,
  reworked: 0,
  repeated: 5,
  visitsResolvedKnown: 5,
  resolved: 4,
  visitsSatisfactionKnown: 4,
  satisfied: 3,
};
const rates = (counts: OrderTally) => Object.fromEntries(indicatorsOf(counts).map(({ id, rate }) => [id, rate]));

it('divides what was done by what was owed, overdue and open included', () =>
  expect(rates(COUNTS)).toEqual({
    response: 0.9,
    resolution: 0.8,
    satisfaction: 0.75,
    'signed-in-time': 11 / 16,
    'replied-in-time': 0.8,
    returned: 1 / 16,
    extended: 1 / 8,
    reworked: 0,
    repeated: 0.25,
  }));
it('has no rate where nothing was owed', () => {
  const none = Object.fromEntries(Object.keys(COUNTS).map((key) => [key, 0])) as unknown as OrderTally;
  expect(new Set(Object.values(rates(none)))).toEqual(new Set([null]));
  expect(scoreOf(indicatorsOf(none))).toBeNull();
});
it.each([
  [{ response: 1, resolution: 0, satisfaction: 0 }, 90],
  [{ response: 1, resolution: 1, satisfaction: 0 }, 85],
  [{ response: 20, resolution: 40, satisfaction: 40 }, 80],
])('weighs by %j: %s', (weights, score) => expect(scoreOf(indicatorsOf(COUNTS), weights)).toBeCloseTo(score, 9));
it('heeds no rate that weighs nothing', () => {
  const unvisited = indicatorsOf({ ...COUNTS, visitsResolvedKnown: 0, resolved: 0 });
  expect(scoreOf(unvisited)).toBeNull();
  expect(scoreOf(unvisited, { response: 1, resolution: 0, satisfaction: 0 })).toBeCloseTo(90, 9);
});
