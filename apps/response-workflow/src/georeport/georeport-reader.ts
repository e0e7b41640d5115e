import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '@huiying/domain';
import { Database, WorkOrders, type WorkOrderRow } from '@huiying/persistence';
import { ENVIRONMENT, GeoreportError } from '@huiying/platform';
import {
  georeportService,
  OPEN311_ADAPTER,
  readHotlineAdapter,
  serviceFilter,
  type Environment,
  type Georeport,
  type HotlineAdapter,
} from '@huiying/settings';
import { askedRequests } from './asked-requests.js';
import { serviceDefinition, serviceRequestOf, serviceView, statesOf, type ServiceRequest } from './request-view.js';

type Query = Readonly<Record<string, unknown>>;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Our work orders as Open311 GeoReport v2 has them, by what the adapter's folder lays down. */
@Injectable()
export class GeoreportReader {
  private readonly adapter: Readonly<HotlineAdapter>;
  private readonly georeport: Georeport | null;

  constructor(
    @Inject(ENVIRONMENT) { configFolder }: Environment,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {
    this.adapter = readHotlineAdapter(configFolder, OPEN311_ADAPTER);
    this.georeport = this.adapter.georeport;
  }

  services(query: Query) {
    return this.of(query).services.map(serviceView);
  }

  /** @throws GeoreportError 404 */
  definition(code: string, query: Query) {
    const service = georeportService(this.of(query), code);
    if (service === null) throw new GeoreportError(404, `service_code：没有服务 ${code.slice(0, 40)}`);
    return serviceDefinition(service);
  }

  /** @throws GeoreportError naming the parameter */
  async requests(query: Query): Promise<ServiceRequest[]> {
    const georeport = this.of(query);
    const asked = askedRequests(query, georeport, this.clock.now());
    const { from, to, ids, status, services, offset, size } = asked;
    const orders = new WorkOrders(this.database);
    if (ids !== null) return this.shown(georeport, await orders.byNumbers(ids));
    const states = status === null ? undefined : statesOf(this.adapter, status);
    const service = services === null ? undefined : serviceFilter(georeport.services, services);
    return this.shown(georeport, await orders.receivedPage({ from, to, states, service }, offset, size));
  }

  /** @throws GeoreportError 404 */
  async request(id: string, query: Query): Promise<ServiceRequest[]> {
    const found = await this.shown(this.of(query), await new WorkOrders(this.database).byNumbers([id]));
    if (found.length === 0) throw new GeoreportError(404, `service_request_id：没有 ${id.slice(0, 64)}`);
    return found;
  }

  /** A token is what the order's text is known by; it leads nowhere until the order has come in here. @throws GeoreportError 404 */
  async token(token: string, query: Query): Promise<{ service_request_id: string; token: string }[]> {
    this.of(query);
    const order = UUID.test(token) ? await new WorkOrders(this.database).find(token, null) : null;
    if (order === null) throw new GeoreportError(404, 'token：没有，或工单尚在生成，请稍后再查');
    return [{ service_request_id: order.orderNo, token }];
  }

  /** GET discovery: where and in what forms. */
  discovery(base: string) {
    const { contact } = this.of({});
    const endpoint = {
      specification: 'http://wiki.open311.org/GeoReport_v2',
      url: base,
      type: 'production',
      formats: ['text/xml', 'application/json'],
    };
    return { contact, key_service: contact, endpoints: [endpoint] };
  }

  /** @throws GeoreportError 404 for another jurisdiction, or where the city does not take part */
  private of({ jurisdiction_id: asked }: Query): Georeport {
    if (this.georeport === null) throw new GeoreportError(404, '本市没有开通 Open311');
    if (asked !== undefined && asked !== '' && asked !== this.georeport.jurisdictionId)
      throw new GeoreportError(404, `jurisdiction_id：没有 ${String(asked).slice(0, 100)}，本市为 ${this.georeport.jurisdictionId}`);
    return this.georeport;
  }

  private async shown(georeport: Georeport, orders: readonly WorkOrderRow[]): Promise<ServiceRequest[]> {
    const events = await new WorkOrders(this.database).lastEvents(orders.map(({ orderNo }) => orderNo));
    return orders.flatMap((order) => {
      const event = events.get(order.orderNo);
      return event === undefined ? [] : [serviceRequestOf(this.adapter, georeport, event, order)];
    });
  }
}
