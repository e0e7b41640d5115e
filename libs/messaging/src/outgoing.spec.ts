import { TOPICS } from '@huiying/contracts';
import { stableId } from '@huiying/domain';
import { parseByContract } from './delivery.js';
import { outgoing } from './outgoing.js';

const AT = new Date('2026-11-20T02:00:00Z');
const data = {
  taskId: stableId('t'),
  caseId: stableId('c'),
  departmentId: 'water',
  acknowledgedAt: AT.toISOString(),
  acknowledgedBy: '周敏',
  late: false,
};

describe('outgoing', () => {
  it('makes an event that its own reader reads', () => {
    const { topic, key, event } = outgoing(
      TOPICS.taskAcknowledged,
      'k',
      { id: stableId('e'), occurredAt: AT, causedBy: stableId('by') },
      data,
    );
    expect(parseByContract({ topic, key, value: JSON.stringify(event), partition: 0, position: 0, at: AT })).toEqual({
      id: stableId('e'),
      type: 'task.acknowledged',
      version: 1,
      occurredAt: '2026-11-20T02:00:00.000Z',
      causedBy: stableId('by'),
      data,
    });
  });

  it('is checked by the compiler against the contract', () => {
    const about = { id: stableId('e'), occurredAt: AT, causedBy: null };
    // @ts-expect-error a field is missing
    outgoing(TOPICS.taskAcknowledged, 'k', about, { taskId: stableId('t') });
    // @ts-expect-error there is no such version
    const event = outgoing(TOPICS.taskAcknowledged, 'k', { ...about, version: 7 }, data);
    expect(event.event.version).toBe(7);
  });
});
