import { Body, Get, HttpCode, Inject, Param, Post, Query, Res, type StreamableFile } from '@nestjs/common';
import type {
  BecauseRequest,
  DocumentDetail,
  DocumentImport,
  DocumentView,
  EditDocumentRequest,
  EndDocumentRequest,
  ImportDocumentsRequest,
  InterpretDocumentRequest,
  Page,
  PlanDocumentRequest,
  PublishDocumentRequest,
  RegisterDocumentRequest,
} from '@huiying/contracts/http';
import { IdPipe, valid } from '@huiying/platform';
import { z } from 'zod';
import { Allow, CurrentActor, EVERYBODY, Guarded, type Actor } from '../accounts/index.js';
import { csvAnswer, cursorParam, listOf, searchWordsParam } from '../query/index.js';
import { DocumentDesk } from './document-desk.js';
import { DocumentEnder } from './document-end.js';
import { DocumentImporter } from './document-import.js';
import { DocumentReader } from './document-reader.js';

const documentQuery = z.object({
  state: listOf(z.enum(['drafting', 'submitted', 'signed', 'published', 'interpreted', 'exempt'])),
  department: listOf(z.string().max(60)),
  overdue: z
    .enum(['true', 'false'])
    .optional()
    .transform((word) => word === 'true'),
  q: searchWordsParam,
  cursor: cursorParam,
});
type DocumentQueryParams = z.output<typeof documentQuery>;
/** The drafting department, and 政务公开 at the desk. */
const KEEPERS = ['department-lead', 'duty-officer', 'supervisor'] as const;
const LEADERS = ['supervisor'] as const;

/** 政策文件与解读. Each step answers 409 document-STATE where it is not lawful now. */
@Guarded('api')
export class DocumentController {
  constructor(
    @Inject(DocumentReader) private readonly documents: DocumentReader,
    @Inject(DocumentDesk) private readonly desk: DocumentDesk,
    @Inject(DocumentEnder) private readonly ender: DocumentEnder,
    @Inject(DocumentImporter) private readonly importer: DocumentImporter,
  ) {}

  @Get('documents')
  @Allow(EVERYBODY)
  list(@Query(valid(documentQuery)) { cursor, ...query }: DocumentQueryParams, @CurrentActor() actor: Actor): Promise<Page<DocumentView>> {
    return this.documents.list(query, cursor ?? null, actor);
  }

  @Get('documents.csv')
  @Allow(EVERYBODY)
  async csv(
    @Query(valid(documentQuery)) { cursor: _, ...query }: DocumentQueryParams,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) answer: { setHeader(name: string, value: string): void },
  ): Promise<StreamableFile> {
    return csvAnswer(await this.documents.csv(query, actor), '政策文件解读台账', answer);
  }

  @Get('documents/:id')
  @Allow(EVERYBODY)
  detail(@Param('id', IdPipe) id: string, @CurrentActor() actor: Actor): Promise<DocumentDetail> {
    return this.documents.detail(id, actor);
  }

  /** 409 document-known. */
  @Post('documents')
  @HttpCode(200)
  @Allow(KEEPERS)
  register(@Body() request: RegisterDocumentRequest, @CurrentActor() actor: Actor): Promise<{ documentId: string }> {
    return this.desk.register(request, actor);
  }

  @Post('documents/import')
  @HttpCode(200)
  @Allow(KEEPERS)
  import(@Body() request: ImportDocumentsRequest, @CurrentActor() actor: Actor): Promise<DocumentImport> {
    return this.importer.import(request, actor);
  }

  @Post('documents/:id/edit')
  @HttpCode(204)
  @Allow(KEEPERS)
  edit(@Param('id', IdPipe) id: string, @Body() request: EditDocumentRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.edit(id, request, actor);
  }

  @Post('documents/:id/plan')
  @HttpCode(204)
  @Allow(KEEPERS)
  plan(@Param('id', IdPipe) id: string, @Body() request: PlanDocumentRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.plan(id, request, actor);
  }

  /** 409 plan-missing. */
  @Post('documents/:id/submit')
  @HttpCode(204)
  @Allow(KEEPERS)
  submit(@Param('id', IdPipe) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.submit(id, actor);
  }

  @Post('documents/:id/send-back')
  @HttpCode(204)
  @Allow(LEADERS)
  sendBack(@Param('id', IdPipe) id: string, @Body() request: BecauseRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.sendBack(id, request, actor);
  }

  /** 409 plan-missing. */
  @Post('documents/:id/sign')
  @HttpCode(204)
  @Allow(LEADERS)
  sign(@Param('id', IdPipe) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.sign(id, actor);
  }

  /** 409 interpretation-missing, document-known. */
  @Post('documents/:id/publish')
  @HttpCode(204)
  @Allow(KEEPERS)
  publish(@Param('id', IdPipe) id: string, @Body() request: PublishDocumentRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.publish(id, request, actor);
  }

  /** 409 interpretation-copied. */
  @Post('documents/:id/interpret')
  @HttpCode(200)
  @Allow(KEEPERS)
  interpret(@Param('id', IdPipe) id: string, @Body() request: InterpretDocumentRequest, @CurrentActor() actor: Actor) {
    return this.desk.interpret(id, request, actor);
  }

  @Post('documents/:id/exempt')
  @HttpCode(204)
  @Allow(LEADERS)
  exempt(@Param('id', IdPipe) id: string, @Body() request: BecauseRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.exempt(id, request, actor);
  }

  /** 409 document-ended. */
  @Post('documents/:id/end')
  @HttpCode(204)
  @Allow(KEEPERS)
  end(@Param('id', IdPipe) id: string, @Body() request: EndDocumentRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.ender.end(id, request, actor);
  }

  /** 409 nothing-to-check. */
  @Post('documents/:id/check-links')
  @HttpCode(204)
  @Allow(KEEPERS)
  checkLinks(@Param('id', IdPipe) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.checkLinks(id, actor);
  }
}
