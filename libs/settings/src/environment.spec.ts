import { writeApiKey, BadEnvironment, readEnvironment } from './environment.js';

const faultsOf = (env: Record<string, string>): string[] => {
  try {
    readEnvironment(env);
    return [];
  } catch (error) {
    if (error instanceof BadEnvironment) return error.faults;
    throw error;
  }
};

describe('readEnvironment', () => {
  it('needs nothing', () => expect(readEnvironment({})).toMatchObject({ log: 'postgres', port: 8620, databaseUrl: null, demo: true }));

  it('takes an empty value for not set', () => expect(readEnvironment({ HUIYING_SMTP_URL: '' }).smtpUrl).toBeNull());

  it.each([
    ...['eighty', '0x1', '1e3', ' 80', '80.5', '-1', '65536'].map((got) => [
      { HUIYING_PORT: got },
      new RegExp(`^HUIYING_PORT must be a whole number from 0 to 65535; got ${JSON.stringify(got)}$`),
    ]),
    [{ HUIYING_DATABASE_POOL: '1' }, /^HUIYING_DATABASE_POOL must be a whole number from 2 to 200; got "1"$/],
    [{ HUIYING_RETENTION_DAYS: 'year' }, /^HUIYING_RETENTION_DAYS must be a whole number from 184 to 36500; got "year"$/],
    [{ HUIYING_AUDIT_SECONDS: '4' }, /^HUIYING_AUDIT_SECONDS must be a whole number from 5 to 3600; got "4"$/],
    [{ HUIYING_STARTED_AT: 'now' }, /^HUIYING_STARTED_AT must be a whole number from 0 to \d+; got "now"$/],
    [{ HUIYING_LOG: 'rabbit' }, /^HUIYING_LOG must be postgres or kafka; got "rabbit"$/],
    [{ HUIYING_LOG_LEVEL: 'loud' }, /^HUIYING_LOG_LEVEL must be error or warn or log or debug or verbose; got "loud"$/],
    [{ HUIYING_KAFKA_MECHANISM: 'none' }, /^HUIYING_KAFKA_MECHANISM must be plain or scram-sha-256 or scram-sha-512; got "none"$/],
    [{ HUIYING_TOPIC_PREFIX: 'A_' }, /^HUIYING_TOPIC_PREFIX must be lower-case letters, digits, dots, dashes; got "A_"$/],
    [
      { HUIYING_PUBLIC_URL: 'city.gov.cn' },
      /^HUIYING_PUBLIC_URL must be an address that starts with http:\/\/ or https:\/\/; got "city\.gov\.cn"$/,
    ],
    [{ HUIYING_COLLECTOR_URL: 'ftp://a' }, /^HUIYING_COLLECTOR_URL must be an address that starts with http.*; got "ftp:\/\/a"$/],
    [
      { HUIYING_DATABASE_URL: 'postgres://' + 'a:b:c@[' },
      /^HUIYING_DATABASE_URL must be an address that starts with postgres:\/\/ or postgresql:\/\/$/,
    ],
    [{ HUIYING_HEARTBEAT_URL: 'city' }, /^HUIYING_HEARTBEAT_URL must be an address that starts with http:\/\/ or https:\/\/$/],
    [{ HUIYING_FETCH_ALLOW: '10.0.0.7' }, /^HUIYING_FETCH_ALLOW must be host:port,host:port; got "10\.0\.0\.7"$/],
    [{ HUIYING_CHANNEL_ALLOW: 'http://a:80' }, /^HUIYING_CHANNEL_ALLOW must be host:port,host:port; got/],
    [{ KAFKA_BROKERS: 'kafka' }, /^KAFKA_BROKERS must be host:port,host:port; got "kafka"$/],
    [{ HUIYING_PROT: '80' }, /^HUIYING_PROT is not a setting of this program$/],
    [{ HUIYING_LOG: 'kafka' }, /^KAFKA_BROKERS must name/],
    [{ HUIYING_API_KEYS: 'hotline:short' }, /keys of 16 characters or more, /],
    [{ HUIYING_API_KEYS: 'hotline:short@2026-12-31' }, /keys of 16 characters or more, /],
    [{ HUIYING_API_KEYS: 'hotline:a-key-of-the-hotline@2026-02-30' }, /@YYYY-MM-DD behind it/],
    [{ HUIYING_KAFKA_USERNAME: 'city' }, /^HUIYING_KAFKA_USERNAME and HUIYING_KAFKA_PASSWORD must be set together$/],
    [{ HUIYING_KAFKA_CA: 'ca.pem' }, /^HUIYING_KAFKA_CA is for HUIYING_KAFKA_TLS=true only$/],
    [{ HUIYING_DEMO: 'yes' }, /^HUIYING_DEMO must be true or false; got "yes"$/],
  ] as [Record<string, string>, RegExp][])('%j is refused by name', (env, said) =>
    expect(faultsOf(env)).toEqual([expect.stringMatching(said)]),
  );

  it('knows several keys of one system, each with its last day in China', () => {
    const { apiKeys } = readEnvironment({
      HUIYING_API_KEYS: 'hotline:a-key-of-the-hotline@2026-12-31, hotline:the-next-key:with@signs,b:another-key-of-16',
    });
    expect(apiKeys).toEqual([
      { name: 'hotline', key: 'a-key-of-the-hotline', endsAt: new Date('2027-01-01T00:00:00+08:00') },
      { name: 'hotline', key: 'the-next-key:with@signs', endsAt: null },
      { name: 'b', key: 'another-key-of-16', endsAt: null },
    ]);
    expect(readEnvironment({ HUIYING_API_KEYS: apiKeys.map(writeApiKey).join(',') }).apiKeys).toEqual(apiKeys);
  });

  it('speaks to the brokers in the clear unless told otherwise, and as whom', () => {
    expect(readEnvironment({}).kafkaSecurity).toEqual({ tls: null, sasl: null });
    const asked = { HUIYING_KAFKA_TLS: 'true', HUIYING_KAFKA_USERNAME: 'city', HUIYING_KAFKA_PASSWORD: 'p' };
    const sasl = { mechanism: 'scram-sha-512', username: 'city', password: 'p' };
    expect(readEnvironment(asked).kafkaSecurity).toEqual({ tls: { caFile: null }, sasl });
  });

  it('tells all faults at once', () => expect(faultsOf({ HUIYING_PORT: '-1', HUIYING_LOG: 'rabbit' })).toHaveLength(2));

  it.each([
    ['HUIYING_DATABASE_URL', 'mysql://u:s3cret@h/d'],
    ['HUIYING_SECRET_KEY', 's3cret'],
    ['HUIYING_SMTP_URL', 'http://u:s3cret@h'],
    ['HUIYING_API_KEYS', 'n:s3cret'],
  ])('never shows the secret in %s', (name, value) => {
    const faults = faultsOf({ [name]: value });
    expect(faults).toHaveLength(1);
    expect(faults.join()).not.toContain('s3cret');
  });
});
