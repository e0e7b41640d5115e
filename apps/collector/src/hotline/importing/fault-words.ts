import { HOTLINE_FIELD_WORDS, type HotlineField } from '@huiying/contracts/http';
import type { Fault } from '@huiying/domain';

/** The words of a record's own fields that stand apart in files. */
const CALLER: Record<string, HotlineField> = {
  'caller.name': 'callerName',
  'caller.phone': 'callerPhone',
  'caller.idNo': 'callerIdNo',
  'caller.gender': 'callerGender',
};

/** A fault as staff read it: the field by its word instead of its code, the rule in Chinese. */
export function faultWords({ field, rule, message }: Pick<Fault, 'field' | 'rule' | 'message'>): string {
  const word = HOTLINE_FIELD_WORDS[(CALLER[field] ?? field) as HotlineField] as string | undefined;
  const said = (message ?? rule).replace(`${field}：`, '');
  return word === undefined ? (message ?? rule) : `${word}：${said}`;
}
