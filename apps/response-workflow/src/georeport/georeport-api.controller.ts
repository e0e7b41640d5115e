import { Controller, Get, Inject, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import { formatOf, ForSystems, GeoreportFilter, KeyParameter, sendGeoreport } from '@huiying/platform';
import { GeoreportReader } from './georeport-reader.js';

type Asked = Record<string, unknown>;
type Answer = Parameters<typeof sendGeoreport>[0];
interface Named {
  id: string;
  ending: string;
}

/**
 * Open311 GeoReport v2 for who asks: services, service definitions, requests, tokens; XML and JSON, errors in the standard's form. POST of a
 * request is the collector's. Unlike the standard, who asks needs a key too: what people reported is not for everybody.
 */
@Controller('api/hotline/open311/v2')
@KeyParameter('api_key')
@UseFilters(GeoreportFilter)
export class GeoreportApiController {
  constructor(@Inject(GeoreportReader) private readonly reader: GeoreportReader) {}

  @Get('discovery.:ending')
  @ForSystems('orders:read')
  discovery(
    @Param('ending') ending: string,
    @Req() request: { protocol: string; headers: { host?: string } },
    @Res() answer: Answer,
  ): void {
    const base = `${request.protocol}://${request.headers.host ?? ''}/api/hotline/open311/v2`;
    sendGeoreport(answer, 200, formatOf(ending), ['discovery', this.reader.discovery(base)]);
  }

  @Get('services.:ending')
  @ForSystems('orders:read')
  services(@Param('ending') ending: string, @Query() query: Asked, @Res() answer: Answer): void {
    sendGeoreport(answer, 200, formatOf(ending), ['services', this.reader.services(query)]);
  }

  @Get('services/:id.:ending')
  @ForSystems('orders:read')
  definition(@Param() { id, ending }: Named, @Query() query: Asked, @Res() answer: Answer): void {
    sendGeoreport(answer, 200, formatOf(ending), ['service_definition', this.reader.definition(id, query)]);
  }

  @Get('requests.:ending')
  @ForSystems('orders:read')
  async requests(@Param('ending') ending: string, @Query() query: Asked, @Res() answer: Answer): Promise<void> {
    const format = formatOf(ending);
    sendGeoreport(answer, 200, format, ['service_requests', await this.reader.requests(query)]);
  }

  @Get('requests/:id.:ending')
  @ForSystems('orders:read')
  async request(@Param() { id, ending }: Named, @Query() query: Asked, @Res() answer: Answer): Promise<void> {
    const format = formatOf(ending);
    sendGeoreport(answer, 200, format, ['service_requests', await this.reader.request(id, query)]);
  }

  @Get('tokens/:id.:ending')
  @ForSystems('orders:read')
  async token(@Param() { id, ending }: Named, @Query() query: Asked, @Res() answer: Answer): Promise<void> {
    const format = formatOf(ending);
    sendGeoreport(answer, 200, format, ['service_requests', await this.reader.token(id, query)]);
  }
}
