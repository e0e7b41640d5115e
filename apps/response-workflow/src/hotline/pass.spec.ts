import type { HotlinePassView } from '@huiying/contracts/http';
import { PassOffice, secretKey } from '@huiying/platform';
import { freshCity, type LoggedIn } from '../../../../test/support/workflow-city.js';

let running: Awaited<ReturnType<typeof freshCity>>;
let officer: LoggedIn;

beforeAll(async () => {
  running = await freshCity('2026-11-02T09:00:00+08:00', { HUIYING_SECRET_KEY: 'ab'.repeat(32) }, { runsByItself: false });
  officer = await running.city.logIn('luwenjing');
});
afterAll(async () => {
  await running.city.stop();
  await running.drop();
});

const office = new PassOffice(secretKey({ secretKey: 'ab'.repeat(32), dataFolder: '' }));
const trail = () =>
  running.database.query(`SELECT who, action, subject, detail FROM workflow.audit WHERE action IN ('hotline.import', 'caller.open')`);

it('gives the desk a pass to one caller, for a minute, for a reason that is in the audit trail first', async () => {
  const { status, body } = await officer.post<HotlinePassView>('/api/hotline-orders/WC1/caller', { reason: ' 回访核实停水 ' });
  expect(status).toBe(200);
  const pass = office.read(body.pass, 'caller', running.clock.now())!;
  expect(pass).toMatchObject({ subject: 'WC1', reason: '回访核实停水', by: { name: '陆文婧' } });
  expect(pass.endsAt - running.clock.now().getTime()).toBe(60_000);
  expect(await trail()).toEqual([{ who: '陆文婧', action: 'caller.open', subject: 'order:WC1', detail: { reason: '回访核实停水' } }]);
});

it.each([{}, { reason: '   ' }, { reason: '看' }, { reason: 1 }])('asks a reason: %p is none', async (body) => {
  expect((await officer.post('/api/hotline-orders/WC1/caller', body)).status).toBe(400);
});

it('refuses those who need not see callers, and lets an administrator import', async () => {
  const lead = await running.city.logIn('shaohuiping');
  const administrator = await running.city.logIn('linkaiwen');
  const reason = { reason: '想看一看' };
  expect((await lead.post('/api/hotline-orders/WC1/caller', reason)).status).toBe(403);
  expect((await administrator.post('/api/hotline-orders/WC1/caller', reason)).status).toBe(403);
  expect((await lead.post('/api/hotline-passes/import')).status).toBe(403);
  const { body } = await administrator.post<HotlinePassView>('/api/hotline-passes/import');
  expect(office.read(body.pass, 'hotline-import', running.clock.now())).toMatchObject({ subject: null });
  expect(await trail()).toHaveLength(2);
});
