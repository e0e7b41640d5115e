import type { FormInstance } from 'antd';
import { fieldFaults } from '../api/problem-words.js';

type Form = Pick<FormInstance, 'getFieldsError' | 'setFields' | 'scrollToField'>;

/** The server's faults, each beside the field that it is of or lies in, the first in sight. True where every one found its field. */
export function showFaults(form: Form, error: unknown): boolean {
  const fields = form.getFieldsError().map(({ name }) => name);
  const faults = fieldFaults(error).map(({ name, message }) => {
    const path = name.join('.');
    const field = fields.find((one) => one.join('.') === path) ?? fields.find((one) => path.startsWith(`${one.join('.')}.`));
    return { field, message: message.replace(/^[\w.]+：/, '') };
  });
  form.setFields(faults.flatMap(({ field, message }) => (field === undefined ? [] : [{ name: field, errors: [message] }])));
  const first = faults.find(({ field }) => field !== undefined)?.field;
  if (first !== undefined) form.scrollToField(first, { block: 'center' });
  return faults.length > 0 && faults.every(({ field }) => field !== undefined);
}

/** To be called with what a person just changed: what the server said of it holds no more. A field with rules looks to itself. */
export function forgetFaults(form: Form, changed: object): void {
  const stale = form.getFieldsError().filter(({ name, errors }) => errors.length > 0 && isIn(changed, name));
  form.setFields(stale.map(({ name }) => ({ name, errors: [] })));
}

function isIn(changed: unknown, [first, ...rest]: readonly (string | number)[]): boolean {
  if (first === undefined) return true;
  return typeof changed === 'object' && changed !== null && first in changed && isIn((changed as Record<string, unknown>)[first], rest);
}
