import type { EscalationView, NoticeView, Page } from '@huiying/contracts/http';
import type { MovableClock } from '@huiying/domain';
import { Alerts, AuditorRounds, Deadlines, isPipelineIdle, type Database } from '@huiying/persistence';
import { classified, eventually, freshCity, type LoggedIn, type WorkflowCity } from '../../../../test/support/workflow-city.js';
import { Auditor } from '../auditing/index.js';
import { CaseDesk } from '../cases/index.js';
import { PeopleDesk } from '../accounts/index.js';
import { EscalationDesk, EscalationEngine } from './index.js';

/** 2026-11-18, a Wednesday, 09:00 in China: the policy grave-alert, 10, 20, 40 minutes, then every 15. */
const START = '2026-11-18T01:00:00Z';

describe('escalating', () => {
  let city: WorkflowCity;
  let clock: MovableClock;
  let database: Database;
  let drop: () => Promise<void>;
  let leader: LoggedIn;
  const engine = (): EscalationEngine => city.app.get(EscalationEngine, { strict: false });
  const settle = () => eventually(() => isPipelineIdle(database), 'quiet');
  const tickAll = async () => {
    while ((await engine().tick()) > 0);
    await settle();
  };
  const pass = async (minutes: number) => {
    clock.advance({ minutes });
    await tickAll();
  };
  const raise = async (level: 'I' | 'II' | 'III' = 'II'): Promise<string> => {
    const event = classified(clock, { level, title: `${level} ${Math.random()}` });
    await city.publish(event);
    const alert = await eventually(
      async () => (await new Alerts(database).page({ sort: 'newest', q: event.data.opinion.title }, null, 1)).items[0],
      'the alert',
    );
    await settle();
    return alert.id;
  };
  /** Sessions end while the clock is moved; reading goes by the desk. */
  const desk = (): EscalationDesk => city.app.get(EscalationDesk, { strict: false });
  const ofAlert = (alertId: string) => desk().of({ alertId });
  const told = async (alertId: string) =>
    (await ofAlert(alertId)).flatMap(({ moves }) =>
      moves.map(({ kind, told: names, late }) => `${kind} ${names.join('、')}${late ? ' late' : ''}`),
    );
  const notices = async (fact: string) =>
    database.query<{ name: string; title: string; body: string }>(
      `SELECT p.name, n.title, n.body FROM workflow.notice n JOIN workflow.person p ON p.person_id = n.recipient_id WHERE fact LIKE $1 ORDER BY 1`,
      [fact],
    );

  beforeAll(async () => {
    ({ city, clock, database, drop } = await freshCity(START, {}, { runsByItself: false }));
  });
  beforeEach(async () => {
    clock.set(new Date(START));
    await database.query(`UPDATE workflow.escalation SET ended_at = now(), next_move_at = NULL`);
    await database.query(`UPDATE workflow.alert SET state = 'false-alarm', decided_at = now() WHERE state IN ('open', 'seen')`);
    leader = await city.logIn('zhoumingyuan');
  });
  afterAll(async () => {
    await city.stop();
    await drop();
  });

  it('climbs from the desk to the head while nobody acknowledges, and then repeats', async () => {
    const id = await raise();
    await pass(9);
    expect(await told(id)).toEqual([]);
    await pass(1);
    leader = await city.logIn('zhoumingyuan');
    const [officer] = (await leader.get<{ now: { name: string; duty: string }[] }>('/api/duty')).body.now.filter(
      ({ duty }) => duty === 'officer',
    );
    const [head] = (await leader.get<{ now: { name: string; duty: string }[] }>('/api/duty')).body.now.filter(
      ({ duty }) => duty === 'leader',
    );
    expect(await told(id)).toEqual([`step ${officer!.name}、${head!.name}`]);
    await pass(10);
    await pass(20);
    await pass(15);
    expect(await told(id)).toEqual([
      `step ${officer!.name}、${head!.name}`,
      'step 方正平',
      'step 韩临海',
      `repeat ${officer!.name}、${head!.name}、韩临海`,
    ]);
    const [escalation] = await ofAlert(id);
    expect(await notices(`escalation:${escalation!.id}:step:2`)).toEqual([
      { name: '韩临海', title: expect.stringMatching(/^【上报】/), body: expect.stringContaining('已 40 分无人确认，上报主要负责人') },
    ]);
  });

  it('makes each move once, whoever ticks at the same time', async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, () => raise()));
    clock.advance({ minutes: 10 });
    const run = async () => {
      while ((await engine().tick()) > 0);
    };
    await Promise.all([run(), run(), run(), run()]);
    await settle();
    for (const id of ids) expect(await told(id)).toHaveLength(1);
  });

  it('makes up for an outage, in order and marked late', async () => {
    const id = await raise();
    await pass(50);
    expect((await told(id)).map((one) => `${one.split(' ')[0]} ${one.endsWith('late')}`)).toEqual(['step true', 'step true', 'step true']);
    const [escalation] = await ofAlert(id);
    expect((await notices(`escalation:${escalation!.id}:step:0`))[0]!.body).toContain('系统恢复后补发');
  });

  it('stops when somebody says 知悉, and asks again where nothing follows', async () => {
    const id = await raise();
    await pass(10);
    const officer = await city.logIn('luwenjing');
    expect((await officer.post(`/api/alerts/${id}/seen`)).status).toBe(204);
    await pass(25);
    expect(await told(id)).toHaveLength(1);
    expect((await ofAlert(id))[0]).toMatchObject({ acknowledged: { by: '陆文婧' }, next: { tell: ['officer'] } });
    await pass(5);
    expect((await told(id)).at(-1)).toMatch(/^idle /);
  });

  it('ends with the decision', async () => {
    const id = await raise();
    const actor = await city.app.get(PeopleDesk, { strict: false }).actor('luwenjing', 'spec');
    await city.app.get(CaseDesk, { strict: false }).confirm(id, { severity: 'II', reason: '属实' }, actor);
    await pass(300);
    expect(await told(id)).toEqual([]);
    expect((await ofAlert(id))[0]).toMatchObject({ ended: { reason: '已研判处置' }, next: null });
  });

  it('keeps the policy it was born with', async () => {
    const id = await raise();
    const before = (await ofAlert(id))[0]!.policyName;
    const { CityBook } = await import('../city/index.js');
    const book = city.app.get(CityBook, { strict: false });
    const { escalation } = book.parts;
    Object.assign(book.parts, { escalation: { ...escalation, policies: [] } });
    try {
      await pass(10);
      expect([(await ofAlert(id))[0]!.policyName, (await told(id)).length]).toEqual([before, 1]);
    } finally {
      Object.assign(book.parts, { escalation });
    }
  });

  it('is taken up by hand with a comment, and then tells nobody below again', async () => {
    const id = await raise();
    const officer = await city.logIn('luwenjing');
    expect((await officer.post(`/api/alerts/${id}/escalate`, { to: 'mayor', comment: '多人送医' })).status).toBe(400);
    expect((await officer.post(`/api/alerts/${id}/escalate`, { to: 'deputy', comment: '多人送医，请领导关注' })).status).toBe(204);
    await settle();
    expect(await told(id)).toEqual(['manual 方正平']);
    await pass(20);
    expect(await told(id)).toEqual(['manual 方正平']);
    await pass(20);
    expect((await told(id)).sort()).toEqual(['manual 方正平', 'step 韩临海']);
    const lead = await city.logIn('guotieshan');
    expect((await lead.post(`/api/alerts/${id}/escalate`, { to: 'head', comment: '越级' })).status).toBe(403);
  });

  it('climbs with a clock that ran out, until it is acknowledged', async () => {
    const id = await raise('III');
    const actor = await city.app.get(PeopleDesk, { strict: false }).actor('luwenjing', 'spec');
    const { caseId } = await city.app.get(CaseDesk, { strict: false }).confirm(id, { severity: 'I', reason: '升级' }, actor);
    clock.advance({ hours: 5 });
    await city.tick();
    await settle();
    const clocks = await new Deadlines(database).ofCases([caseId]);
    expect(clocks.length).toBeGreaterThan(0);
    await pass(10);
    const open = async () => (await desk().of({ caseId })).filter(({ matter }) => matter === 'clock-breached');
    expect((await open()).map(({ moves }) => moves[0]!.told)).toContainEqual(['周明远', '方正平']);
    leader = await city.logIn('zhoumingyuan');
    const moves = (await open()).flatMap((one) => one.moves).length;
    for (const { id: one } of await open()) expect((await leader.post(`/api/escalations/${one}/acknowledge`)).status).toBe(204);
    await pass(40);
    expect((await open()).flatMap((one) => one.moves)).toHaveLength(moves);
  });

  it('is watched by the auditor: what does not climb is begun, what was missed is made', async () => {
    const auditor = city.app.get(Auditor, { strict: false });
    const [bare, stopped] = [await raise(), await raise()];
    await database.query(`DELETE FROM workflow.escalation WHERE alert_id = $1`, [bare]);
    await database.query(`UPDATE workflow.escalation SET next_move_at = NULL WHERE alert_id = $1`, [stopped]);
    clock.advance({ minutes: 12 });
    const first = await auditor.pass();
    await settle();
    leader = await city.logIn('zhoumingyuan');
    expect([await told(bare), await told(stopped)]).toEqual([[expect.stringMatching(/ late$/)], [expect.stringMatching(/ late$/)]]);
    expect(first!.isClean).toBe(false);
    const findings = (await new AuditorRounds(database).findings(20)).filter(({ kind }) => kind === 'escalation-missing');
    expect(findings.map(({ text }) => text.slice(0, 6)).sort()).toEqual(['一项预警或逾', '逐级上报应于', '逐级上报应于']);
    expect((await auditor.pass())!.findings.filter(({ kind }) => kind === 'escalation-missing')).toEqual([]);
  });

  it('shows on the console what climbs, and to the desk alone', async () => {
    const id = await raise();
    expect((await leader.get<EscalationView[]>(`/api/alerts/${id}/escalations`)).body).toHaveLength(1);
    const open = (await leader.get<EscalationView[]>('/api/escalations')).body;
    expect(open.some(({ matter, next }) => matter === 'alert' && next !== null)).toBe(true);
    expect((await (await city.logIn('guotieshan')).get('/api/escalations')).status).toBe(403);
    expect((await leader.get<Page<NoticeView>>('/api/notices')).status).toBe(200);
  });
});
