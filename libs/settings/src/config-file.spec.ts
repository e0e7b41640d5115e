import { z } from 'zod';
import { BadConfig, parseConfig } from './config-file.js';

const schema = z.object({ units: z.array(z.object({ name: z.string() }).strict()) }).strict();
const faultsOf = (text: string): string[] => {
  try {
    parseConfig('config/units.yaml', text, schema);
    return [];
  } catch (error) {
    return (error as BadConfig).faults;
  }
};

it.each([
  ['a good file', 'units:\n  - name: 水务集团\n', []],
  ['a value of another kind', 'units:\n  - name: 水务集团\n  - name: 7\n', [/^line 3: units\.1\.name: /]],
  ['a value that is missing', 'units:\n  - name: 水务集团\n  - {}\n', [/^line 3: units\.1\.name: /]],
  ['a name that is not known, at the end', 'units:\n  - name: 水务集团\nfoo: 1\n', [/^line 3: .*foo/]],
  ['one inside', 'units:\n  - name: 水务集团\n    short: 水务\n', [/^line 3: units\.0: .*short/]],
  ['one without a value', 'units: []\nfoo:\n', [/^line 2: .*foo/]],
  ['what is no YAML', 'units: [\n', [/^line \d: /]],
])('%s', (_, text, faults) => {
  expect(faultsOf(text)).toEqual(faults.map((words) => expect.stringMatching(words)));
});
