import { isSignature, judgeTime, signatureOf, signedHeaders } from './request-signature.js';

const KEY = 'a-key-of-the-hotline-system';
const parts = {
  method: 'post',
  path: '/api/hotline/records?a=1',
  timestamp: '1795680000',
  nonce: 'f3a1c0de9b7742aa',
  body: '{"a":"停水"}',
};

describe('signatureOf', () => {
  it('is what the handbook says: a fixed example for other languages', () =>
    expect(signatureOf(parts, KEY)).toBe('ecf3ad2beed3602fefe6f482f0a28e2bfe5d6094ae93bafe948d90d41d99e522'));

  it.each<[string, Partial<typeof parts>]>([
    ['method', { method: 'PUT' }],
    ['path', { path: '/api/hotline/records?a=2' }],
    ['time', { timestamp: '1795680001' }],
    ['nonce', { nonce: 'f3a1c0de9b7742ab' }],
    ['body', { body: '{"a":"停水 "}' }],
  ])('changes with the %s', (_, other) => {
    const signature = signatureOf(parts, KEY);
    expect(isSignature(signature, parts, KEY)).toBe(true);
    expect(isSignature(signature, { ...parts, ...other }, KEY)).toBe(false);
  });

  it.each(['', 'x', '0'.repeat(64), '停'.repeat(64), 'f'.repeat(63)])('%p is none', (given) =>
    expect(isSignature(given, parts, KEY)).toBe(false),
  );
  it('does not fit another key', () => expect(isSignature(signatureOf(parts, KEY), parts, `${KEY}2`)).toBe(false));
  it('never carries the key', () => expect(JSON.stringify(signedHeaders(parts, 'hotline', KEY))).not.toContain(KEY));
});

describe('judgeTime', () => {
  const now = new Date(1_795_680_000_999);
  it.each([
    ['1795680000', 'fits'],
    ['1795679700', 'fits'],
    ['1795679699', 'too-old'],
    ['1795680300', 'fits'],
    ['1795680301', 'too-new'],
    ['1795680000000', 'no-time'],
    ['2026-11-26', 'no-time'],
    ['', 'no-time'],
    ['-1795680000', 'no-time'],
  ])('%s: %s', (timestamp, verdict) => expect(judgeTime(timestamp, now)).toBe(verdict));
});
