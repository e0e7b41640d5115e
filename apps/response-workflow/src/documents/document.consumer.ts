import { Controller, Inject } from '@nestjs/common';
import { TOPICS, type PolicyDocumentFoundV1 } from '@huiying/contracts';
import { isFreshlyPublished, localTimeText, ownNumberOf, stableId, stepDocument } from '@huiying/domain';
import { Reads } from '@huiying/messaging';
import { PolicyDocuments, type PolicyDocumentChange, type PolicyDocumentRow, type Tx } from '@huiying/persistence';
import { CityBook } from '../city/index.js';
import { SYSTEM, WorkflowStore } from '../timeline/index.js';
import { DocumentLedger } from './document-ledger.js';

/** The inbox and consumer-group name. */
const READER = 'policy-documents';

/**
 * Takes into the register what the collector found on the city's own lists of documents. One that was registered before, known by
 * its number or address, is not made twice: found in public it counts as published, and what was not known of it is filled in.
 */
@Controller()
export class DocumentConsumer {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(CityBook) private readonly city: CityBook,
    @Inject(DocumentLedger) private readonly ledger: DocumentLedger,
  ) {}

  @Reads(TOPICS.policyDocumentFound, READER)
  async take(events: PolicyDocumentFoundV1[]): Promise<void> {
    await this.store.once(READER, events, async (tx, fresh, now) => {
      for (const { data } of fresh) {
        const known = await new PolicyDocuments(tx).lockKnown(ownNumberOf(data.text), data.url);
        if (known) await this.join(tx, known, data, now);
        else await this.add(tx, data, now);
      }
    });
  }

  private async add(tx: Tx, data: PolicyDocumentFoundV1['data'], now: Date): Promise<void> {
    const capturedAt = new Date(data.capturedAt);
    const publishedAt = data.publishedAt === null ? capturedAt : new Date(data.publishedAt);
    const isStock = !isFreshlyPublished(publishedAt, capturedAt);
    const id = stableId('policy-document', data.documentId);
    const added = await new PolicyDocuments(tx).add({
      id,
      title: data.title.slice(0, 300),
      documentNo: ownNumberOf(data.text),
      departmentId: null,
      kind: '其他涉及公众的政策文件',
      syncMode: this.city.parts.syncMode,
      state: isStock ? 'exempt' : 'published',
      text: data.text,
      url: data.url,
      publishedAt,
      plan: null,
      reason: isStock ? '存量文件：发现时公开已逾一周，不起算解读时限' : null,
      source: `发现：${data.sourceName}`,
      createdAt: now,
      createdBy: SYSTEM,
    });
    if (!added) return;
    const row = (await this.ledger.find(tx, id))!;
    const undated = data.publishedAt === null ? '（网页未写日期，按采集时间）' : '';
    const text = `在${data.sourceName}发现政策文件，${localTimeText(publishedAt)} 公开${undated}${isStock ? '；存量文件，不起算' : '；请认领起草部门'}`;
    await this.ledger.tell({ tx, now }, row, SYSTEM, {
      kind: 'document.found',
      text,
      detail: { sourceId: data.sourceId, sha256: data.sha256 },
    });
    if (!isStock) await this.ledger.startClock(tx, row, publishedAt, data.sourceName, now);
  }

  private async join(tx: Tx, row: PolicyDocumentRow, data: PolicyDocumentFoundV1['data'], now: Date): Promise<void> {
    const publishedAt = new Date(data.publishedAt ?? data.capturedAt);
    const isNewlyPublic = row.state === 'signed';
    const change: PolicyDocumentChange = {
      ...(row.text === data.text ? {} : { text: data.text }),
      ...(row.url === null ? { url: data.url } : {}),
      ...(isNewlyPublic ? { state: stepDocument(row.state, 'publish'), publishedAt } : {}),
    };
    if (Object.keys(change).length === 0) return;
    await new PolicyDocuments(tx).change(row.id, change, { at: now, name: SYSTEM });
    const next = { ...row, ...change };
    const gate = isNewlyPublic && row.syncMode === 'publish' ? '，未见同步发布的解读材料' : '';
    const text = isNewlyPublic
      ? `在${data.sourceName}发现本文件已于 ${localTimeText(publishedAt)} 公开${gate}`
      : `在${data.sourceName}见到本文件，已补全原文`;
    await this.ledger.tell({ tx, now }, next, SYSTEM, { kind: 'document.found', text, detail: { sourceId: data.sourceId, url: data.url } });
    if (isNewlyPublic) await this.ledger.startClock(tx, next, publishedAt, data.sourceName, now);
  }
}
