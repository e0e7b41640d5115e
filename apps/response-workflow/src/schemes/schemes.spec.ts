import { randomUUID } from 'node:crypto';
import { schemeChangedV1 } from '@huiying/contracts';
import type { Problem, SchemeDetail, SchemeView, TrialResult } from '@huiying/contracts/http';
import type { MovableClock } from '@huiying/domain';
import { classified, freshCity, type LoggedIn, type WorkflowCity } from '../../../../test/support/workflow-city.js';
import { AlertRaiser } from '../alerting/index.js';

const WORDS = '[供水]\n停水\n/自来水.{0,6}发黄/\n!检修';

describe('keyword schemes', () => {
  let city: WorkflowCity;
  let clock: MovableClock;
  let drop: () => Promise<void>;
  let officer: LoggedIn;

  beforeAll(async () => {
    ({ city, clock, drop } = await freshCity('2026-11-18T01:00:00Z', {}, { runsByItself: false }));
    officer = await city.logIn('luwenjing');
    const story = randomUUID();
    const sketches = [
      { title: '停水三天', text: '没人管', level: 'IV' as const, flagged: false, storyId: story },
      { title: '又停水了', text: '还是没人管', level: 'IV' as const, flagged: false, storyId: story },
      { title: '自来水浑浊发黄', text: '梧桐里', level: 'III' as const },
      { title: '停水检修公告', text: '明日', level: 'IV' as const, flagged: false },
      { title: '路灯不亮', text: '半个月了', level: 'IV' as const, flagged: false },
    ];
    for (const [day, sketch] of sketches.entries()) {
      const capturedAt = new Date(clock.now().getTime() - day * 86_400_000);
      await city.app.get(AlertRaiser, { strict: false }).take([classified(clock, { ...sketch, capturedAt })]);
    }
  });
  afterAll(async () => {
    await city.stop();
    await drop();
  });

  const attempt = (text: string, effect = 'alert') => officer.post<TrialResult & Problem>('/api/schemes/trial', { text, effect });
  const made = async (name: string): Promise<string> => {
    const { tried } = (await attempt(WORDS)).body;
    const answer = await officer.post<{ id: string }>('/api/schemes', { name, text: WORDS, effect: 'alert', tried, reason: '近期多发' });
    expect(answer.status).toBe(201);
    return answer.body.id;
  };

  it('are tried on the last days: how many, which, and how many alerts more', async () => {
    const { body } = await attempt(WORDS);
    expect(body).toMatchObject({ opinions: 5, cut: false, matched: 3, alerts: 1 });
    expect(body.sample.map((one) => [one.title, one.words, one.alerted])).toEqual([
      ['停水三天', ['停水'], false],
      ['又停水了', ['停水'], false],
      ['自来水浑浊发黄', ['/自来水.{0,6}发黄/'], true],
    ]);
    expect(body.perDay.map(({ day, matched }) => [day, matched])).toEqual([['2026-11-16', 1], ['2026-11-17', 1], ['2026-11-18', 1]]); // prettier-ignore
    expect(body.perWord).toEqual([{ word: '停水', matched: 2 }, { word: '/自来水.{0,6}发黄/', matched: 1 }]); // prettier-ignore
  });

  it('say which line is wrong', async () => {
    const { status, body } = await attempt('停水\n/(发黄/');
    expect([status, body.faults?.[0]?.field]).toEqual([400, 'text.2']);
    expect(body.faults![0]!.message).toContain('第2行');
  });

  it('are saved only as they were tried', async () => {
    const { tried } = (await attempt(WORDS)).body;
    const other = await officer.post<Problem>('/api/schemes', { name: '没试过', text: `${WORDS}\n断水`, effect: 'alert', tried });
    expect([other.status, other.body.code]).toEqual([409, 'not-tried']);
    const effect = await officer.post<Problem>('/api/schemes', { name: '没试过', text: WORDS, effect: 'mark', tried });
    expect([effect.status, effect.body.code]).toEqual([409, 'not-tried']);
  });

  it('are kept with every revision, audited, and told to the classifier', async () => {
    const id = await made('供水');
    const words = `${WORDS}\n断水`;
    const { tried } = (await attempt(words, 'mark')).body;
    const change = { name: '供水水质', text: words, effect: 'mark', tried, revision: 1, reason: '加断水' };
    expect((await officer.post(`/api/schemes/${id}`, change)).status).toBe(204);
    expect(await officer.post(`/api/schemes/${id}`, change)).toMatchObject({ status: 409, body: { code: 'changed-meanwhile' } });
    const { body } = await officer.get<SchemeDetail>(`/api/schemes/${id}`);
    expect(body).toMatchObject({
      name: '供水水质',
      effect: 'mark',
      state: 'active',
      revision: 2,
      trial: { opinions: 5, matched: 3, alerts: 1 },
    });
    expect(body.revisions.map((r) => [r.revision, r.name, r.reason])).toEqual([[2, '供水水质', '加断水'], [1, '供水', '近期多发']]); // prettier-ignore
    const events = await city.platform.database.query<{ payload: string }>(
      `SELECT payload FROM workflow.outbox WHERE topic = 'scheme.changed' AND key = $1 ORDER BY position`,
      [id],
    );
    expect(events.map(({ payload }) => schemeChangedV1.parse(JSON.parse(payload)).data.revision)).toEqual([1, 2]);
    const audit = await city.platform.database.query<{ action: string }>(`SELECT action FROM workflow.audit WHERE subject = $1`, [
      `scheme:${id}`,
    ]);
    expect(audit.map(({ action }) => action)).toEqual(['scheme.save', 'scheme.save']);
  });

  it('can be paused and deleted; a name is free again after', async () => {
    const id = await made('临时');
    const { tried } = (await attempt(WORDS)).body;
    const again = { name: '临时', text: WORDS, effect: 'alert', tried };
    expect(await officer.post('/api/schemes', again)).toMatchObject({ status: 409, body: { code: 'name-taken' } });
    expect((await officer.post(`/api/schemes/${id}/state`, { state: 'paused', revision: 1 })).status).toBe(204);
    expect((await officer.post(`/api/schemes/${id}/state`, { state: 'deleted', revision: 2 })).status).toBe(204);
    const { body } = await officer.get<SchemeView[]>('/api/schemes');
    expect(body.map((s) => s.id)).not.toContain(id);
    expect((await officer.post('/api/schemes', again)).status).toBe(201);
  });

  it('are not for everybody to write', async () => {
    const [lead, admin] = await Promise.all([city.logIn('guotieshan'), city.logIn('linkaiwen')]);
    expect((await lead.get('/api/schemes')).status).toBe(403);
    expect((await admin.get('/api/schemes')).status).toBe(200);
    expect((await admin.post('/api/schemes/trial', { text: WORDS })).status).toBe(403);
  });

  it('raise an alert whatever else was judged, but for a matter of another city', async () => {
    const schemes = [{ schemeId: randomUUID(), name: '供水', revision: 1, effect: 'alert' as const, reasons: [] }];
    const outcome = async (jurisdiction: 'unsure' | 'not-ours', effect: 'alert' | 'mark') => {
      const event = classified(clock, { title: '停水', text: '停水', level: 'IV', flagged: false });
      event.data.judgement.jurisdiction.verdict = jurisdiction;
      event.data.judgement.schemes = schemes.map((s) => ({ ...s, effect }));
      await city.app.get(AlertRaiser, { strict: false }).take([event]);
      const [row] = await city.platform.database.query<{ outcome: string; reason: string }>(
        `SELECT alert_outcome AS outcome, alert_reason AS reason FROM workflow.opinion WHERE opinion_id = $1`,
        [event.data.opinion.opinionId],
      );
      return row;
    };
    expect(await outcome('unsure', 'alert')).toEqual({ outcome: 'raised', reason: '命中关键词方案“供水”' });
    expect(await outcome('unsure', 'mark')).toMatchObject({ outcome: 'none' });
    expect(await outcome('not-ours', 'alert')).toMatchObject({ outcome: 'none' });
  });
});
