import type { OrderEventRow, WorkOrderRow } from '@huiying/persistence';
import type { Georeport, GeoreportService, HotlineAdapter } from '@huiying/settings';
import { callbackOf, valuesOf, withService } from '../callbacks/index.js';

const DESCRIPTION_AT_MOST = 4_000;
type Value = string | number | boolean | null;
/** `text`: what may be missing is null in JSON, and an empty element in XML. */
export type ServiceRequest = Record<string, Value>;

/** An order as a service request. Nothing of the caller is in it; what an order says was masked before it came here. */
export function serviceRequestOf(
  { fields, codes }: Pick<HotlineAdapter, 'fields' | 'codes'>,
  georeport: Georeport,
  event: OrderEventRow,
  order: WorkOrderRow,
): ServiceRequest {
  const callback = callbackOf(event, order);
  const filled = {
    ...callback,
    // "For requests with status=closed, this will be the date the request was closed."
    at: (order.closedAt ?? event.at).toISOString(),
    order: {
      ...callback.order,
      title: order.title,
      text: order.content.slice(0, DESCRIPTION_AT_MOST),
      address: order.address,
      mediaUrl: order.appeal.attachments[0]?.url ?? null,
    },
  };
  const source = withService(georeport, filled);
  const { code, name, notice } = source.service;
  const own = fields === 'whole' ? [] : valuesOf({ codes }, fields, source);
  const request = Object.fromEntries(
    [...own, ...valuesOf({ codes }, georeport.fields, source)].map(([key, value]) => [key, emptyToNull(value)]),
  );
  return { ...request, service_code: code, service_name: name, service_notice: emptyToNull(notice) };
}

const emptyToNull = (value: Value): Value => (value === '' ? null : value);

/** One line of GET services. */
export function serviceView({ code, name, description, attributes, type, keywords, group }: GeoreportService) {
  return {
    service_code: code,
    service_name: name,
    description: emptyToNull(description),
    metadata: attributes.length > 0,
    type,
    keywords: emptyToNull(keywords.join(', ')),
    group: emptyToNull(group),
  };
}

/** GET services/CODE. */
export function serviceDefinition({ code, attributes }: GeoreportService) {
  return {
    service_code: code,
    attributes: attributes.map(({ code: one, datatype, required, hint, description, variable, values }, i) => ({
      variable,
      code: one,
      datatype,
      required,
      datatype_description: emptyToNull(hint),
      order: i + 1,
      description,
      ...(datatype.endsWith('list') ? { values: Object.entries(values).map(([key, name]) => ({ key, name })) } : {}),
    })),
  };
}

/** Our states that are `open` or `closed` there. */
export function statesOf({ fields, codes }: Pick<HotlineAdapter, 'fields' | 'codes'>, status: readonly string[]): string[] {
  const field = fields === 'whole' ? undefined : fields.status;
  const table = typeof field === 'object' && field.codes !== undefined ? codes[field.codes]! : {};
  return Object.keys(table).filter((state) => status.includes(String(table[state])));
}
