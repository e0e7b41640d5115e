const TEXT_OID = 25;

/**
 * A text[] parameter in PostgreSQL's binary form (array_recv). As text every quote of a JSON value is escaped here and
 * unescaped there, which costs more than everything else that is done with the value.
 */
export function textArray(values: readonly string[]): Buffer {
  const bytes = values.map((value) => Buffer.from(value, 'utf8'));
  const whole = Buffer.allocUnsafe(20 + bytes.reduce((sum, b) => sum + 4 + b.length, 0));
  const header = values.length === 0 ? [0, 0, TEXT_OID] : [1, 0, TEXT_OID, values.length, 1];
  let at = 0;
  for (const word of header) at = whole.writeInt32BE(word, at);
  for (const value of bytes) {
    at = whole.writeInt32BE(value.length, at);
    at += value.copy(whole, at);
  }
  return whole.subarray(0, at);
}
