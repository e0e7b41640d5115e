import { z } from 'zod';

/** 20m · 4h40m · 2h, as milliseconds. */
export const span = z
  .string()
  .regex(/^(?=\d)(\d{1,3}h)?(\d{1,3}m)?$/, 'must be a span as 20m or 4h40m')
  .transform((text) => {
    const [, hours, minutes] = /^(?:(\d+)h)?(?:(\d+)m)?$/.exec(text)!;
    return (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  });
