import { readJson, valueAt } from './read-json.js';

const URL_ = 'https://api.wangchuan.example/list?page=1';
const read = (value: unknown, reading = {}) =>
  readJson(
    { bytes: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)), contentType: 'application/json', url: URL_ },
    reading,
    480,
  );

describe('valueAt', () => {
  const whole = { data: { list: [{ a: { b: 1 } }, 2] }, x: null };
  it.each([
    ['data.list[0].a.b', 1],
    ['data.list[1]', 2],
    ['', whole],
    ['data.none.b', undefined],
    ['x.y', undefined],
    ['constructor.name', undefined],
    ['data.list.length', 2],
  ])('%s', (path, value) => expect(valueAt(whole, path)).toEqual(value));
});

describe('a JSON answer', () => {
  const entry = {
    docId: 7,
    t: '路灯不亮',
    c: '<p>报修三天</p><script>x</script>',
    u: '/p/7.html',
    who: { n: '市民' },
    at: '2026-11-02 09:30:00',
  };
  const mapping = { items: 'data.list', title: 't', text: 'c', link: 'u', id: 'docId', author: 'who.n', date: 'at' };

  it('is read by the paths that staff gave', () => {
    expect(read({ data: { list: [entry, entry] } }, mapping)).toEqual({
      outcome: 'read',
      items: [
        {
          identity: '7',
          title: '路灯不亮',
          text: '报修三天',
          url: 'https://api.wangchuan.example/p/7.html',
          author: '市民',
          publishedAt: new Date('2026-11-02T09:30:00+08:00'),
        },
      ],
    });
  });

  it('without a mapping is read by the usual names, wrapped in a callback too', () => {
    const answer = read(`cb([{"title":"甲","content":"乙","url":"/1","pubTime":1793581800}]);`);
    expect(answer).toMatchObject({
      items: [{ title: '甲', text: '乙', url: 'https://api.wangchuan.example/1', publishedAt: new Date(1793581800_000) }],
    });
  });

  it.each([
    ['', 'empty'],
    ['<html>', 'no-json'],
    ['{"data":{}}', 'no-list'],
    ['"text"', 'no-list'],
  ])('%p says what it is not', (text, kind) => expect(read(text, mapping)).toMatchObject({ outcome: 'unreadable', kind }));

  it('leaves out what is no entry', () => {
    expect(read({ data: { list: [null, 3, 'x', {}, { t: { deep: 1 } }] } }, mapping)).toEqual({ outcome: 'read', items: [] });
  });
});
