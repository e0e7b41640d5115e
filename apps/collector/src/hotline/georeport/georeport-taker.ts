import type { HotlineRecordInput } from '@huiying/contracts/http';
import type { Clock } from '@huiying/domain';
import { GeoreportError } from '@huiying/platform';
import type { Georeport } from '@huiying/settings';
import { apartFromTime } from '../comparable-record.js';
import type { HotlineIntake } from '../hotline-intake.js';
import { orderNoOf, recordOf, type PostedForm } from './posted-request.js';

/** What POST requests answers: a number at once, or a token that leads to it. */
export interface TakenRequest {
  service_request_id?: string;
  token?: string;
  service_notice: string | null;
  account_id: string | null;
}

/** Takes reports made by Open311 at the hotline's own door: each is a work order like any other. */
export class GeoreportTaker {
  constructor(
    private readonly georeport: Georeport | null,
    private readonly intake: HotlineIntake,
    private readonly clock: Clock,
  ) {}

  /** @throws GeoreportError naming the parameter */
  async take(form: PostedForm, client: string, key: string | undefined): Promise<TakenRequest> {
    if (this.georeport === null) throw new GeoreportError(404, '本市没有开通 Open311');
    const orderNo = orderNoOf(this.georeport.prefix, client, key);
    const [record, service] = recordOf(form, this.georeport, orderNo, this.clock.now());
    const opinionId = await this.opinionOf(record, orderNo, key);
    const about = { service_notice: service.notice || null, account_id: textOf(form.account_id) };
    return service.type === 'batch' ? { token: opinionId, ...about } : { service_request_id: orderNo, ...about };
  }

  /** A report that comes again under its key differs by its time alone: it has the opinion that it got. */
  private async opinionOf(record: HotlineRecordInput, orderNo: string, key: string | undefined): Promise<string> {
    const [result] = (await this.intake.take([record])).results;
    if (result!.outcome === 'accepted') return result!.opinionId!;
    const first = key === undefined ? null : await this.intake.first(orderNo);
    if (first === null) throw new GeoreportError(400, (result!.faults ?? []).map(({ message }) => message).join('；'));
    if (apartFromTime(record) !== apartFromTime(first.record))
      throw new GeoreportError(409, `idempotency-key：幂等键 ${key!.slice(0, 128)} 已用于其他内容，请换一个`);
    return first.opinionId;
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, 200) : null;
}
