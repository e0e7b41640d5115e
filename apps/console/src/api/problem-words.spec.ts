import type { Problem } from '@huiying/contracts/http';
import { conflictWords, failureKind, failureWords, fieldFaults } from './problem-words.js';
import { Refused, Unreachable } from './request.js';

const problem = (over: Partial<Problem>): Problem => ({ code: 'x', status: 400, detail: 'Refused.', message: '不行', ...over });

it.each([
  ['offline', new Unreachable()],
  ['forbidden', new Refused(problem({ status: 403 }))],
  ['not-found', new Refused(problem({ status: 404 }))],
  ['conflict', new Refused(problem({ status: 409 }))],
  ['bad-input', new Refused(problem({ status: 400 }))],
  ['other', new Refused(problem({ status: 500 }))],
  ['other', new Error('boom')],
])('a failure is %s', (kind, error) => expect(failureKind(error)).toBe(kind));

it('speaks Chinese to the person', () => {
  expect(failureWords(new Refused(problem({ message: '已经签收' })))).toBe('已经签收');
  expect(failureWords(new Refused(problem({ message: '' })))).toBe('Refused.');
  expect(failureWords(new Unreachable())).toContain('连不上服务器');
  expect(failureWords('?')).toBe('出现了意外的错误。');
});

describe('conflictWords', () => {
  const now = Date.parse('2026-11-22T14:30:00+08:00');
  const conflict = (at: string) => problem({ status: 409, conflict: { by: '张伟', at, what: '签收' } });
  it('gives the hour of today', () => expect(conflictWords(conflict('2026-11-22T14:05:00+08:00'), now)).toBe('张伟 已于 14:05 签收'));
  it('gives the day of another day', () =>
    expect(conflictWords(conflict('2026-11-21T14:05:00+08:00'), now)).toBe('张伟 已于 11-21 14:05 签收'));
  it('falls back on the message', () => expect(conflictWords(problem({ message: '已办结' }), now)).toBe('已办结'));
});

it('puts each fault beside its field', () => {
  const refused = new Refused(
    problem({
      faults: [
        { field: 'tasks.0.role', rule: 'enum', message: '请选择' },
        { field: 'reason', rule: 'min', message: '必填' },
      ],
    }),
  );
  expect(fieldFaults(refused)).toEqual([
    { name: ['tasks', 0, 'role'], message: '请选择' },
    { name: ['reason'], message: '必填' },
  ]);
  expect(fieldFaults(new Unreachable())).toEqual([]);
});
