import { BadRequestException, NotFoundException } from '@nestjs/common';
import { BadInput, Forbidden, NotFound } from '@huiying/domain';
import { problemOf } from './problem.filter.js';

const badInput = new BadInput([{ field: 'q', rule: 'must be short', message: '过长' }]);
const fromServer = (code: string) => Object.assign(new Error('invalid byte sequence'), { code });

it.each<[string, unknown, { status: number; code: string; message?: string }]>([
  ['bad input', badInput, { status: 400, code: 'bad-input', message: '过长' }],
  [
    'bad input that Nest has wrapped',
    new BadRequestException('no', { cause: badInput }),
    { status: 400, code: 'bad-input', message: '过长' },
  ],
  ['what is not there', new NotFound('id', 'x'), { status: 404, code: 'not-found' }],
  ['what is not theirs', new Forbidden('no'), { status: 403, code: 'forbidden' }],
  ['an address that leads nowhere', new NotFoundException(), { status: 404, code: 'not-found', message: '没有找到' }],
  ['a body too large', Object.assign(new Error('large'), { status: 413 }), { status: 413, code: 'too-large', message: '内容过大' }],
  ['U+0000 in an address', fromServer('22021'), { status: 400, code: 'bad-input' }],
  ['U+0000 in JSON', fromServer('22P05'), { status: 400, code: 'bad-input' }],
  ['another fault of the database', fromServer('42P01'), { status: 500, code: 'unexpected' }],
  ['nothing at all', null, { status: 500, code: 'unexpected' }],
])('%s', (_, error, problem) => expect(problemOf(error)).toMatchObject(problem));

it('tells nobody what an unexpected failure was, only its number', () => {
  const { detail, message } = problemOf(new Error('password=secret'));
  expect(`${detail}${message}`).not.toContain('secret');
  expect(message).toContain(/unexpected failure (\w{8})/.exec(detail)![1]!);
});
