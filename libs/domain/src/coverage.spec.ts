import { hoursUnseen, type UnseenSpan } from './coverage.js';

const at = (time: string) => new Date(`2026-11-02T${time}+08:00`);
const span = (from: string, to: string | null): UnseenSpan => ({ from: at(from), to: to === null ? null : at(to) });

describe('hoursUnseen', () => {
  it.each<[string, UnseenSpan[], string, string, string[]]>([
    ['nothing missed', [], '08:00:00', '12:00:00', []],
    ['a whole hour', [span('09:00:00', '10:00:00')], '08:00:00', '12:00:00', ['09:00:00']],
    ['half an hour', [span('09:30:00', '10:00:00')], '08:00:00', '12:00:00', ['09:00:00']],
    ['a second less than half', [span('09:30:01', '10:00:00')], '08:00:00', '12:00:00', []],
    [
      'two spans that make half together',
      [span('09:00:00', '09:15:00'), span('09:40:00', '09:55:00')],
      '08:00:00',
      '12:00:00',
      ['09:00:00'],
    ],
    ['across hours', [span('08:40:00', '11:20:00')], '08:00:00', '12:00:00', ['09:00:00', '10:00:00']],
    ['what lasts', [span('10:20:00', null)], '08:00:00', '11:10:00', ['10:00:00', '11:00:00']],
    ['outside', [span('06:00:00', '07:00:00')], '08:00:00', '12:00:00', []],
  ])('%s', (_, spans, from, to, hours) => expect(hoursUnseen(spans, at(from), at(to))).toEqual(hours.map(at)));
});
