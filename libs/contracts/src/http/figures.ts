import { z } from 'zod';
import { dayField } from './fields.js';

/** GET /api/figures and, for other systems, /api/hotline/v1/figures. */
export const figuresQuery = z.object({
  /** 首日 */
  from: dayField,
  /** 末日（含） */
  to: dayField,
  /** 整段，或按日、周、月分开；周和月取整 */
  step: z.enum(['whole', 'day', 'week', 'month']).default('whole'),
  /** step 为 whole 时并列的对照期：上一期或去年同期 */
  rival: z.enum(['none', 'previous', 'year-ago']).default('none'),
  format: z.enum(['json', 'csv']).default('json'),
});
export type FiguresQuery = z.output<typeof figuresQuery>;

const cell = z.object({
  /** A count, or a rate of 0..1; null: nothing to tell. */
  value: z.number().nullable(),
  part: z.number().int().nullable(),
  whole: z.number().int().nullable(),
});

/** What departments did, span by span; every figure as it stood at its span's end, or now while that lasts. */
export const figuresView = z.object({
  takenAt: z.iso.datetime(),
  step: figuresQuery.shape.step.unwrap(),
  spans: z.array(z.object({ firstDay: z.string(), lastDay: z.string(), isFinal: z.boolean() })),
  measures: z.array(z.object({ id: z.string(), name: z.string(), formula: z.string(), isRate: z.boolean() })),
  rows: z.array(
    z.object({
      /** null: the whole city, with what no department has. Always the first row. */
      departmentId: z.string().nullable(),
      departmentName: z.string(),
      /** By span, then by measure, in the order of those lists. */
      cells: z.array(z.array(cell)),
    }),
  ),
});
export type FiguresView = z.infer<typeof figuresView>;
export type FigureCell = z.infer<typeof cell>;
