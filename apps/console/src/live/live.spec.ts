import type { ChangeMessage } from '@huiying/contracts/http';
import { Bundle } from './bundle.js';
import { streamPath, waitBeforeTry } from './reconnect.js';
import { mustBeHeard, opinionCount, staleNouns } from './staleness.js';

const change = (kind: ChangeMessage['subject']['kind'], over: Partial<ChangeMessage> = {}): ChangeMessage => ({
  position: '1',
  at: '2026-11-22T06:00:00Z',
  kind: 'task.acknowledged',
  subject: { kind, id: 'x' },
  caseId: null,
  departmentId: null,
  severity: null,
  title: '',
  text: '',
  ...over,
});

describe('what a change makes stale', () => {
  it('renews each noun once', () =>
    expect(staleNouns([change('task'), change('alert'), change('task')])).toEqual(['board', 'tasks', 'cases', 'alerts', 'escalations']));
  it('moves no list for opinions', () => expect(staleNouns([change('opinion')])).toEqual([]));
  it('counts bundled opinions', () =>
    expect(opinionCount([change('opinion', { text: '12 条舆情已研判' }), change('opinion'), change('task', { text: '9' })])).toBe(13));
  it.each([
    ['alert.raised', 'I', true],
    ['alert.raised', 'II', true],
    ['alert.raised', 'III', false],
    ['alert.confirmed', 'I', false],
  ] as const)('%s at level %s must be heard: %s', (kind, severity, heard) =>
    expect(mustBeHeard(change('alert', { kind, severity }))).toBe(heard),
  );
});

describe('a lost stream', () => {
  it('waits longer each time, up to 15 s', () => {
    expect([0, 1, 5, 99].map(waitBeforeTry)).toEqual([500, 1000, 15_000, 15_000]);
  });
  it('goes on after the last position seen', () => {
    expect(streamPath(null)).toBe('/api/stream');
    expect(streamPath('17/3')).toBe('/api/stream?after=17%2F3');
  });
});

describe('a bundle', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());
  it('sends the first soon and the rest at its pace', () => {
    const batches: number[][] = [];
    let counter = 0;
    const bundle = new Bundle<number>(
      (batch) => batches.push(batch),
      () => counter,
      100,
      1000,
    );
    const pass = (ms: number) => {
      counter += ms;
      jest.advanceTimersByTime(ms);
    };
    bundle.add(1);
    bundle.add(2);
    pass(99);
    expect(batches).toEqual([]);
    pass(1);
    expect(batches).toEqual([[1, 2]]);
    bundle.add(3);
    pass(999);
    expect(batches).toHaveLength(1);
    bundle.add(4);
    pass(1);
    expect(batches).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });
});
