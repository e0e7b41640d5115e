import { Body, Get, HttpCode, Inject, Param, Post, Query, Res, type StreamableFile } from '@nestjs/common';
import type {
  AnalysisRequest,
  BecauseRequest,
  BeginInvestigationRequest,
  CaseworkView,
  CommitmentRequest,
  ClarifyRequest,
  CommitmentView,
  HoldConferenceRequest,
  InvestigationRequest,
  KeepCommitmentRequest,
  PlanConferenceRequest,
  RumourRequest,
  WaiveConferenceRequest,
} from '@huiying/contracts/http';
import { IdPipe, valid } from '@huiying/platform';
import { z } from 'zod';
import { Allow, CurrentActor, DESK, EVERYBODY, Guarded, type Actor } from '../accounts/index.js';
import { csvAnswer, listOf, searchWordsParam } from '../query/index.js';
import { CaseworkDesk } from './casework-desk.js';
import { CaseworkReader } from './casework-reader.js';
import { InvestigationDesk } from './investigation-desk.js';
import { RumourDesk } from './rumour-desk.js';

const commitmentQuery = z.object({
  state: listOf(z.enum(['open', 'kept', 'dropped'])),
  overdue: z
    .enum(['true', 'false'])
    .optional()
    .transform((word) => word === 'true'),
  q: searchWordsParam,
});
type CommitmentQuery = z.output<typeof commitmentQuery>;
const KEEPERS = ['duty-officer', 'supervisor', 'department-lead'] as const;

/** The press conference, the investigation, claims found to be false, the analysis report and the ledger of commitments (承诺台账). */
@Guarded('api')
export class CaseworkController {
  constructor(
    @Inject(CaseworkReader) private readonly casework: CaseworkReader,
    @Inject(CaseworkDesk) private readonly desk: CaseworkDesk,
    @Inject(InvestigationDesk) private readonly investigations: InvestigationDesk,
    @Inject(RumourDesk) private readonly rumours: RumourDesk,
  ) {}

  @Get('cases/:id/casework')
  @Allow(EVERYBODY)
  ofCase(@Param('id', IdPipe) id: string, @CurrentActor() actor: Actor): Promise<CaseworkView> {
    return this.casework.ofCase(id, actor);
  }

  /** 409 conference-held, case-closed. */
  @Post('cases/:id/conference/plan')
  @HttpCode(204)
  @Allow(DESK)
  plan(@Param('id', IdPipe) id: string, @Body() request: PlanConferenceRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.plan(id, request, actor);
  }

  /** 409 conference-held, conference-waived, case-closed. */
  @Post('cases/:id/conference/hold')
  @HttpCode(200)
  @Allow(DESK)
  hold(@Param('id', IdPipe) id: string, @Body() request: HoldConferenceRequest, @CurrentActor() actor: Actor) {
    return this.desk.hold(id, request, actor);
  }

  /** 409 conference-held, conference-waived, case-closed. */
  @Post('cases/:id/conference/waive')
  @HttpCode(204)
  @Allow(['supervisor'])
  waive(@Param('id', IdPipe) id: string, @Body() request: WaiveConferenceRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.waive(id, request, actor);
  }

  /** 409 investigation-begun, case-closed. */
  @Post('cases/:id/investigation/begin')
  @HttpCode(204)
  @Allow(DESK)
  beginInvestigation(
    @Param('id', IdPipe) id: string,
    @Body() request: BeginInvestigationRequest,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    return this.investigations.begin(id, request, actor);
  }

  /** 409 investigation-not-begun, investigation-reported, case-closed. */
  @Post('cases/:id/investigation/report')
  @HttpCode(204)
  @Allow(DESK)
  reportInvestigation(@Param('id', IdPipe) id: string, @Body() request: InvestigationRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.investigations.report(id, request, actor);
  }

  /** 409 investigation-not-reported, investigation-approved, case-closed. */
  @Post('cases/:id/investigation/approve')
  @HttpCode(204)
  @Allow(DESK)
  approveInvestigation(
    @Param('id', IdPipe) id: string,
    @Body() request: InvestigationRequest,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    return this.investigations.approve(id, request, actor);
  }

  /** Answers { rumourId }. 409 case-closed. */
  @Post('cases/:id/rumours')
  @Allow(DESK)
  findRumour(@Param('id', IdPipe) id: string, @Body() request: RumourRequest, @CurrentActor() actor: Actor): Promise<{ rumourId: string }> {
    return this.rumours.find(id, request, actor);
  }

  /** 409 rumour-clarified, rumour-withdrawn, case-closed. */
  @Post('rumours/:id/clarify')
  @HttpCode(204)
  @Allow(DESK)
  clarifyRumour(@Param('id', IdPipe) id: string, @Body() request: ClarifyRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.rumours.clarify(id, request, actor);
  }

  /** 409 rumour-clarified, rumour-withdrawn, case-closed. */
  @Post('rumours/:id/withdraw')
  @HttpCode(204)
  @Allow(DESK)
  withdrawRumour(@Param('id', IdPipe) id: string, @Body() request: BecauseRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.rumours.withdraw(id, request, actor);
  }

  @Post('cases/:id/analysis')
  @HttpCode(204)
  @Allow(DESK)
  analyse(@Param('id', IdPipe) id: string, @Body() request: AnalysisRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.analyse(id, request, actor);
  }

  @Post('cases/:id/commitments')
  @HttpCode(200)
  @Allow(DESK)
  promise(
    @Param('id', IdPipe) id: string,
    @Body() request: CommitmentRequest,
    @CurrentActor() actor: Actor,
  ): Promise<{ commitmentId: string }> {
    return this.desk.promise(id, request, actor);
  }

  @Get('commitments')
  @Allow(EVERYBODY)
  list(@Query(valid(commitmentQuery)) query: CommitmentQuery, @CurrentActor() actor: Actor): Promise<CommitmentView[]> {
    return this.casework.list(query, actor);
  }

  @Get('commitments.csv')
  @Allow(EVERYBODY)
  async csv(
    @Query(valid(commitmentQuery)) query: CommitmentQuery,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) answer: { setHeader(name: string, value: string): void },
  ): Promise<StreamableFile> {
    return csvAnswer(await this.casework.csv(query, actor), '承诺台账', answer);
  }

  /** 409 already-kept, commitment-dropped. */
  @Post('commitments/:id/keep')
  @HttpCode(204)
  @Allow(KEEPERS)
  keep(@Param('id', IdPipe) id: string, @Body() request: KeepCommitmentRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.keep(id, request, actor);
  }

  @Post('commitments/:id/drop')
  @HttpCode(204)
  @Allow(['supervisor'])
  drop(@Param('id', IdPipe) id: string, @Body() request: BecauseRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.drop(id, request, actor);
  }
}
