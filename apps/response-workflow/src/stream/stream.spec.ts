import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { BoardView, ChangeMessage, NoticeMessage } from '@huiying/contracts/http';
import type { MovableClock } from '@huiying/domain';
import { Changes, type Database } from '@huiying/persistence';
import { EventStream } from '../../../../test/support/event-stream.js';
import { eventually, freshCity, WorkflowCity, type LoggedIn } from '../../../../test/support/workflow-city.js';
import { demoPerson } from '../../../standalone/src/demo/people.js';

describe('the change stream', () => {
  let city: WorkflowCity;
  let clock: MovableClock;
  let database: Database;
  let drop: () => Promise<void>;
  let url: string;
  let officer: LoggedIn;
  const open: EventStream[] = [];

  beforeAll(async () => {
    ({ city, clock, database, drop, url } = await freshCity('2026-11-18T01:00:00Z', {}, { runsByItself: false }));
    officer = await city.logIn('luwenjing');
  });
  afterEach(async () => void (await Promise.all(open.splice(0).map((stream) => stream.close()))));
  afterAll(async () => {
    await city.stop();
    await drop();
  });

  const listen = async (who: LoggedIn, after: string | null = null, lastEventId?: string) => {
    const query = after === null ? '' : `?after=${after}`;
    const stream = await EventStream.open(`${city.url}/api/stream${query}`, {
      cookie: who.cookie,
      ...(lastEventId ? { 'last-event-id': lastEventId } : {}),
    });
    open.push(stream);
    await eventually(async () => stream.of('ping').length > 0, 'the first ping');
    return stream;
  };
  const change = (title: string, over: object = {}) => ({
    at: clock.now(),
    kind: 'alert.raised',
    subject: { kind: 'alert' as const, id: randomUUID() },
    title,
    text: title,
    ...over,
  });
  const write = (...titles: string[]) => database.transaction((tx) => new Changes(tx).add(titles.map((title) => change(title))));
  const titles = (stream: EventStream) => stream.of<ChangeMessage>('change').map((one) => one.title);
  const told = (stream: EventStream, title: string) => eventually(async () => titles(stream).includes(title), title);

  it('tells a change at once, with a position that catches up what was missed', async () => {
    const first = await listen(officer);
    await write('甲');
    await told(first, '甲');
    await first.close();
    await write('乙', '丙');
    const second = await listen(officer, null, first.lastId!);
    await told(second, '丙');
    expect(titles(second)).toEqual(['乙', '丙']);
    const { position } = (await officer.get<BoardView>('/api/board')).body;
    await write('丁');
    const third = await listen(officer, position);
    await told(third, '丁');
    expect(titles(third)).toEqual(['丁']);
  });

  it('tells all that comes after its answer has begun, however long it took to find where the stream stands', async () => {
    await write('以前的');
    let release!: () => void;
    let placing!: Promise<void>;
    await new Promise<void>((held) => {
      placing = database.transaction(async (tx) => {
        await tx.query(`SELECT FROM workflow.stream FOR UPDATE`);
        held();
        await new Promise<void>((done) => (release = done));
      });
    });
    const opening = listen(officer);
    const hasBegun = await Promise.race([opening.then(() => true), pause(500, false)]);
    if (hasBegun) await write('紧跟着的');
    release();
    await placing;
    const stream = await opening;
    if (!hasBegun) await write('紧跟着的');
    await told(stream, '紧跟着的');
    expect(titles(stream)).toEqual(['紧跟着的']);
  });

  it('skips no change that commits late, nor tells one twice, with ten writers at once', async () => {
    const stream = await listen(officer);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const late = database.transaction(async (tx) => {
      await new Changes(tx).add([change('迟到')]);
      await held;
    });
    const names = Array.from({ length: 200 }, (_, i) => `第${i}条`);
    const writers = Array.from({ length: 10 }, async (_, w) => {
      for (const name of names.filter((_name, i) => i % 10 === w)) await write(name);
    });
    await Promise.all(writers);
    await eventually(async () => titles(stream).length === 200, 'all early changes');
    release();
    await late;
    await told(stream, '迟到');
    expect([...titles(stream)].sort()).toEqual([...names, '迟到'].sort());
    const ids = stream.events.filter((one) => one.id !== null).map((one) => BigInt(one.id!));
    expect(ids.every((id, i) => i === 0 || id === ids[i - 1]! + 1n)).toBe(true);
  });

  it('goes on after a restart of the process where the console stopped', async () => {
    const before = await listen(officer);
    await write('停机前');
    await told(before, '停机前');
    await city.stop();
    expect(before.isEnded || (await eventually(async () => before.isEnded, 'the end of the stream'))).toBe(true);
    city = await WorkflowCity.start(url, clock, {}, { runsByItself: false });
    await write('停机后');
    officer = await city.logIn('luwenjing');
    const after = await listen(officer, before.lastId);
    await told(after, '停机后');
    expect(titles(after)).toEqual(['停机后']);
  });

  it('shows a department its own changes, and a notice to its person alone', async () => {
    const [emergency, education] = await Promise.all([city.logIn('guotieshan'), city.logIn('shaohuiping')]);
    const [mine, theirs, desk] = await Promise.all([listen(emergency), listen(education), listen(officer)]);
    const recipientId = demoPerson('guotieshan').id;
    const notice = { id: randomUUID(), at: clock.now().toISOString(), urgency: 'urgent', title: '交办', body: '…', link: '/tasks/1' };
    await database.transaction((tx) =>
      new Changes(tx).add([
        change('给应急', { departmentId: 'emergency' }),
        change('给教育', { departmentId: 'education' }),
        change('通知', { subject: { kind: 'notice', id: notice.id }, recipientId, detail: notice }),
        change('完', { departmentId: 'emergency' }),
      ]),
    );
    await Promise.all([told(mine, '完'), told(desk, '完'), told(theirs, '给教育')]);
    expect(titles(mine)).toEqual(['给应急', '完']);
    expect(mine.of<NoticeMessage>('notice')).toEqual([notice]);
    expect(titles(theirs)).toEqual(['给教育']);
    expect(titles(desk)).toEqual(['给应急', '给教育', '完']);
    expect([...theirs.of('notice'), ...desk.of('notice')]).toEqual([]);
  });

  it('tells a flood of opinions as one change with its count', async () => {
    const stream = await listen(officer);
    const flood = Array.from({ length: 30 }, () =>
      change('新', { kind: 'opinion.classified', subject: { kind: 'opinion', id: randomUUID() }, detail: { count: 10 } }),
    );
    await database.transaction((tx) => new Changes(tx).add(flood));
    await eventually(async () => stream.of('change').length > 0, 'the bundle');
    expect(stream.of<ChangeMessage>('change').map((one) => one.text)).toEqual(['300 条新信息']);
  });

  it('asks for a login, and refuses a position that is none', async () => {
    expect((await city.ask('GET', '/api/stream')).status).toBe(401);
    expect((await officer.get('/api/stream?after=x')).status).toBe(400);
  });
});
