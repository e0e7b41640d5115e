import { askedRequests } from './asked-requests.js';

const NOW = new Date('2026-11-23T10:00:00+08:00');
const services = [{ code: 'water' }, { code: 'other' }] as never;
const asked = (query: Record<string, unknown>) => askedRequests(query, { services }, NOW);
const span = (query: Record<string, unknown>) => {
  const { from, to } = asked(query);
  return [from.toISOString(), to.toISOString()];
};

describe('askedRequests', () => {
  it.each<[string, Record<string, unknown>, [string, string]]>([
    ['nothing: the most recent 90 days', {}, ['2026-08-25T02:00:00.000Z', '2026-11-23T02:00:00.000Z']],
    ['empty is as if it were not there', { start_date: '', end_date: '' }, ['2026-08-25T02:00:00.000Z', '2026-11-23T02:00:00.000Z']],
    ['a start: 90 days from it', { start_date: '2026-01-01T00:00:00Z' }, ['2026-01-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z']],
    ['a start not long ago: until now', { start_date: '2026-11-22T00:00:00Z' }, ['2026-11-22T00:00:00.000Z', '2026-11-23T02:00:00.000Z']],
    ['an end: 90 days before it', { end_date: '2026-04-01T00:00:00Z' }, ['2026-01-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z']],
    [
      'a + that became a space',
      { start_date: '2026-11-22T08:00:00 08:00', end_date: '2026-11-23T08:00:00+08:00' },
      ['2026-11-22T00:00:00.000Z', '2026-11-23T00:00:00.000Z'],
    ],
    [
      'exactly 90 days',
      { start_date: '2026-01-01T00:00:00Z', end_date: '2026-04-01T00:00:00Z' },
      ['2026-01-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z'],
    ],
  ])('%s', (_, query, expected) => expect(span(query)).toEqual(expected));

  it.each<[string, Record<string, unknown>, string]>([
    ['a second more than 90 days', { start_date: '2026-01-01T00:00:00Z', end_date: '2026-04-01T00:00:01Z' }, '90'],
    ['an end before the start', { start_date: '2026-04-01T00:00:00Z', end_date: '2026-01-01T00:00:00Z' }, 'start_date'],
    ['a time without zone', { start_date: '2026-04-01T00:00:00' }, 'start_date'],
    ['a day that does not exist', { end_date: '2026-13-01T00:00:00Z' }, 'end_date'],
    ['another status', { status: 'open,done' }, 'status'],
    ['a service there is not', { service_code: 'water,fire' }, 'service_code'],
    ['page 0', { page: '0' }, 'page'],
    ['more than a thousand', { page_size: '1001' }, 'page_size'],
    ['an object', { status: { a: '1' } }, 'status'],
  ])('refuses %s and names it', (_, query, named) => expect(() => asked(query)).toThrow(named));

  it('reads lists, said once or several times, and pages', () =>
    expect(
      asked({ service_code: ['water', 'other'], status: 'open, closed', service_request_id: 'a,,b', page: '3', page_size: '20' }),
    ).toMatchObject({
      services: ['water', 'other'],
      status: ['open', 'closed'],
      ids: ['a', 'b'],
      offset: 40,
      size: 20,
    }));
});
