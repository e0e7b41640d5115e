import { hotlineRecord } from '@huiying/contracts/http';
import { z } from 'zod';
import { check, faultsOf } from './valid.pipe.js';

const RECORD = { orderNo: 'A', content: '停水', receivedAt: '2026-11-02' };
const messagesOf = (schema: z.ZodType, value: unknown) => faultsOf(schema, value, schema.safeParse(value).error!).map((f) => f.message);

it.each<[object | null, string]>([
  [null, '(body)：应为对象，给出的是null'],
  [{ receivedAt: '昨天' }, 'receivedAt：应为“2026-11-02 08:30:00”这样的时间'],
  [{ regionCode: '12' }, 'regionCode：应为 6–12 位数字'],
  [{ title: '长'.repeat(501) }, 'title：应为至多 500 字，当前 501 字'],
  [{ content: ' ' }, 'content：不能为空'],
  [{ content: undefined }, 'content：必填，没有给出'],
  [{ content: null }, 'content：应为文字，给出的是null'],
  [{ version: 3_000_000_000 }, 'version：应不大于 2147483647，当前为 3000000000'],
  [{ version: 1.5 }, 'version：应为整数，给出的是 1.5'],
  [{ caller: { phone: 13812345678 } }, 'caller.phone：应为文字，给出的是数字'],
  [{ version: '2' }, 'version：应为数字，给出的是文字'],
  [{ urges: -1 }, 'urges：应不小于 0，当前为 -1'],
  [{ coUnits: Array.from({ length: 21 }, () => '局') }, 'coUnits：应为至多 20 项，当前 21 项'],
  [{ colour: 1 }, '(body)：没有名为 colour 的字段'],
])('%j: %s', (more, message) => expect(messagesOf(hotlineRecord, more && { ...RECORD, ...more })).toEqual([message]));

describe('a text that the database cannot hold', () => {
  const schema = z.object({
    reason: z.string(),
    parts: z.array(z.object({ text: z.string().nullable() })).default([]),
    at: z.date().optional(),
  });

  it.each<[string, object, string[]]>([
    ['U+0000', { reason: '停\0水' }, ['reason']],
    ['half of an emoji', { reason: '停水\ud83d' }, ['reason']],
    ['one deep inside', { reason: '停水', parts: [{ text: null }, { text: '\udca7水' }] }, ['parts.1.text']],
  ])('%s is refused, its field named', (_, value, fields) => {
    expect(() => check(schema, value)).toThrow(
      expect.objectContaining({ faults: fields.map((field) => expect.objectContaining({ field }) as unknown) }) as Error,
    );
  });

  it('one deeper than anybody sends is not followed', () => {
    let deep: unknown = 'x';
    for (let i = 0; i < 100_000; i++) deep = [deep];
    expect(() => check(z.looseObject({}), { deep })).toThrow(/must not be nested deeper than 100/);
  });

  it('a whole emoji is none', () => {
    const value = { reason: '停水💧', parts: [{ text: '\t\n' }], at: new Date(0) };
    expect(check(schema, value)).toEqual(value);
  });
});
