import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Refusal } from '@huiying/domain';
import { Deadlines } from '@huiying/persistence';
import { CityBook } from '../city/index.js';
import { SYSTEM, WorkflowStore } from '../timeline/index.js';
import { AssignmentDesk } from './assignment-desk.js';

const LOOK_EVERY_MS = 5_000;
const TAKEN_AT_ONCE = 50;
const BY_SYSTEM = { id: null, name: SYSTEM, origin: 'fallback-assigner' };

/** Gives a case whose dispute ran out undecided to the unit that takes what nobody takes (兜底单位). */
@Injectable()
export class FallbackAssigner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('tasks');
  private timer: NodeJS.Timeout | null = null;
  private working: Promise<void> = Promise.resolve();
  private stopping = false;

  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(CityBook) private readonly city: CityBook,
    @Inject(AssignmentDesk) private readonly desk: AssignmentDesk,
  ) {}

  onApplicationBootstrap(): void {
    this.rest();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    if (this.timer) clearTimeout(this.timer);
    await this.working;
  }

  /** Returns how many cases were given. Several processes may look: the case's lock lets one give. */
  async giveOverdue(): Promise<number> {
    const fallback = this.city.parts.fallbackDepartmentId;
    if (fallback === null) return 0;
    const departmentId = this.city.answering(fallback, this.store.now());
    let given = 0;
    for (const caseId of await new Deadlines(this.store.database).overdueDisputes(this.store.now(), TAKEN_AT_ONCE)) {
      const instruction = '管辖争议逾期未裁定，由兜底单位先行承办；裁定后可再转办。';
      try {
        await this.desk.assign(caseId, { tasks: [{ departmentId, role: 'lead', instruction }] }, BY_SYSTEM);
        given++;
      } catch (error) {
        // It has a lead, is closed, or this unit itself returned it: a person decides.
        if (!(error instanceof Refusal)) throw error;
        this.logger.warn(`case ${caseId} stays undecided: ${error.message}`);
      }
    }
    return given;
  }

  private rest(): void {
    if (this.stopping) return;
    this.timer = setTimeout(() => (this.working = this.look()), LOOK_EVERY_MS);
    this.timer.unref();
  }

  private async look(): Promise<void> {
    try {
      await this.giveOverdue();
    } catch (error) {
      this.logger.warn(`overdue disputes wait: ${(error as Error).message}`);
    }
    this.rest();
  }
}
