import { Get, Inject } from '@nestjs/common';
import type { AuditorView } from '@huiying/contracts/http';
import { AuditorRounds, Database } from '@huiying/persistence';
import { Allow, Guarded, VIEWERS } from '../accounts/index.js';

const SHOWN = 50;

@Guarded('api/auditor')
export class AuditorController {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** When the auditor last passed, and what it found lately. */
  @Get()
  @Allow(VIEWERS)
  async view(): Promise<AuditorView> {
    const rounds = new AuditorRounds(this.database);
    const { passedAt, isClean } = await rounds.look();
    const findings = await rounds.findings(SHOWN);
    return {
      passedAt: passedAt?.toISOString() ?? null,
      isClean,
      findings: findings.map(({ at, kind, text, repaired }) => ({ at: at.toISOString(), kind, text, repaired })),
    };
  }
}
