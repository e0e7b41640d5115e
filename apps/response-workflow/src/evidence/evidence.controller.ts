import { Body, Get, HttpCode, Inject, Param, Post, Res, StreamableFile } from '@nestjs/common';
import type { EvidenceRequest } from '@huiying/contracts/http';
import { IdPipe } from '@huiying/platform';
import { Allow, CurrentActor, DESK, EVERYBODY, Guarded, scopeOf, type Actor } from '../accounts/index.js';
import { EvidenceDesk, type RegisteredEvidence } from './evidence-desk.js';

/** Shown in the browser; everything else is only offered as a download. */
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/gif', 'application/pdf', 'video/mp4']);

@Guarded('api')
export class EvidenceController {
  constructor(@Inject(EvidenceDesk) private readonly evidence: EvidenceDesk) {}

  /** Registers proof of publication. 409 case-closed. The desk checks the request once, for every caller. */
  @Post('cases/:id/evidence')
  @HttpCode(200)
  @Allow(DESK)
  register(
    @Param('id', IdPipe) caseId: string,
    @Body() request: EvidenceRequest,
    @CurrentActor() actor: Actor,
  ): Promise<RegisteredEvidence> {
    return this.evidence.register(caseId, request, actor);
  }

  @Get('evidence/:id/file')
  @Allow(EVERYBODY)
  async file(
    @Param('id', IdPipe) id: string,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) answer: { setHeader(name: string, value: string): void },
  ): Promise<StreamableFile> {
    const { mediaType, bytes, name } = await this.evidence.file(id, scopeOf(actor));
    answer.setHeader('content-security-policy', "default-src 'none'; sandbox");
    answer.setHeader('x-content-type-options', 'nosniff');
    const disposition = `${SHOWN.has(mediaType) ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(name)}`;
    return new StreamableFile(bytes, { type: mediaType, disposition });
  }
}
