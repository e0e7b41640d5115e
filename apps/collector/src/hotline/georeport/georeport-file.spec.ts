import { readGeoreport } from './georeport-file.js';

const REQUEST = {
  service_request_id: 4711,
  status: 'closed',
  status_notes: '已修复',
  service_name: '路灯',
  service_code: '006',
  requested_datetime: '2026-11-20T06:37:38+08:00',
  updated_datetime: '2026-11-21T06:37:38+08:00',
  address: '学府路',
  lat: 30.5,
  long: 114.25,
  media_url: 'https://wangchuan.example/1.jpg ',
};
const misprinted = JSON.stringify([REQUEST], null, 2).replace('"006"', '006');

it('takes a misprinted number as text when lenient, and leaves what stands in strings', () => {
  const read = readGeoreport(misprinted.replace('已修复', '编号 : 007 \\" 008'), true);
  expect(read).toMatchObject({ kind: 'requests', records: [{ orderNo: '4711', categoryCode: '006', reply: '编号 : 007 " 008' }] });
});
it('strict: names line, column, field and what to write', () =>
  expect(() => readGeoreport(misprinted, false)).toThrow(/service_code must not be a number that begins with 0 \(line 7, column 21\)/));
it('XML and JSON read alike', () => {
  const inner = Object.entries(REQUEST).map(([name, value]) => `<${name}>${value}</${name}>`);
  const xml = `<?xml version="1.0" encoding="utf-8"?>\n<service_requests><request>${inner.join('\n')}</request></service_requests>`;
  expect(readGeoreport(xml, false)).toEqual(readGeoreport(JSON.stringify([REQUEST]), false));
});
it('a version grows with the last change', () => {
  const version = (at: string) => {
    const read = readGeoreport(JSON.stringify([{ ...REQUEST, updated_datetime: at }]), false);
    return read.kind === 'requests' ? read.records[0]!.version! : 0;
  };
  expect(version('2026-11-21T06:38:38+08:00')).toBe(version('2026-11-21T06:37:38+08:00') + 1);
});
it.each([
  ['no status that is one', { ...REQUEST, status: 'done' }, '0.status'],
  ['no number', { ...REQUEST, service_request_id: null }, '0.service_request_id'],
  ['no time', { ...REQUEST, requested_datetime: '' }, '0.requested_datetime'],
  ['nothing it knows', { colour: 'red' }, '(file)'],
])('names the field: %s', (_, value, field) => expect(() => readGeoreport(JSON.stringify([value]), true)).toThrow(field));
it.each(['', '<html', '{', '[]', '"x"', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><services>&b;</services>'])(
  'refuses %j',
  (text) => expect(() => readGeoreport(text, true)).toThrow('(file)'),
);
