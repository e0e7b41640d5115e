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

/** A thing people may ask for by Open311 (service), and which of our orders are of it. */
const georeportService = z
  .object({
    code: z.string().regex(/^[\w.-]{1,32}$/, 'must be 1 to 32 letters, digits, _ . -'),
    name: z.string().min(1).max(100),
    description: z.string().max(1_000).default(''),
    keywords: z.array(z.string()).default([]),
    group: z.string().max(100).default(''),
    /** realtime: answered with the order's number; batch: with a token that is exchanged for it. */
    type: z.enum(['realtime', 'batch']).default('realtime'),
    /** The hotline's words of matters that belong to it, besides its code. */
    categories: z.array(z.string()).default([]),
    appealType: z.enum(['咨询', '求助', '投诉', '举报', '意见建议']).default('求助'),
    notice: z.string().max(500).default(''),
    attributes: z
      .array(
        z
          .object({
            code: z.string().regex(/^\w{1,32}$/, 'must be 1 to 32 letters, digits, _'),
            description: z.string().min(1).max(200),
            datatype: z.enum(['string', 'number', 'datetime', 'text', 'singlevaluelist', 'multivaluelist']).default('string'),
            required: z.boolean().default(false),
            hint: z.string().max(200).default(''),
            /** false: a sentence that is shown, and no question. */
            variable: z.boolean().default(true),
            /** Of the lists: key: name. */
            values: z.record(z.string(), z.string()).default({}),
          })
          .strict()
          .refine(({ datatype, values }) => datatype.endsWith('list') === Object.keys(values).length > 0, {
            message: 'must have values where datatype is a list, and only there',
          }),
      )
      .default([]),
  })
  .strict();
export type GeoreportService = z.infer<typeof georeportService>;

/** What our orders are to who asks by Open311 GeoReport v2. */
const georeport = z
  .object({
    jurisdictionId: z.string().min(1).max(100),
    /** Stands before the numbers of orders that came in this way. */
    prefix: z
      .string()
      .regex(/^[A-Za-z0-9-]{1,16}$/, 'must be 1 to 16 letters, digits, -')
      .default('O311-'),
    contact: z.string().max(200).default(''),
    /** Fields of a request that only who asks is told, beside those of `fields`. */
    fields: z.record(fieldName, field).default({}),
    /** The last one takes what belongs to none of the others. */
    services: z.array(georeportService).min(1),
  })
  .strict()
  .superRefine(({ services }, fault) => {
    services.forEach(({ code }, i) => {
      if (services.findIndex((other) => other.code === code) < i)
        fault.addIssue({ code: 'custom', path: ['services', i, 'code'], message: `${code} is used by an earlier service` });
    });
  });
export type Georeport = z.infer<typeof georeport>;

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
    /** Lets others ask and report by Open311 GeoReport v2. */
    georeport: georeport.nullable().default(null),
  })
  .strict()
  .superRefine((file, fault) => {
    if (file.fields === 'whole') {
      if (file.format !== 'json') fault.addIssue({ code: 'custom', path: ['fields'], message: 'may be whole for format json only' });
      return;
    }
    for (const [name, one] of Object.entries({ ...file.fields, ...file.georeport?.fields }))
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
