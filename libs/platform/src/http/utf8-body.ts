import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { BadInput } from '@huiying/domain';

export const SEND_UTF8 = '请求内容不是 UTF-8 编码（可能是 GBK），请转换为 UTF-8 后重新发送';

/** Read as UTF-8, text in another encoding would be kept with its characters lost. @throws BadInput */
export function proveUtf8(bytes: Uint8Array): void {
  if (!isUtf8(bytes)) throw new BadInput([{ field: '(body)', rule: 'must be UTF-8', message: SEND_UTF8 }]);
}

/**
 * `verify` of the body parser: sees the bytes after they were unpacked and before they are read. They are kept, for a signature is over
 * them. A charset that is declared is decoded by the parser itself.
 */
export function verifyBody(request: IncomingMessage & { rawBody?: Buffer }, _response: unknown, bytes: Buffer, charset: string): void {
  request.rawBody = bytes;
  if (charset === 'utf-8') proveUtf8(bytes);
}
