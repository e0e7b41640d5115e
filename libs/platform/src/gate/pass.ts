import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** What a person may do for a short time in a service that does not know who is logged in. */
const pass = z.object({
  purpose: z.enum(['hotline-import', 'caller']),
  /** What exactly, e.g. an order number; null where the purpose says it all. */
  subject: z.string().nullable(),
  by: z.object({ personId: z.string(), name: z.string(), origin: z.string() }),
  reason: z.string().nullable(),
  /** Milliseconds since 1970. */
  endsAt: z.number(),
});
export type Pass = z.infer<typeof pass>;

/**
 * Writes and reads passes. Whoever knows who is logged in gives one out; another service, with the same secret (HUIYING_SECRET_KEY), opens
 * it. What stands in a pass may be read by its holder, and changed by nobody.
 */
export class PassOffice {
  private readonly key: Buffer;

  /** @param secret 32 bytes */
  constructor(secret: Buffer) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', 'huiying pass', 32));
  }

  write(given: Pass): string {
    const text = Buffer.from(JSON.stringify(given)).toString('base64url');
    return `${text}.${this.mac(text).toString('base64url')}`;
  }

  /** The pass, or null where it is none of ours, has ended, or is for something else. */
  read(text: string, purpose: Pass['purpose'], now: Date): Pass | null {
    const [body = '', mac = ''] = text.split('.');
    const given = Buffer.from(mac, 'base64url');
    const expected = this.mac(body);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
    const read = pass.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
    return read.success && read.data.purpose === purpose && read.data.endsAt > now.getTime() ? read.data : null;
  }

  private mac(text: string): Buffer {
    return createHmac('sha256', this.key).update(text).digest();
  }
}
