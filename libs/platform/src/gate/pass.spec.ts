import { PassOffice, type Pass } from './pass.js';

const office = new PassOffice(Buffer.alloc(32, 1));
const now = new Date('2026-11-02T09:00:00+08:00');
const given: Pass = {
  purpose: 'caller',
  subject: 'WC1',
  by: { personId: 'p', name: '陆文静', origin: '10.0.0.1' },
  reason: '回访',
  endsAt: now.getTime() + 60_000,
};
const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);

describe('PassOffice', () => {
  it('reads what it wrote, until it ends', () => {
    const text = office.write(given);
    expect(office.read(text, 'caller', now)).toEqual(given);
    expect(office.read(text, 'caller', at(59.999))).toEqual(given);
    expect(office.read(text, 'caller', at(60))).toBeNull();
  });
  it('does not read one for another purpose, of another city, or changed', () => {
    const text = office.write(given);
    const [body, mac] = text.split('.');
    const other = Buffer.from(JSON.stringify({ ...given, subject: 'WC2' })).toString('base64url');
    expect(office.read(text, 'hotline-import', now)).toBeNull();
    expect(new PassOffice(Buffer.alloc(32, 2)).read(text, 'caller', now)).toBeNull();
    for (const bad of [`${other}.${mac}`, `${body}.`, body!, '', '.', `${body}.${mac}x`, '停水.停水'])
      expect(office.read(bad, 'caller', now)).toBeNull();
  });
});
