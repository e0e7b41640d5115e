import { Inject, Injectable } from '@nestjs/common';
import { Clock, localDateOf } from '@huiying/domain';
import { DutyDesk } from '../duty/index.js';
import { requestsTo } from '../notifying/index.js';
import { Ticker } from '../ticking/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { DUTY_WORDS, DutyPlanDesk, spanWords } from './duty-plan-desk.js';

const DAY_MS = 86_400_000;
/** So far ahead a gap is warned of: there is time to find somebody. */
const LOOK_AHEAD_DAYS = 7;

/** Once a day looks for stretches of the coming week that nobody covers (值班空档). */
@Injectable()
export class DutyWatch extends Ticker {
  private watchedOn = '';

  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(DutyPlanDesk) private readonly plans: DutyPlanDesk,
    @Inject(DutyDesk) private readonly duty: DutyDesk,
    @Inject(Clock) clock: Clock,
  ) {
    super('rostering', { tick: () => this.look(), nextAt: async () => new Date(clock.now().getTime() + DAY_MS) }, clock);
  }

  /** Returns 0: there is never more to do at once. Each gap is told once. */
  async look(): Promise<number> {
    const today = localDateOf(this.store.now());
    if (this.watchedOn === today) return 0;
    await this.store.change(async (tx, now) => {
      const gaps = await this.plans.gaps(tx, now, new Date(now.getTime() + LOOK_AHEAD_DAYS * DAY_MS));
      const { supervisors, administrators = [] } = await this.duty.tellable(tx, now);
      for (const { duty, from, to } of gaps) {
        const span = spanWords(new Date(from), new Date(to));
        const body = `${span} 没有${DUTY_WORDS[duty]}，请在值班页调班；届时系统改为通知全体${DUTY_WORDS[duty]}。`;
        const words = { title: `【值班空档】${span}`, body, link: '/duty', caseId: null, causedBy: null };
        const fact = `duty-gap:${duty}:${localDateOf(new Date(from))}:${to}`;
        tx.send(...requestsTo({ fact, severity: 'III', urgency: 'urgent', ...words }, [...supervisors, ...administrators], now));
      }
    });
    this.watchedOn = today;
    return 0;
  }
}
