import { USUAL_SCORE_PLAN } from '@huiying/domain';
import { parseConfig } from './config-file.js';
import { readScorePlan, scorecardFile } from './scorecard.js';

const read = (text: string) => parseConfig('scorecard.yaml', text, scorecardFile);
const weights = (onTime: string, orders = '20', satisfaction = '20') =>
  `points: 4\nweights:\n  on-time: ${onTime}\n  orders: ${orders}\n  satisfaction: ${satisfaction}\n`;

it('the shipped file holds the usual weights, and so does none', () => {
  expect(readScorePlan('config')).toEqual(USUAL_SCORE_PLAN);
  expect(readScorePlan('/nowhere')).toEqual(USUAL_SCORE_PLAN);
});
it.each<[string, string, RegExp]>([
  ['weights that sum to no 100', weights('50'), /line 3: weights: must sum to 100; got 90/],
  ['a weight that is no number', weights('many'), /line 3: weights.on-time: must be a whole number/],
  ['a negative weight', weights('100', '-20'), /line 4: weights.orders: /],
  ['a part of one', weights('59.5', '20.5'), /line 3: weights.on-time: [^]*line 4: weights.orders: /],
  ['less than the law has', weights('60').replace('points: 4', 'points: 3'), /line 1: points: must be 4 or more/],
  ['an item there is not', `${weights('60')}  speed: 0\n`, /weights: .*speed/],
  ['a missing one', weights('80').replace(/ {2}satisfaction.*\n/, ''), /line 3: weights.satisfaction/],
  ['broken YAML', 'points: [', /line 1: /],
])('names line and field: %s', (_, text, said) => expect(() => read(text)).toThrow(said));
