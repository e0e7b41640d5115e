import type { Clock } from '@huiying/domain';
import { GeoreportError } from '@huiying/platform';
import type { Georeport } from '@huiying/settings';
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
    const [result] = (await this.intake.take([record])).results;
    // Under its key a report that comes again differs by its time alone: it has the number that it got.
    const known = result!.outcome === 'rejected' && key !== undefined ? await this.intake.known(orderNo) : null;
    if (result!.outcome === 'rejected' && known === null)
      throw new GeoreportError(400, (result!.faults ?? []).map(({ message }) => message).join('；'));
    const opinionId = known ?? result!.opinionId!;
    const about = { service_notice: service.notice || null, account_id: textOf(form.account_id) };
    return service.type === 'batch' ? { token: opinionId, ...about } : { service_request_id: orderNo, ...about };
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, 200) : null;
}
