import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readHotlineAdapter } from '@huiying/settings';
import type { OrderCallback } from './callback-form.js';
import { isTaken, mapped } from './mapped.js';

const CALLBACK = {
  id: 'WC1-3',
  orderNo: 'WC1',
  seq: 3,
  action: 'sign',
  at: '2026-11-23T02:00:05.000Z',
  by: '何建国',
  previousState: 'dispatched',
  state: 'signed',
  text: '水务集团签收 <“1&2”>\u0000',
  order: {
    leadUnit: '水务集团',
    coUnits: ['市住建局', '市教育局'],
    categoryCode: null,
    category: '供水',
    receivedAt: '2026-11-23T01:00:00.000Z',
    dueAt: null,
  },
} as unknown as OrderCallback;
const config = resolve('config');

describe('the adapters that are shipped', () => {
  it('huiying-json sends our own form', () => {
    const wire = mapped(readHotlineAdapter(config, 'huiying-json'), 'http://h/cb/', CALLBACK);
    expect([wire.method, wire.url, wire.contentType, JSON.parse(wire.body)]).toEqual([
      'POST',
      'http://h/cb',
      'application/json',
      JSON.parse(JSON.stringify(CALLBACK)),
    ]);
  });
  it('open311 sends a service request in XML, with its two states', () => {
    const adapter = readHotlineAdapter(config, 'open311');
    const { url, body, contentType } = mapped(adapter, 'http://h/georeport/v2', CALLBACK);
    expect([url, contentType]).toEqual(['http://h/georeport/v2/requests/WC1.xml', 'text/xml; charset=utf-8']);
    expect(body).toContain(
      '<service_request_id>WC1</service_request_id><status>open</status><status_notes>水务集团签收 &#60;“1&#38;2”&#62;</status_notes>',
    );
    expect(body).toContain('<agency_responsible>水务集团</agency_responsible>');
    expect(body).toContain('<service_code>water</service_code><service_name>供水</service_name>');
    expect(body).toContain('<expected_datetime></expected_datetime><lat></lat><long></long>');
    const placed = { ...CALLBACK, order: { ...CALLBACK.order, category: '没有的', location: { latitude: 30.512, longitude: 114.251 } } };
    expect(mapped(adapter, 'http://h', placed).body).toMatch(/<service_code>other<.*<lat>30.512<\/lat><long>114.251<\/long>/);
    expect(mapped(adapter, 'http://h', { ...CALLBACK, state: 'archived' }).body).toContain('<status>closed</status>');
  });
});

describe('a folder of a city’s own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huiying-adapter-'));
  const read = (text: string) => {
    mkdirSync(join(folder, 'hotline/own'), { recursive: true });
    writeFileSync(join(folder, 'hotline/own/mapping.yaml'), text);
    return readHotlineAdapter(folder, 'own');
  };
  afterAll(() => rmSync(folder, { recursive: true }));

  it('maps fields, codes, states, lists and times', () => {
    const adapter = read(`
name: 某市
format: json
path: /workOrder/{orderNo}/{seq}
success: { path: success, equals: true }
codes: { state: { signed: 1 } }
fields:
  data.workOrderCode: orderNo
  data.state: { from: state, codes: state }
  data.handleTime: { from: at, time: beijing }
  data.stamp: { from: at, time: seconds }
  data.assist: { from: order.coUnits, join: '、' }
  data.code: { from: order.categoryCode, default: '99' }
  tenant: { value: wangchuan }
`);
    const wire = mapped(adapter, 'http://h', CALLBACK);
    expect(wire.url).toBe('http://h/workOrder/WC1/3');
    expect(JSON.parse(wire.body)).toEqual({
      data: {
        workOrderCode: 'WC1',
        state: 1,
        handleTime: '2026-11-23 10:00:05',
        stamp: 1795399205,
        assist: '市住建局、市教育局',
        code: '99',
      },
      tenant: 'wangchuan',
    });
    expect([isTaken(adapter, '{"success":true}'), isTaken(adapter, '{"success":false}'), isTaken(adapter, '<html>')]).toEqual([
      true,
      false,
      false,
    ]);
  });
  it('writes a form', () => {
    const adapter = read(`{ name: x, format: form, fields: { id: orderNo, none: order.dueAt, word: by } }`);
    expect(mapped(adapter, 'http://h', CALLBACK).body).toBe(`id=WC1&word=${encodeURIComponent('何建国')}`);
  });
  it.each([
    [`{ name: x, format: xml, fields: whole }`, 'whole for format json only'],
    [`{ name: x, format: json, fields: { a: { from: state, codes: none } } }`, 'the table none'],
    [`{ name: x, format: json, fields: { a: { from: state, value: 1 } } }`, 'from or value'],
    [`{ name: x, format: json, fields: { '1<': state } }`, 'fields'],
  ])('refuses %s', (text, said) => expect(() => read(text)).toThrow(said));
});
