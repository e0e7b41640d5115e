import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readGeoreport } from '../../apps/collector/src/hotline/georeport/georeport-file.js';
import { serviceDefinition, serviceRequestOf, serviceView } from '../../apps/response-workflow/src/georeport/request-view.js';
import { readHotlineAdapter } from '@huiying/settings';
import { WorkOrders } from '@huiying/persistence';
import { measuredData, describeWith } from '../support/measured-data.js';
import { orderReceived, publishOrders } from '../support/work-order.js';
import { eventually, freshCity } from '../support/workflow-city.js';

const folder = measuredData('open311');

type Schema = Record<string, unknown> & { properties?: object; items?: Schema };
/** The published schemas name no type where they list properties, and refer to each other by file. */
function schemaOf(name: string): Schema {
  const read = JSON.parse(readFileSync(join(folder!, 'schema/georeport-v2', `${name}.json`), 'utf8')) as Schema;
  const typed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(typed);
    if (typeof value !== 'object' || value === null) return value;
    const inner = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, typed(one)]));
    if (typeof inner.$ref === 'string') return schemaOf(inner.$ref.replace('.json', ''));
    return inner.properties && inner.type === undefined ? { type: 'object', ...inner } : inner;
  };
  return typed(read) as Schema;
}
const faultsOf = (name: string, value: unknown) => z.fromJSONSchema(schemaOf(name) as never).safeParse(value).error?.issues ?? [];

describeWith(folder, 'Open311 by its published schemas and examples')('Open311 by its published schemas and examples', () => {
  const adapter = readHotlineAdapter('config', 'open311');
  const examples = () =>
    readFileSync(join(folder!, 'spec_examples.jsonl'), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { section: string; format: string; valid_json: unknown; body: string });

  it('services and their definitions fit, and a schema sees what does not', () => {
    const { services } = adapter.georeport!;
    expect(faultsOf('services', services.map(serviceView))).toEqual([]);
    for (const service of services) expect(faultsOf('service-definition', serviceDefinition(service))).toEqual([]);
    expect(faultsOf('services', [{ ...serviceView(services[0]!), type: 'soon' }])).not.toEqual([]);
    expect(faultsOf('requests', [{ service_request_id: 1 }])).not.toEqual([]);
  });

  it('requests fit in every state that an order can be in', async () => {
    const { city, clock, drop, database } = await freshCity('2026-11-23T10:00:00+08:00', {}, { runsByItself: false });
    try {
      const at = '2026-11-23T01:00:00.000Z';
      const visit = { at, result: '接通', resolved: '已解决', satisfaction: '满意', comment: null, exempt: false } as const;
      const sketches = [
        {},
        { dispatchedAt: at, leadUnit: '水务集团' },
        { dispatchedAt: at, leadUnit: '水务集团', reply: '已修复', repliedAt: at },
        {
          dispatchedAt: at,
          leadUnit: '水务集团',
          reply: '已修复',
          repliedAt: at,
          visit,
          address: null,
          attachments: [{ name: '图', url: 'https://a.example/1.jpg' }],
        },
      ];
      const orders = sketches.map((sketch, i) => orderReceived(clock, { orderNo: `WC${i}`, content: '停水'.repeat(3_000), ...sketch }));
      await publishOrders(city, ...orders);
      const kept = await eventually(async () => {
        const rows = await new WorkOrders(database).byNumbers(['WC0', 'WC1', 'WC2', 'WC3']);
        return rows.length === 4 && rows;
      });
      const events = await new WorkOrders(database).lastEvents(kept.map(({ orderNo }) => orderNo));
      const requests = kept.map((order) => serviceRequestOf(adapter, adapter.georeport!, events.get(order.orderNo)!, order));
      expect(faultsOf('requests', requests)).toEqual([]);
      expect(requests.map(({ status }) => status).sort()).toEqual(['closed', 'open', 'open', 'open']);
    } finally {
      await city.stop();
      await drop();
    }
  });

  it('of the printed examples, the strict reader refuses three and says where; the lenient one reads all', () => {
    const json = examples().filter(({ format }) => format === 'json');
    const read = (body: string, lenient: boolean) => {
      try {
        return readGeoreport(body, lenient).kind;
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(
      json.map(({ body }) => read(body, false)).filter((said) => said.includes('must not be a number that begins with 0 (line')),
    ).toHaveLength(3);
    expect(json.map(({ body }) => read(body, true))).toEqual(['services', 'definition', 'numbers', 'numbers', 'requests', 'requests']);
    const xml = examples().filter(({ format }) => format === 'xml');
    expect(xml.map(({ body }) => read(body, false))).toEqual(['services', 'definition', 'numbers', 'numbers', 'requests', 'requests']);
  });
});
