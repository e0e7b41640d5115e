import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const FORM = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_ID_BYTES = 4;
const HEAD_BYTES = 1 + KEY_ID_BYTES + IV_BYTES + TAG_BYTES;

/** The sealed bytes cannot be opened: other key, other place, or changed. */
export class BrokenSeal extends Error {
  constructor(why: string) {
    super(`the sealed record cannot be opened: ${why}`);
    this.name = 'BrokenSeal';
  }
}

/**
 * Encrypts what must not be read by whoever sees the database (个人信息保护法第51条). AES-256-GCM; form, key id, nonce and tag stand
 * before the text, so that a later key or form can be told from this one.
 */
export class RecordSeal {
  private readonly sealKey: Buffer;
  private readonly macKey: Buffer;
  private readonly keyId: Buffer;

  /**
   * @param secret 32 bytes
   * @param of what is sealed: what is sealed as one thing does not open as another
   */
  constructor(secret: Buffer, of: 'hotline' | 'api-key' | 'channel' = 'hotline') {
    const derived = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, '', `huiying ${of} ${purpose}`, 32));
    this.sealKey = derived('seal');
    this.macKey = derived('mac');
    this.keyId = createHash('sha256').update(this.sealKey).digest().subarray(0, KEY_ID_BYTES);
  }

  /** @param place what the text belongs to; a sealed text moved to another place does not open */
  seal(text: Buffer, place: string): Buffer {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.sealKey, iv).setAAD(Buffer.from(place));
    const body = Buffer.concat([cipher.update(text), cipher.final()]);
    return Buffer.concat([Buffer.from([FORM]), this.keyId, iv, cipher.getAuthTag(), body]);
  }

  /** @throws BrokenSeal */
  open(sealed: Buffer, place: string): Buffer {
    if (sealed.length < HEAD_BYTES || sealed[0] !== FORM) throw new BrokenSeal('unknown form');
    if (!sealed.subarray(1, 1 + KEY_ID_BYTES).equals(this.keyId)) throw new BrokenSeal('sealed with another key');
    const iv = sealed.subarray(1 + KEY_ID_BYTES, 1 + KEY_ID_BYTES + IV_BYTES);
    const tag = sealed.subarray(HEAD_BYTES - TAG_BYTES, HEAD_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.sealKey, iv, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(place))
      .setAuthTag(tag);
    try {
      return Buffer.concat([decipher.update(sealed.subarray(HEAD_BYTES)), decipher.final()]);
    } catch {
      throw new BrokenSeal('changed, or of another place');
    }
  }

  /** A keyed digest: equal texts are seen to be equal, and a phone number cannot be found by trying all of them. */
  mac(text: string): Buffer {
    return createHmac('sha256', this.macKey).update(text).digest();
  }
}
