import { BadInput } from '../refusals.js';
import { isEnteredLate, stepInstant } from './step-instant.js';

const at = (time: string) => new Date(`2026-11-23T${time}+08:00`);
const NOW = at('12:00:00');
const UNTOUCHED = { receivedAt: at('08:00:00'), dispatchedAt: null, contactedAt: null, signedAt: null, repliedAt: null, closedAt: null };
const SIGNED = { ...UNTOUCHED, dispatchedAt: at('08:30:00'), signedAt: at('09:00:00') };

it.each([
  ['nothing is stated', null, SIGNED, '12:00:00'],
  ['it is stated', '09:30:00', SIGNED, '09:30:00'],
  ['it was at the same instant as the last step', '09:00:00', SIGNED, '09:00:00'],
  ['the other clock is half a minute behind', '08:59:30', SIGNED, '09:00:00'],
  ['the other clock is half a minute ahead', '12:00:30', SIGNED, '12:00:30'],
  ['nothing has happened since it was received', '08:00:10', UNTOUCHED, '08:00:10'],
])('%s', (_, stated, order, expected) => {
  expect(stepInstant(stated === null ? null : at(stated), order, NOW)).toEqual(at(expected));
});

it.each([
  ['before it was received', '07:58:00', UNTOUCHED, '发生时间早于该工单上一步（2026-11-23 08:00）'],
  ['before it was signed', '08:45:00', SIGNED, '发生时间早于该工单上一步（2026-11-23 09:00）'],
  ['in the future', '12:02:00', SIGNED, '发生时间晚于现在'],
])('%s is refused', (_, stated, order, message) => {
  const ask = () => stepInstant(at(stated), order, NOW);
  expect(ask).toThrow(BadInput);
  expect(ask).toThrow(expect.objectContaining({ faults: [expect.objectContaining({ field: 'at', message })] }));
});

it('a step that is told more than a minute later was entered late', () => {
  expect([isEnteredLate(at('11:59:00'), NOW), isEnteredLate(at('11:58:59'), NOW)]).toEqual([false, true]);
});
