import { resolve } from 'node:path';
import { parseConfig } from './config-file.js';
import { alertingFile, readAlertingRules } from './alerting.js';

const GOOD =
  'raiseFromSeverity: III\nraiseForKeyCategories: [emergency]\nraiseForUrgencies: [特急]\nraiseAtStorySize: 5\nraiseAtHotlineOrders: null\n';

describe('readAlertingRules', () => {
  it('reads the file that ships in config/', () => {
    expect(readAlertingRules(resolve(__dirname, '../../../config'))).toMatchObject({
      raiseFromSeverity: 'III',
      raiseForUrgencies: ['紧急', '特急'],
    });
  });

  it.each([
    ['an unknown level', GOOD.replace('III', 'V'), 'line 1: raiseFromSeverity'],
    ['an unknown category', GOOD.replace('emergency', 'gossip'), 'line 2: raiseForKeyCategories.0'],
    ['an unknown urgency', GOOD.replace('特急', '火急'), 'line 3: raiseForUrgencies.0'],
    ['a story of one', GOOD.replace('5', '1'), 'line 4: raiseAtStorySize: must be a whole number from 2'],
    ['a misspelt key', GOOD.replace('raiseAtStorySize', 'raiseAtSize'), 'raiseAtSize'],
  ])('refuses %s', (_what, text, fault) => expect(() => parseConfig('alerting.yaml', text, alertingFile)).toThrow(fault));
});
