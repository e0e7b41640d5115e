import { AcknowledgeLinks } from './acknowledge-link.js';

const links = new AcknowledgeLinks(Buffer.alloc(32, 1), 'https://huiying.example');
const given = { noticeId: '0f8fad5b-d9cb-469f-a165-70867728950e', endsAt: new Date('2026-11-19T01:00:00Z') };
const tokenOf = (url: string) => url.split('/').at(-1)!;

it('reads what it wrote, and writes the same link again', () => {
  const url = links.write(given);
  expect(url).toMatch(/^https:\/\/huiying\.example\/a\/[\w-]{43}$/);
  expect(links.write(given)).toBe(url);
  expect(links.read(tokenOf(url))).toEqual(given);
});

it('reads none that was changed, is of another city, or is no token', () => {
  const token = tokenOf(links.write(given));
  for (let i = 0; i < token.length; i++) {
    const changed = `${token.slice(0, i)}${token[i] === 'A' ? 'B' : 'A'}${token.slice(i + 1)}`;
    // The last letter holds two bits that stand for nothing.
    if (Buffer.from(changed, 'base64url').equals(Buffer.from(token, 'base64url'))) continue;
    expect(links.read(changed)).toBeNull();
  }
  expect(new AcknowledgeLinks(Buffer.alloc(32, 2), 'https://huiying.example').read(token)).toBeNull();
  for (const bad of ['', 'x', `${token}A`, token.slice(1), '停'.repeat(43), '../../etc/passwd']) expect(links.read(bad)).toBeNull();
});
