import { KafkaNames, requestsOf, type PlacedRecord } from './names.js';

const record = (partition: number, bytes: number, topic = 't'): PlacedRecord => ({ topic, partition, key: '', value: 'x'.repeat(bytes) });
const shape = (records: PlacedRecord[]): string =>
  requestsOf(records, 100)
    .map((request) => request.map((r) => `${r.topic}${r.partition}:${r.value.length}`).join(' '))
    .join(' | ');

describe('requestsOf', () => {
  it.each<[string, PlacedRecord[], string]>([
    ['makes no request of nothing', [], ''],
    ['fills a partition up to the bound', [record(0, 50), record(0, 50)], 't0:50 t0:50'],
    ['starts a new request one byte over it', [record(0, 50), record(0, 51)], 't0:50 | t0:51'],
    ['counts each partition for itself', [record(0, 99), record(1, 99), record(0, 1)], 't0:99 t1:99 t0:1'],
    ['counts each topic for itself', [record(0, 99, 'a'), record(0, 99, 'b')], 'a0:99 b0:99'],
    ['sends a giant alone rather than never', [record(0, 1), record(0, 500), record(0, 1)], 't0:1 | t0:500 | t0:1'],
    [
      'keeps the order when another partition is full',
      [record(0, 90), record(1, 5), record(0, 20), record(1, 5)],
      't0:90 t1:5 | t0:20 t1:5',
    ],
  ])('%s', (_, records, expected) => expect(shape(records)).toBe(expected));

  it('counts bytes of UTF-8, and the key among them', () => {
    const chinese: PlacedRecord = { topic: 't', partition: 0, key: '望川', value: '水'.repeat(20) }; // 6 + 60 bytes
    expect(requestsOf([chinese, chinese], 131)).toHaveLength(2);
    expect(requestsOf([chinese, chinese], 132)).toHaveLength(1);
  });
});

describe('KafkaNames', () => {
  it('keeps cities apart, and a group for each topic of a reader', () => {
    const names = new KafkaNames('wangchuan.');
    expect(names.topic('alert.raised')).toBe('wangchuan.alert.raised');
    expect(names.group('workflow', 'alert.raised')).toBe('wangchuan.workflow.alert.raised');
  });
});
