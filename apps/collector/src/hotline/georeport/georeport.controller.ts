import { Body, Controller, Headers, Inject, Param, Post, Res, UseFilters } from '@nestjs/common';
import { CurrentClient, formatOf, ForSystems, GeoreportFilter, KeyParameter, sendGeoreport } from '@huiying/platform';
import type { ApiClient } from '@huiying/settings';
import { GeoreportTaker } from './georeport-taker.js';

/** Open311 GeoReport v2: a report made by a form. The header idempotency-key, which the standard does not know, lets it be sent again. */
@Controller('api/hotline/open311/v2')
@KeyParameter('api_key')
@UseFilters(GeoreportFilter)
export class GeoreportController {
  constructor(@Inject(GeoreportTaker) private readonly taker: GeoreportTaker) {}

  @Post('requests.:ending')
  @ForSystems('records:write')
  async report(
    @Param('ending') ending: string,
    @Body() form: Record<string, unknown> | undefined,
    @Headers('idempotency-key') key: string | undefined,
    @CurrentClient() client: ApiClient,
    @Res() answer: Parameters<typeof sendGeoreport>[0],
  ): Promise<void> {
    const format = formatOf(ending);
    const { service_request_id: id, token, ...rest } = await this.taker.take(form ?? {}, client.name, key);
    sendGeoreport(answer, 201, format, [
      'service_requests',
      [{ ...(token === undefined ? { service_request_id: id } : { token }), ...rest }],
    ]);
  }
}
