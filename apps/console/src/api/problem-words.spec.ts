import type { Problem } from '@huiying/contracts/http';
import { conflictNotice, failureKind, failureWords, fieldFaults } from './problem-words.js';
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

describe('conflictNotice', () => {
  const now = Date.parse('2026-11-22T14:30:00+08:00');
  const conflict = (at: string) => problem({ status: 409, conflict: { by: '张伟', at, what: '签收' } });
  it('gives the hour of today', () =>
    expect(conflictNotice(conflict('2026-11-22T14:05:00+08:00'), now, '李敏')).toEqual({
      title: '此步未执行：他人已先处理',
      description: '张伟 已于 14:05 签收。页面已更新为最新状态。',
    }));
  it('gives the day of another day', () =>
    expect(conflictNotice(conflict('2026-11-21T14:05:00+08:00'), now, '李敏').description).toContain('张伟 已于 11-21 14:05 签收'));
  it('knows who asks: it was done in another window or on another machine', () =>
    expect(conflictNotice(conflict('2026-11-22T14:05:00+08:00'), now, '张伟')).toEqual({
      title: '此步未执行：您在别处已先处理',
      description: '您在别处（另一窗口或设备）已于 14:05 签收。页面已更新为最新状态。',
    }));
  it('blames nobody where nobody was first', () =>
    expect(conflictNotice(problem({ status: 409, message: '还有时限未停' }), now, '张伟')).toEqual({
      title: '此步未执行',
      description: '还有时限未停。页面已更新为最新状态。',
    }));
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
