import { shortOrgan } from './organ.js';

it.each([
  ['望川市应急管理局', '市应急管理局'],
  ['中共望川市委宣传部', '市委宣传部'],
  ['临浦区人民政府', '临浦区人民政府'],
  ['中共临浦区委', '中共临浦区委'],
  ['望川市', '望川市'],
])('%s is called %s', (name, short) => expect(shortOrgan(name, '望川市')).toBe(short));
