import type { FormInstance } from 'antd';
import { Refused } from '../api/request.js';
import { forgetFaults, showFaults } from './form-faults.js';

/** What a form keeps of its fields' errors, and no more of it. */
function formOf(...names: (string | number)[][]) {
  const fields = names.map((name) => ({ name, errors: [] as string[], warnings: [] }));
  const setFields = (data: { name: unknown; errors: string[] }[]) =>
    data.forEach(({ name, errors }) => (fields.find((field) => String(field.name) === String(name))!.errors = errors));
  const form = { getFieldsError: () => fields, setFields, scrollToField: () => undefined } as unknown as FormInstance;
  return { form, said: () => Object.fromEntries(fields.map(({ name, errors }) => [name.join('.'), errors])) };
}
const refused = (...fields: string[]) =>
  new Refused({
    code: 'bad-input',
    status: 400,
    detail: 'x',
    message: 'x',
    faults: fields.map((field) => ({ field, rule: 'must be', message: `${field}：有误` })),
  });

it('puts each fault beside its field, one inside it too, without the field’s name in English', () => {
  const { form, said } = formOf(['text'], ['evidence', 'url'], ['evidence', 'file']);
  expect(showFaults(form, refused('evidence.url', 'evidence.file.name'))).toBe(true);
  expect(said()).toEqual({ text: [], 'evidence.url': ['有误'], 'evidence.file': ['有误'] });
});
it('finds a field whose own name has a dot', () => {
  const { form, said } = formOf(['secrets.key'], ['secrets.token']);
  expect(showFaults(form, refused('secrets.key'))).toBe(true);
  expect(said()['secrets.key']).toEqual(['有误']);
});
it('leaves to say what stands beside no field', () => {
  const { form } = formOf(['text']);
  expect(showFaults(form, refused('text', 'tasks.0.role'))).toBe(false);
  expect(showFaults(form, new Error('boom'))).toBe(false);
});
it('forgets a fault when its field changes, and no other', () => {
  const { form, said } = formOf(['text'], ['evidence', 'url'], ['evidence', 'file'], ['secrets.key']);
  showFaults(form, refused('text', 'evidence.url', 'evidence.file', 'secrets.key'));
  forgetFaults(form, { evidence: { file: null } });
  expect(said()).toEqual({ text: ['有误'], 'evidence.url': ['有误'], 'evidence.file': [], 'secrets.key': ['有误'] });
  forgetFaults(form, { 'secrets.key': undefined });
  expect(said()['secrets.key']).toEqual([]);
});
