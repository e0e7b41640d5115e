import { resolve } from 'node:path';
import { BadConfig, parseConfig } from './config-file.js';
import { escalationFile, readEscalation } from './escalation.js';

const POLICY = `  - id: grave
    name: 特别重大、重大
    for: { matters: [alert], severities: [I, II] }
    steps:
      - { after: 5m, tell: [leader] }
      - { after: 15m, tell: [deputy] }
`;
const faults = (yaml: string): string => {
  try {
    parseConfig('escalation.yaml', yaml, escalationFile);
    return '';
  } catch (error) {
    return (error as BadConfig).faults.join('\n');
  }
};
const file = (policies: string) => `people: { deputy: [fang], head: [] }\npolicies:\n${policies}`;

it.each<[string, string, RegExp | '']>([
  ['a good one', POLICY, ''],
  ['a later policy for other days', `${POLICY.replace('[I, II] }', '[I, II], days: off }')}${POLICY.replace('grave', 'rest')}`, ''],
  ['a step that is no later', POLICY.replace('15m', '5m'), /^line 8: policies\.0\.steps\.1\.after: must be later/],
  ['a step at once', POLICY.replace('5m', '0m'), /^line 7: policies\.0\.steps\.0\.after: must be at least 1m/],
  ['a rung that is none', POLICY.replace('[deputy]', '[mayor]'), /^line 8: policies\.0\.steps\.1\.tell\.0/],
  ['a span that is none', POLICY.replace('5m', '5 minutes'), /^line 7: policies\.0\.steps\.0\.after: must be a span/],
  ['a name twice', `${POLICY}${POLICY.replace('[I, II]', '[III]')}`, /^line 9: policies\.1\.id: grave is used/],
  [
    'one that is never reached',
    `${POLICY}${POLICY.replace('grave', 'other').replace('[I, II]', '[II]')}`,
    /policies\.1\.for: is never reached: grave/,
  ],
  ['clocks of an alert', POLICY.replace('[I, II] }', '[I, II], clocks: [OP-01] }'), /policies\.0\.for\.clocks: an alert has no clock/],
  ['a word too many', `${POLICY}    until: acknowledged\n`, /policies\.0/],
])('%s', (_, policies, said) => {
  if (said === '') expect(faults(file(policies))).toBe('');
  else expect(faults(file(policies))).toMatch(said);
});

it('reads that of the repository', () => {
  const { policies, people } = readEscalation(resolve('config'));
  expect(policies.length).toBeGreaterThan(3);
  expect(people.head).toHaveLength(1);
  expect(policies.find(({ id }) => id === 'grave-alert-off')!.steps[0]).toEqual({ afterMinutes: 5, tell: ['officer', 'leader'] });
});
