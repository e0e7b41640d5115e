import type { INestApplicationContext } from '@nestjs/common';
import { HOUR_MS } from '@huiying/domain';
import { ReportIssues, ReportSendings, type Database } from '@huiying/persistence';
import { ReportDesk, ReportListDesk, ReportScheduler, type Actor } from '../../../response-workflow/src/index.js';
import { personId } from '../demo/index.js';

const EDITOR = 'luwenjing';
const LEADER = 'yanshuhua';
/** From the draft to the leader's signature. */
const EDITED_WITHIN_MS = 6 * HOUR_MS;
const READERS = [
  ...['yanshuhua', 'zhoumingyuan', 'fangzhengping', 'hanlinhai'].map((username) => ({ personId: personId(username) })),
  { name: '市委值班室', address: 'duty@party.wangchuan.example' },
  { name: '省政府办公厅值班室', address: 'duty@province.example' },
];
/** Whose server knows no such address: the ledger has one that failed. */
const UNKNOWN = 'duty@party.wangchuan.example';

/**
 * The reports of the past fortnight: made by schedule at their instant; the first was edited, signed and sent, the last waits as a draft. No
 * mail leaves the demo: its ledger is filled in, and says so.
 */
export class ReportPlayer {
  private signsAt: Date | null = null;
  private isSigned = false;

  constructor(
    private readonly services: INestApplicationContext,
    private readonly database: Database,
    private readonly actor: (username: string) => Promise<Actor>,
  ) {}

  async begin(): Promise<void> {
    const list = { name: '市领导和上级值班室', kinds: ['weekly' as const, 'special' as const], readers: READERS, isOn: true };
    await this.services.get(ReportListDesk).put(null, list, await this.actor(LEADER));
    await this.services.get(ReportScheduler).tick();
  }

  async nextAt(): Promise<Date | null> {
    const next = await this.services.get(ReportScheduler).nextAt();
    return this.signsAt !== null && (next === null || this.signsAt < next) ? this.signsAt : next;
  }

  async tick(now: Date): Promise<void> {
    while ((await this.services.get(ReportScheduler).tick()) > 0);
    const [draft] = await new ReportIssues(this.database).list(null, 1);
    if (draft && !this.isSigned && this.signsAt === null) this.signsAt = new Date(draft.madeAt.getTime() + EDITED_WITHIN_MS);
    if (draft && this.signsAt !== null && this.signsAt <= now) await this.sign(draft.id, now);
  }

  private async sign(id: string, now: Date): Promise<void> {
    this.signsAt = null;
    this.isSigned = true;
    const desk = this.services.get(ReportDesk);
    const [editor, leader] = [await this.actor(EDITOR), await this.actor(LEADER)];
    const text = '本期起周报每周一 08:00 自动起草，签发后按名单分发。请各单位核对所列工单数据，有出入的于周三前反馈市政府值班室。';
    await desk.edit(id, { notes: [{ heading: '七、工作建议与督办事项', text }] }, editor);
    await desk.submit(id, editor);
    await desk.approve(id, leader);
    const sendings = new ReportSendings(this.database);
    for (const { id: sending, address } of await sendings.claim(now, READERS.length)) {
      const failed = address === UNKNOWN;
      const detail = failed ? '550 5.1.1 没有这个收件人（演示数据）' : '演示数据：没有真正发出邮件';
      await sendings.settle(sending, { state: failed ? 'failed' : 'accepted', at: now, nextAttemptAt: null, detail });
    }
  }
}
