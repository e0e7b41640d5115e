/** A mobile number of the mainland as robots and gateways take it: eleven digits; null where the text is none. */
export function mobileOf(text: string | null): string | null {
  const digits = (text ?? '').replace(/[\s-]/g, '').replace(/^(\+|00)86/, '');
  return /^1\d{10}$/.test(digits) ? digits : null;
}
