import { join } from 'node:path';
import { z } from 'zod';
import { readConfigFile } from './config-file.js';

const fieldName = z.string().regex(/^[A-Za-z_][\w.-]{0,63}$/, 'must be a name: letters, digits, _ . -, starting with a letter');

/** Where a field's value comes from: a path in our own words (order.leadUnit), or a fixed value; then its codes, its form of time, its default. */
const field = z.union([
  z.string().min(1),
  z
    .object({
      from: z.string().min(1).optional(),
      value: z.union([z.string(), z.number(), z.boolean(), z.null()]).optional(),
      /** Name of a table below; a word that is not in it is sent as it is. */
      codes: z.string().optional(),
      time: z.enum(['iso', 'beijing', 'seconds', 'milliseconds']).optional(),
      /** A list becomes one text. */
      join: z.string().optional(),
      default: z.union([z.string(), z.number(), z.boolean(), z.null()]).optional(),
    })
    .strict()
    .refine((one) => (one.from === undefined) !== (one.value === undefined), { message: 'must have from or value, one of the two' }),
]);

/** config/hotline/NAME/mapping.yaml: how a city's hotline wants to be told of a work order. */
const adapter = z
  .object({
    name: z.string().min(1),
    format: z.enum(['json', 'xml', 'form']),
    method: z.enum(['POST', 'PUT', 'PATCH']).default('POST'),
    /** Added to the receiver's address; {orderNo} and {seq} are put in. */
    path: z.string().default(''),
    /** Name of the outermost element, for XML. */
    root: fieldName.default('request'),
    headers: z.record(z.string(), z.string()).default({}),
    /** Only these actions are told; empty = all. */
    only: z.array(z.string()).default([]),
    /** Tables of codes, ours → theirs. */
    codes: z.record(z.string(), z.record(z.string(), z.union([z.string(), z.number()]))).default({}),
    /** Their field: ours. `whole`: our own form as it is. */
    fields: z.union([z.literal('whole'), z.record(fieldName, field)]),
    /** What in their answer says that it was taken, where the HTTP status alone does not. */
    success: z
      .object({ path: z.string(), equals: z.union([z.string(), z.number(), z.boolean()]) })
      .strict()
      .nullable()
      .default(null),
  })
  .strict()
  .superRefine((file, fault) => {
    if (file.fields === 'whole') {
      if (file.format !== 'json') fault.addIssue({ code: 'custom', path: ['fields'], message: 'may be whole for format json only' });
      return;
    }
    for (const [name, one] of Object.entries(file.fields))
      if (typeof one !== 'string' && one.codes !== undefined && !(one.codes in file.codes))
        fault.addIssue({
          code: 'custom',
          path: ['fields', name, 'codes'],
          message: `names the table ${one.codes}, which codes does not have`,
        });
  });
export type HotlineAdapter = z.infer<typeof adapter>;
export type AdapterField = z.infer<typeof field>;

/** The adapter of a city's hotline, from its folder. @throws BadConfig with line, field and rule of every fault */
export function readHotlineAdapter(configFolder: string, name: string): Readonly<HotlineAdapter> {
  return readConfigFile(join(configFolder, 'hotline', name), 'mapping.yaml', adapter);
}
