import { Controller, Get, Header } from '@nestjs/common';
import { openApi } from './open-api.js';
import { handbookPage } from './page.js';

/** What a hotline's engineers read; holds nothing of the city, so it is open to whoever reaches us. */
@Controller('api/hotline')
export class HandbookController {
  private readonly document = openApi();
  private readonly page = handbookPage();

  @Get('openapi.json')
  openApi(): Record<string, unknown> {
    return this.document;
  }

  @Get('docs')
  @Header('content-type', 'text/html; charset=utf-8')
  docs(): string {
    return this.page;
  }
}
