import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

const ID_BYTES = 16;
const TIME_BYTES = 4;
const MAC_BYTES = 12;
const MINUTE = 60_000;
/** So long a link in a message may be used. After that the person logs in. */
export const LINK_LASTS_MS = 24 * 60 * MINUTE;

/** What a link stands for: one notice, which is one person's. */
export interface AcknowledgeLink {
  noticeId: string;
  endsAt: Date;
}

/**
 * Writes and reads the links by which a person acknowledges from a message. A link is made of the notice, its end and a signature, so
 * the same message holds the same link at every attempt, and nobody can make one; that it acts once is kept with the notice.
 */
export class AcknowledgeLinks {
  private readonly key: Buffer;

  /** @param secret 32 bytes (HUIYING_SECRET_KEY) */
  constructor(
    secret: Buffer,
    private readonly publicUrl: string,
  ) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', 'huiying acknowledge link', 32));
  }

  /** 43 letters behind /a/: short enough for a short message. */
  write({ noticeId, endsAt }: AcknowledgeLink): string {
    const time = Buffer.alloc(TIME_BYTES);
    time.writeUInt32BE(Math.ceil(endsAt.getTime() / MINUTE));
    const body = Buffer.concat([Buffer.from(noticeId.replaceAll('-', ''), 'hex'), time]);
    return new URL(`/a/${Buffer.concat([body, this.mac(body)]).toString('base64url')}`, this.publicUrl).href;
  }

  /** What a token stands for; null where it is none of ours. Whether it has ended, the caller looks at. */
  read(token: string): AcknowledgeLink | null {
    if (!/^[\w-]{43}$/.test(token)) return null;
    const bytes = Buffer.from(token, 'base64url');
    const body = bytes.subarray(0, ID_BYTES + TIME_BYTES);
    const mac = bytes.subarray(ID_BYTES + TIME_BYTES);
    if (mac.length !== MAC_BYTES || !timingSafeEqual(mac, this.mac(body))) return null;
    const hex = body.subarray(0, ID_BYTES).toString('hex');
    const noticeId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    return { noticeId, endsAt: new Date(body.readUInt32BE(ID_BYTES) * MINUTE) };
  }

  private mac(body: Buffer): Buffer {
    return createHmac('sha256', this.key).update(body).digest().subarray(0, MAC_BYTES);
  }
}
