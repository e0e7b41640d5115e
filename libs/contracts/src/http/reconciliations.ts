import { z } from 'zod';
import { orderStates } from './orders.js';
import { dayField } from './fields.js';

/** What a system hands in of its orders of one day, to be compared (对账). */
export const reconcileRequest = z
  .object({
    orders: z
      .array(
        z
          .object({
            orderNo: z.string().trim().min(1).max(64).describe('工单号'),
            state: orderStates.describe('对方所知的状态'),
            seq: z.int32().min(0).nullable().default(null).describe('对方收到的最后一件的序号；不计序的填 null'),
            checksum: z
              .string()
              .regex(/^[0-9a-f]{64}$/, 'must be SHA-256 in hex')
              .nullable()
              .default(null)
              .describe('校验值；不算的填 null'),
          })
          .strict(),
      )
      .max(50_000)
      .describe('对方当天受理的全部工单'),
  })
  .strict();

export const reconciliation = z.object({
  day: z.iso.date().describe('对账日'),
  at: z.iso.datetime().describe('对账时间'),
  theirCount: z.int().describe('对方件数'),
  ourCount: z.int().describe('本系统件数'),
  differences: z.array(
    z.object({
      orderNo: z.string(),
      kind: z.enum(['missing-here', 'missing-there', 'behind', 'ahead', 'state', 'content']),
      word: z.string(),
      oursWord: z.string().nullable().describe('本系统状态的中文'),
      theirsWord: z.string().nullable().describe('对方状态的中文'),
      ours: orderStates.nullable(),
      theirs: orderStates.nullable(),
      ourSeq: z.int().nullable(),
      theirSeq: z.int().nullable(),
    }),
  ),
  gaps: z.array(z.object({ from: z.string(), to: z.string(), count: z.int() })).describe('单号断号'),
});
export type ReconciliationAnswer = z.infer<typeof reconciliation>;

/** GET /api/reconciliations. */
export interface ReconciliationView extends ReconciliationAnswer {
  client: string;
  repairedAt: string | null;
  repairedBy: string | null;
}

/** GET …/reconciliations/:day: our side, so that the other can compare by itself. */
export const reconciliationSide = z.object({
  day: dayField,
  count: z.int(),
  byState: z.record(z.string(), z.int()),
  orders: z.array(z.object({ orderNo: z.string(), state: orderStates, seq: z.int(), checksum: z.string() })),
});
