import { Inject, Injectable } from '@nestjs/common';
import { afterLook, Clock, isBroken } from '@huiying/domain';
import { PolicyDocuments, type KeptInterpretation, type LinkCheck, type PolicyDocumentRow, type Tx } from '@huiying/persistence';
import { DutyDesk } from '../duty/index.js';
import { noticeRequests } from '../notifying/index.js';
import { Ticker } from '../ticking/index.js';
import { SYSTEM, WorkflowStore } from '../timeline/index.js';
import { DocumentLedger } from './document-ledger.js';
import { PageLinks } from './page-links.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** 双向链接 that were whole are looked at again so often; broken ones the next day. */
const LOOKED_EVERY_MS = 7 * DAY_MS;
/** Sites are not stormed: so many documents in one look, and one look in an hour. */
const LOOKED_AT_ONCE = 20;

/** Looks again, week by week, whether documents and their interpretations still lead to each other; a broken link is told to its owner once. */
@Injectable()
export class LinkWatch extends Ticker {
  private nextLookAt = new Date(0);

  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(PageLinks) private readonly links: PageLinks,
    @Inject(DocumentLedger) private readonly ledger: DocumentLedger,
    @Inject(DutyDesk) private readonly duty: DutyDesk,
    @Inject(Clock) clock: Clock,
  ) {
    super('links', { tick: () => this.tickWhenDue(), nextAt: async () => this.nextLookAt }, clock);
  }

  private async tickWhenDue(): Promise<number> {
    const now = this.store.now();
    if (now < this.nextLookAt) return 0;
    this.nextLookAt = new Date(now.getTime() + HOUR_MS);
    await this.look();
    return 0;
  }

  /** Looks at those whose turn it is. Returns how many documents it looked at. */
  async look(): Promise<number> {
    const now = this.store.now().getTime();
    const documents = new PolicyDocuments(this.store.database);
    const due = await documents.linksDue(new Date(now - LOOKED_EVERY_MS), new Date(now - DAY_MS), LOOKED_AT_ONCE);
    for (const row of due) await this.lookAt(row);
    return due.length;
  }

  private async lookAt(before: PolicyDocumentRow): Promise<void> {
    const found = new Map<string, LinkCheck>();
    for (const one of before.interpretations) {
      const { documentHtml: _d, html: _h, text: _t, ...links } = await this.links.check(before.url!, one.url);
      found.set(one.evidenceId, links);
    }
    await this.store.change(async (tx, now) => {
      const row = await new PolicyDocuments(tx).lock(before.id, null);
      // Somebody else looked meanwhile, or its address was put right.
      if (!row || row.url !== before.url || lookedAt(row) !== lookedAt(before)) return;
      const told: KeptInterpretation[] = [];
      const interpretations = row.interpretations.map((one) => {
        const looked = found.get(one.evidenceId);
        if (!looked) return one;
        const { kept, tells } = afterLook(one.links, looked);
        const after = { ...one, links: kept };
        if (tells) told.push(after);
        return after;
      });
      await new PolicyDocuments(tx).change(row.id, { interpretations }, { at: row.changedAt, name: row.changedBy });
      for (const one of told) await this.tell(tx, row, one, now);
    });
  }

  private async tell(tx: Tx, row: PolicyDocumentRow, { title, evidenceId, links }: KeptInterpretation, now: Date): Promise<void> {
    const text = `《${row.title}》与解读《${title}》的双向链接已断：${faultOf(links!)}`;
    await this.ledger.tell({ tx, now }, row, SYSTEM, { kind: 'document.link-broken', text, detail: { evidenceId, ...links } });
    const notice = {
      fact: `document:${row.id}:link:${evidenceId}:${links!.brokenSince}`,
      about:
        row.departmentId === null ? { kind: 'desk-asked' as const } : { kind: 'department-told' as const, departmentId: row.departmentId },
      ...{ severity: 'IV' as const, urgency: 'normal' as const, link: `/documents/${row.id}`, caseId: null, causedBy: null },
      title: `【断链】${row.documentNo ?? ''}《${row.title}》`,
      body: `${text}。请在网站上修复，系统每天复查，恢复后不再提示。`,
    };
    tx.send(...noticeRequests(notice, await this.duty.tellable(tx, now), now));
  }
}

/** The instants of the looks at all links of a document: the same where nobody looked in between. */
function lookedAt({ interpretations }: PolicyDocumentRow): string {
  return interpretations.map(({ links }) => links?.at ?? '').join();
}

/** `解读页没有指向文件的链接` */
function faultOf(links: LinkCheck): string {
  if (!isBroken(links)) return '';
  const faults = [
    links.failure,
    links.documentLeads === false ? '文件页没有指向解读的链接' : null,
    links.interpretationLeads === false ? '解读页没有指向文件的链接' : null,
  ];
  return faults.filter((one) => one !== null).join('；');
}
