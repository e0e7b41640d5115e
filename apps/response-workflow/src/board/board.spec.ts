import type { BoardView } from '@huiying/contracts/http';
import { orderReceived, publishOrders } from '../../../../test/support/work-order.js';
import { classified, eventually, freshCity } from '../../../../test/support/workflow-city.js';
import { AlertRaiser } from '../alerting/index.js';

it('shows what the public waits for, however many of the hotline’s orders are overdue', async () => {
  const { city, clock, database, drop } = await freshCity('2026-11-02T09:00:00+08:00', {}, { runsByItself: false });
  try {
    const given = { leadUnit: '水务集团', dispatchedAt: clock.now().toISOString() };
    const orders = Array.from({ length: 40 }, (_, n) => orderReceived(clock, { orderNo: `WC${n}`, ...given }));
    await publishOrders(city, ...orders);
    const clocks = () => database.query<{ n: number }>(`SELECT count(*)::int AS n FROM workflow.deadline WHERE subject_kind = 'order'`);
    await eventually(async () => (await clocks())[0]!.n >= 40, 'the clocks of the orders');
    clock.advance({ days: 9 });
    await city.app.get(AlertRaiser, { strict: false }).take([classified(clock, { level: 'II', title: '化工园冒黄烟' })]);
    const officer = await city.logIn('luwenjing');
    const [alert] = (await officer.get<BoardView>('/api/board')).body.alerts;
    await officer.post(`/api/alerts/${alert!.id}/confirm`, { severity: 'II', reason: '属实' });
    const board = (await officer.get<BoardView>('/api/board')).body;
    expect(board.deadlines.map(({ subject }) => subject.kind)).toContain('case');
    expect(board.deadlines.map(({ subject }) => subject.kind)).not.toContain('order');
    expect(board.overdueCount).toBe(0);
    expect(board.orderDeadlines).toHaveLength(10);
    expect(board.orderOverdueCount).toBeGreaterThanOrEqual(40);
  } finally {
    await city.stop();
    await drop();
  }
}, 180_000);
