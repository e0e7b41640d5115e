import { onSessionLost, tellSessionLost } from '../api/request.js';
import { serverClock } from '../time/server-clock.js';
import { hotlineApi } from './hotline-api.js';

describe('the pass for imports', () => {
  const used: string[] = [];
  let given = 0;
  const answer = (body: unknown) => ({ ok: true, status: 200, text: async () => JSON.stringify(body), json: async () => body }) as Response;
  const endsAt = () => new Date(serverClock.now() + 7_200_000).toISOString();

  beforeEach(() => {
    used.length = 0;
    serverClock.sync('2026-11-27T03:00:00Z');
    jest.spyOn(globalThis, 'fetch').mockImplementation(async (path, how) => {
      if (path === '/api/hotline-passes/import') return answer({ pass: `pass-${++given}`, endsAt: endsAt() });
      used.push((how!.headers as Record<string, string>)['x-pass']!);
      return answer({});
    });
  });
  afterEach(() => jest.restoreAllMocks());

  it('is used again while its person is logged in, and never by the next one', async () => {
    await hotlineApi.progress('i');
    await hotlineApi.progress('i');
    tellSessionLost();
    await hotlineApi.progress('i');
    expect(used).toEqual(['pass-1', 'pass-1', 'pass-2']);
  });

  it('is renewed by the server’s clock, whatever the clock of this machine says', async () => {
    tellSessionLost();
    await hotlineApi.progress('i');
    jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2001-01-01T00:00:00Z'));
    serverClock.sync(new Date('2099-01-01T00:00:00Z').toISOString());
    await hotlineApi.progress('i');
    expect(new Set(used).size).toBe(2);
  });

  it('tells whoever listens until they leave', () => {
    const heard = jest.fn();
    const leave = onSessionLost(heard);
    tellSessionLost();
    leave();
    tellSessionLost();
    expect(heard).toHaveBeenCalledTimes(1);
  });
});
