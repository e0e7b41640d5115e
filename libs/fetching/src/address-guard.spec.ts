import { guardedLookup, hostAndPort, isPublicAddress, literalAddress } from './address-guard.js';

describe('isPublicAddress', () => {
  it.each(['8.8.8.8', '223.5.5.5', '2400:3200::1', '100.63.255.255', '172.32.0.1', '192.169.0.1'])('%s is public', (ip) =>
    expect(isPublicAddress(ip)).toBe(true),
  );
  it.each([
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.100.100.200',
    '100.64.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '198.18.0.1',
    '192.0.2.1',
    '::1',
    '::',
    'fe80::1',
    'fd00:ec2::254',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:a00:1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:0:1::',
    'not an address',
    '',
  ])('%s is not', (ip) => expect(isPublicAddress(ip)).toBe(false));
});

describe('hostAndPort', () => {
  it.each([
    ['http://News.Example/rss', 'news.example:80'],
    ['https://news.example/rss', 'news.example:443'],
    ['http://127.0.0.1:8621/x', '127.0.0.1:8621'],
    // The URL parser itself turns the other spellings of an address into the usual one.
    ['http://0x7f.1/', '127.0.0.1:80'],
    ['http://2130706433/', '127.0.0.1:80'],
    ['http://[::1]:81/', '[::1]:81'],
  ])('%s is %s', (url, expected) => expect(hostAndPort(new URL(url))).toBe(expected));
});

it('literalAddress takes the brackets off and knows a name from an address', () => {
  expect(literalAddress('[::1]')).toBe('::1');
  expect(literalAddress('news.example')).toBeNull();
});

describe('guardedLookup', () => {
  const answering = (...addresses: string[]) =>
    guardedLookup((_host, _options, callback) =>
      callback(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      ),
    );
  const look = (lookup: ReturnType<typeof guardedLookup>, all: boolean) =>
    new Promise((resolve) => lookup('a.example', { all }, (error, address) => resolve(error ?? address)));

  it('leaves out the private ones of several addresses', async () => {
    expect(await look(answering('10.0.0.1', '8.8.8.8'), true)).toEqual([{ address: '8.8.8.8', family: 4 }]);
    expect(await look(answering('10.0.0.1', '8.8.8.8'), false)).toBe('8.8.8.8');
  });

  it('refuses a name that has only private ones, or none', async () => {
    expect(await look(answering('169.254.169.254'), true)).toMatchObject({ name: 'BlockedAddress', address: '169.254.169.254' });
    expect(await look(answering(), true)).toMatchObject({ name: 'BlockedAddress' });
  });
});
