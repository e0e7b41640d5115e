import { holdBack } from './held-back.js';

const keyOf = (item: { id: string }) => item.id;
const items = (...ids: string[]) => ids.map((id) => ({ id }));

it('shows everything at first', () => expect(holdBack(null, items('a', 'b'), keyOf)).toEqual({ rows: items('a', 'b'), fresh: [] }));
it('keeps the order and holds new rows back', () => {
  expect(holdBack(['a', 'b'], items('c', 'b', 'a'), keyOf)).toEqual({ rows: items('a', 'b'), fresh: items('c') });
});
it('shows what changed in a row at once', () => {
  const changed = [{ id: 'a', state: 'seen' }];
  expect(holdBack(['a'], changed, keyOf).rows[0]).toBe(changed[0]);
});
it('drops what is gone', () => expect(holdBack(['a', 'b'], items('b'), keyOf).rows).toEqual(items('b')));
it.each([[[]], [['gone']]])('shows new rows at once where nothing can jump: %j', (order) => {
  expect(holdBack(order, items('c'), keyOf)).toEqual({ rows: items('c'), fresh: [] });
});
