import type { IncomingMessage } from 'node:http';
import {
  Body,
  Controller,
  Get,
  Header,
  Headers,
  HttpCode,
  Inject,
  Param,
  Post,
  Req,
  StreamableFile,
  UnauthorizedException,
} from '@nestjs/common';
import { hotlineImportChoice, type CallerView, type HotlineImportView } from '@huiying/contracts/http';
import { Clock } from '@huiying/domain';
import { PassOffice, valid, type Pass } from '@huiying/platform';
import type { z } from 'zod';
import { CallerDesk } from './caller-desk.js';
import { ImportDesk } from './importing/index.js';

type Choice = z.output<typeof hotlineImportChoice>;

/** What staff do with the hotline's own data. Who they are, and that they may, is told by the pass that response-workflow gave them. */
@Controller('api/hotline')
export class HotlineStaffController {
  constructor(
    @Inject(ImportDesk) private readonly imports: ImportDesk,
    @Inject(CallerDesk) private readonly callers: CallerDesk,
    @Inject(PassOffice) private readonly passes: PassOffice,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The file as the body (application/octet-stream), its name percent-encoded in `x-file-name`. 400 for what is no table. */
  @Post('imports')
  upload(
    @Req() request: IncomingMessage,
    @Headers('x-file-name') name: string | undefined,
    @Headers('x-pass') pass: string,
  ): Promise<HotlineImportView> {
    const { by } = this.open(pass, 'hotline-import');
    return this.imports.upload(nameOf(name), request, by.name);
  }

  @Get('imports/:id')
  view(@Param('id') id: string, @Headers('x-pass') pass: string): HotlineImportView {
    this.open(pass, 'hotline-import');
    return this.imports.view(id);
  }

  @Post('imports/:id/preview')
  @HttpCode(200)
  preview(
    @Param('id') id: string,
    @Body(valid(hotlineImportChoice)) choice: Choice,
    @Headers('x-pass') pass: string,
  ): Promise<HotlineImportView> {
    this.open(pass, 'hotline-import');
    return this.imports.choose(id, choice);
  }

  /** 400 where a needed field has no column, 409 while it runs. */
  @Post('imports/:id/run')
  @HttpCode(202)
  run(
    @Param('id') id: string,
    @Body(valid(hotlineImportChoice)) choice: Choice,
    @Headers('x-pass') pass: string,
  ): Promise<HotlineImportView> {
    this.open(pass, 'hotline-import');
    return this.imports.run(id, choice);
  }

  @Get('imports/:id/rejected')
  @Header('content-type', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  @Header('cache-control', 'no-store')
  async rejected(@Param('id') id: string, @Headers('x-pass') pass: string): Promise<StreamableFile> {
    this.open(pass, 'hotline-import');
    return new StreamableFile(await this.imports.rejected(id));
  }

  /** The caller in the open; who saw it and why is written down first. */
  @Get('orders/:orderNo/caller')
  @Header('cache-control', 'no-store')
  caller(@Param('orderNo') orderNo: string, @Headers('x-pass') text: string): Promise<CallerView> {
    const pass = this.open(text, 'caller');
    if (pass.subject !== orderNo) throw noPass();
    return this.callers.open(orderNo, pass);
  }

  private open(text: string | undefined, purpose: Pass['purpose']): Pass {
    const pass = this.passes.read(text ?? '', purpose, this.clock.now());
    if (pass === null) throw noPass();
    return pass;
  }
}

function noPass(): UnauthorizedException {
  return new UnauthorizedException({
    code: 'no-pass',
    message: 'the header x-pass must hold a pass that has not ended',
    said: '操作许可已过期，请重试',
  });
}

function nameOf(encoded: string | undefined): string {
  try {
    return decodeURIComponent(encoded ?? '').slice(-200) || '上传的文件';
  } catch {
    return '上传的文件';
  }
}
