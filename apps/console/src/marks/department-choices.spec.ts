import { BY_NAMES, departmentChoices } from './department-choices.js';

const [housing] = departmentChoices([{ id: 'housing', name: '望川市住房和城乡建设局', shortName: '市住建局' }]);

it.each([
  ['住建局', true],
  ['城乡建设', true],
  [' 市住建 ', true],
  ['水利', false],
])('finds a department by %s: %s', (typed, found) => expect(BY_NAMES.filterOption(typed, housing)).toBe(found));
it('shows its whole name', () => expect(housing).toMatchObject({ value: 'housing', label: '望川市住房和城乡建设局' }));
it('finds what has one name by that', () => expect(BY_NAMES.filterOption('ab', { value: 'x', label: 'xABx' })).toBe(true));
