import type { CallerView, HotlineImportChoice, HotlineImportView, HotlinePassView, Problem } from '@huiying/contracts/http';
import { ask, onSessionLost, Refused, Unreachable } from '../api/request.js';
import { serverClock } from '../time/server-clock.js';

let pass: HotlinePassView | null = null;
// It names the person: whoever logs in next in this tab must not import in that name.
onSessionLost(() => (pass = null));
const RENEWED_BEFORE_MS = 60_000;

/** The pass for imports; renewed before it ends, by the server's own word for when that is. */
async function importPass(): Promise<string> {
  if (pass === null || Date.parse(pass.endsAt) - serverClock.now() < RENEWED_BEFORE_MS) {
    pass = await ask<HotlinePassView>('POST', '/api/hotline-passes/import');
  }
  return pass.pass;
}

/** A request to the hotline's own data, with a pass. @throws Refused @throws Unreachable */
async function send(path: string, how: RequestInit, ticket: string): Promise<Response> {
  const response = await fetch(path, { ...how, credentials: 'same-origin', headers: { ...how.headers, 'x-pass': ticket } }).catch(
    (cause: unknown) => {
      throw new Unreachable(cause);
    },
  );
  if (response.ok) return response;
  if (response.status === 401) pass = null;
  const problem = (await response.json().catch(() => null)) as Problem | null;
  throw problem === null ? new Unreachable() : new Refused(problem);
}

const view = async (response: Promise<Response>) => (await (await response).json()) as HotlineImportView;
const json = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

export const hotlineApi = {
  upload: async (file: File) =>
    view(
      send(
        '/api/hotline/imports',
        {
          method: 'POST',
          headers: { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(file.name) },
          body: file,
        },
        await importPass(),
      ),
    ),
  preview: async (id: string, choice: HotlineImportChoice) =>
    view(send(`/api/hotline/imports/${id}/preview`, json(choice), await importPass())),
  run: async (id: string, choice: HotlineImportChoice) => view(send(`/api/hotline/imports/${id}/run`, json(choice), await importPass())),
  progress: async (id: string) => view(send(`/api/hotline/imports/${id}`, {}, await importPass())),
  rejected: async (id: string) => (await send(`/api/hotline/imports/${id}/rejected`, {}, await importPass())).blob(),
  /** Two steps: the reason is written down and gives a pass; the pass opens the one order. */
  caller: async (orderNo: string, reason: string) => {
    const path = encodeURIComponent(orderNo);
    const given = await ask<HotlinePassView>('POST', `/api/hotline-orders/${path}/caller`, { reason });
    return (await (await send(`/api/hotline/orders/${path}/caller`, {}, given.pass)).json()) as CallerView;
  },
};
