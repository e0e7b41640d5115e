import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { Logger } from '@nestjs/common';
import { ApiKeys } from '@huiying/persistence';
import { ApiKeyRing, keyDigest } from '@huiying/platform';
import { SystemClock } from '@huiying/settings';
import { startBothHalves, type BothHalves } from '../../../../../test/support/both-halves.js';
import { eventually } from '../../../../../test/support/workflow-city.js';

const OF_ENVIRONMENT = 'a-key-of-the-hotline-system';
const OF_CONSOLE = { key: 'hy_a-key-made-on-the-console', signingSecret: 'its-signing-secret' };
const ENDING = 'a-key-that-ends-in-three-days';
const run = promisify(execFile);
const clock = new SystemClock();
let halves: BothHalves;
let url: string;
let examples: string[];

/** What a newcomer pastes, run by the tools that it names: the collector takes the order, the workflow its steps. */
beforeAll(async () => {
  halves = await startBothHalves(clock, { HUIYING_API_KEYS: `hotline:${OF_ENVIRONMENT},ending:${ENDING}@${inThreeDays()}` });
  url = halves.url;
  await keepConsoleKey();
  const page = await (await fetch(`${url}/api/hotline/docs`)).text();
  examples = [...page.matchAll(/<pre>([^<]*)<\/pre>/g)].map(([, shown]) =>
    shown!.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))),
  );
});
afterAll(() => halves.stop());

const inThreeDays = () => new Date(clock.now().getTime() + 3 * 86_400_000).toISOString().slice(0, 10);

async function keepConsoleKey(): Promise<void> {
  const [id, ring] = [randomUUID(), halves.app.get(ApiKeyRing, { strict: false })];
  await new ApiKeys(halves.platform.database).addKey({
    ...{ id, system: 'hotline', prefix: OF_CONSOLE.key.slice(0, 10), digest: keyDigest(OF_CONSOLE.key) },
    ...{ sealedSecret: ring.sealSecret(OF_CONSOLE.signingSecret, id), lastDay: null, madeAt: clock.now(), madeBy: 'spec' },
  });
  ring.forget();
}

/** @param given what stands in the place of the words that the page has for it */
async function pasted(script: string, given: Record<string, string>): Promise<string> {
  const filled = Object.entries(given).reduce(
    (text, [name, value]) => text.replace(new RegExp(`\\b${name}=\\p{Script=Han}+`, 'u'), `${name}=${value}`),
    script,
  );
  expect(filled).not.toMatch(/=\p{Script=Han}/u);
  const { stdout } = await run('bash', ['-c', filled], { timeout: 20_000, env: { ...process.env, URL: url } });
  return stdout;
}

it('the first example pushes an order and dispatches it', async () => {
  const [push, rest] = examples[0]!.split('# 一两秒后：');
  expect(await pasted(push!, { URL: url, KEY: OF_ENVIRONMENT })).toContain('"accepted":1');
  const order = `${url}/api/hotline/v1/orders/TRY1`;
  await eventually(async () => (await fetch(order, { headers: { 'x-api-key': OF_ENVIRONMENT } })).status === 200);
  const named = push!.split('\n').slice(0, 2).join('\n');
  expect(await pasted(`${named}\n${rest}`, { URL: url, KEY: OF_ENVIRONMENT })).toContain('"seq":');
});

it.each([
  ['a key of the environment, which signs with itself', OF_ENVIRONMENT, true],
  ['a key of the console, by its signing secret', OF_CONSOLE.signingSecret, true],
  ['a key of the console, by the key itself', OF_CONSOLE.key, false],
])('the second signs with %s: %p', async (_, secret, isTaken) => {
  const answer = JSON.parse(await pasted(examples[1]!, { SECRET: secret })) as { code?: string; orderNo?: string };
  expect([answer.code, answer.orderNo]).toEqual(isTaken ? [undefined, 'TRY1'] : ['bad-signature', undefined]);
});

it('tells once of a key that ends soon, though the collector and the workflow guard their routes each by themselves', async () => {
  const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
  const headers = { 'x-api-key': ENDING };
  for (const [method, path] of [
    ['POST', 'records'],
    ['GET', 'orders/TRY1'],
  ] as const)
    expect((await fetch(`${url}/api/hotline/v1/${path}`, { method, headers })).headers.get('x-key-last-day')).toBe(inThreeDays());
  expect(warn.mock.calls.filter(([line]) => String(line).includes('ending still uses a key'))).toHaveLength(1);
  warn.mockRestore();
});
