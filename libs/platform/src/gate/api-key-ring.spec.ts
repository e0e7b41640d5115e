import { Database } from '@huiying/persistence';
import { readEnvironment } from '@huiying/settings';
import { ApiKeyRing, keyDigest, type KnownKey } from './api-key-ring.js';

it('speaks of the near end of a key once a day, whichever route it was used on, and of each key by itself', () => {
  const ring = new ApiKeyRing(readEnvironment({}), {} as Database);
  const key = (text: string) => ({ digest: keyDigest(text) }) as KnownKey;
  const [today, tomorrow] = [new Date('2026-11-23T10:00:00+08:00'), new Date('2026-11-24T10:00:00+08:00')];
  expect([ring.isDueToSay(key('a'), today), ring.isDueToSay(key('a'), today), ring.isDueToSay(key('b'), today)]).toEqual([
    true,
    false,
    true,
  ]);
  expect(ring.isDueToSay(key('a'), tomorrow)).toBe(true);
});
