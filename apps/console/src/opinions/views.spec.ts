import { parseViews, withView } from './views.js';

it.each([null, '', 'nonsense', '{}', '[1,null,{"name":3}]'])('reads %j as no views', (stored) => expect(parseViews(stored)).toEqual([]));
it('keeps what it wrote', () => {
  const views = withView([], { name: '供水', search: 'q=停水' });
  expect(parseViews(JSON.stringify(views))).toEqual(views);
});
it('replaces a view of the same name', () => {
  expect(withView([{ name: '供水', search: 'q=停水' }], { name: '供水', search: 'q=水质' })).toEqual([{ name: '供水', search: 'q=水质' }]);
});
