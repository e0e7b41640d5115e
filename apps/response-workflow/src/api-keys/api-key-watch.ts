import { Inject, Injectable } from '@nestjs/common';
import { Clock, DAY_MS, keyWarning, localDateOf, localTimeText, type KeyWarning } from '@huiying/domain';
import { ApiKeys, type Tx } from '@huiying/persistence';
import { DutyDesk } from '../duty/index.js';
import { noticeRequests } from '../notifying/index.js';
import { Ticker } from '../ticking/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { ApiKeyBook, type KeyEntry, type SystemEntry } from './api-key-book.js';

/** Once a day looks whether a key of another system ends soon, wherever the key comes from. */
@Injectable()
export class ApiKeyWatch extends Ticker {
  private watchedOn = '';

  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(ApiKeyBook) private readonly book: ApiKeyBook,
    @Inject(DutyDesk) private readonly duty: DutyDesk,
    @Inject(Clock) clock: Clock,
  ) {
    super('api-keys', { tick: () => this.look(), nextAt: async () => new Date(clock.now().getTime() + DAY_MS) }, clock);
  }

  /** Returns 0: there is never more to do at once. Each threshold is told once, whatever process looks. */
  async look(): Promise<number> {
    const today = localDateOf(this.store.now());
    if (this.watchedOn === today) return 0;
    await this.store.change(async (tx, now) => {
      for (const system of await this.book.systems(tx)) {
        for (const key of system.keys) {
          const others = system.keys.filter((other) => other !== key).map(({ terms }) => terms);
          const warning = keyWarning(key.terms, others, now);
          if (warning) await this.tell(tx, system, key, warning, now);
        }
      }
    });
    this.watchedOn = today;
    return 0;
  }

  private async tell(tx: Tx, { name, row }: SystemEntry, key: KeyEntry, warning: KeyWarning, now: Date): Promise<void> {
    const { daysLeft, threshold, hasNext, urgent } = warning;
    const used = (await new ApiKeys(tx).uses()).get(key.fingerprint);
    const who = row?.title ?? name;
    const next = hasNext
      ? '该系统已有后续密钥，请确认对方已换用。'
      : '该系统没有后续密钥，到期后对方无法接入，请及时增加新密钥并交给对方。';
    const body = `密钥 ${key.prefix}… 的最后一天是 ${key.terms.lastDay}，${used ? `最近使用 ${localTimeText(used)}` : '尚未见使用'}。${next}`;
    const told = { about: { kind: 'api-key' as const }, severity: 'IV' as const, link: '/api-keys', caseId: null, causedBy: null };
    const fact = `api-key:${key.fingerprint}:ends:${key.terms.lastDay}:${threshold}`;
    const title = `【接口密钥到期】${who}的密钥${daysLeft === 0 ? '今天到期' : `还有 ${daysLeft} 天到期`}`;
    const people = await this.duty.tellable(tx, now);
    tx.send(...noticeRequests({ ...told, fact, urgency: urgent ? 'urgent' : 'normal', title, body }, people, now));
  }
}
