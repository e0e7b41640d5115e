import type { Problem } from '@huiying/contracts/http';

/** The server refused, and said why. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message || problem.detail);
    this.name = 'Refused';
  }
}

/** The server could not be reached, or what answered was not our server. */
export class Unreachable extends Error {
  constructor(cause?: unknown) {
    super('连不上服务器', { cause });
    this.name = 'Unreachable';
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
const sessionLost = new Set<() => void>();

/** Tells `listener` whenever nobody is logged in any more: the server said so, or the person logged out. Answers the way out. */
export function onSessionLost(listener: () => void): () => void {
  sessionLost.add(listener);
  return () => sessionLost.delete(listener);
}

/** To be called by who ends the session: what was kept for its person is forgotten. */
export function tellSessionLost(): void {
  sessionLost.forEach((tell) => tell());
}

/** One request to the API. @throws Refused @throws Unreachable */
export async function ask<T>(method: Method, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const response = await send(method, path, body, signal);
  if (response.ok) return (await readJson(response)) as T;
  const problem = await readProblem(response);
  if (response.status === 401 && problem.code !== 'bad-credentials') tellSessionLost();
  throw new Refused(problem);
}

/** An answer that comes line by line (NDJSON). Returns the last. @throws Refused @throws Unreachable */
export async function askLines<T>(path: string, onLine: (line: T) => void, signal?: AbortSignal): Promise<T> {
  const response = await send('GET', path, undefined, signal);
  if (!response.ok) throw new Refused(await readProblem(response));
  let [rest, last]: [string, T | null] = ['', null];
  const decoder = new TextDecoder();
  const reader = response.body!.getReader();
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      const lines = (rest + decoder.decode(chunk.value, { stream: true })).split('\n');
      rest = lines.pop()!;
      for (const line of lines) onLine((last = JSON.parse(line) as T));
    }
  } catch (error) {
    throw signal?.aborted === true ? error : new Unreachable(error);
  }
  if (last === null) throw new Unreachable();
  return last;
}

async function send(method: Method, path: string, body: unknown, signal?: AbortSignal): Promise<Response> {
  try {
    return await fetch(path, {
      method,
      signal,
      credentials: 'same-origin',
      // Not a header a foreign page can set without asking first: guards against forged requests.
      headers: {
        accept: 'application/json',
        'x-requested-with': 'huiying-console',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new Unreachable(cause);
  }
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Unreachable(cause);
  }
}

async function readProblem(response: Response): Promise<Problem> {
  const isProblem = (value: unknown): value is Problem =>
    typeof value === 'object' && value !== null && typeof (value as Problem).code === 'string';
  const body = await readJson(response).catch(() => undefined);
  if (isProblem(body)) return body;
  // A proxy or a dying server answers without our problem document.
  if (response.status >= 502) throw new Unreachable();
  return {
    code: 'unexpected',
    status: response.status,
    detail: `HTTP ${response.status}`,
    message: `服务器返回了意外的结果（${response.status}）`,
  };
}
