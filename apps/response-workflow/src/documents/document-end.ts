import { Inject, Injectable } from '@nestjs/common';
import { endDocumentRequest, type EndDocumentRequest } from '@huiying/contracts/http';
import { BadInput, DOCUMENT_END_WORDS, endRefusal, Forbidden, localDateOf, NotFound, Refusal } from '@huiying/domain';
import { PolicyDocuments, type PolicyDocumentRow, type Tx } from '@huiying/persistence';
import { check } from '@huiying/platform';
import { scopeOf, type Actor } from '../accounts/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { DocumentLedger } from './document-ledger.js';
import { lastStepOn, roleRefusal } from './document-view.js';

/** 登记失效: a document that was repealed, expired or was replaced. What rests on it in the knowledge base waits for an editor then. */
@Injectable()
export class DocumentEnder {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(DocumentLedger) private readonly ledger: DocumentLedger,
  ) {}

  /** @throws BadInput, NotFound, Forbidden, Refusal document-ended */
  end(id: string, request: EndDocumentRequest, actor: Actor): Promise<void> {
    const given = check(endDocumentRequest, request);
    return this.store.change(async (tx, now) => {
      const documents = new PolicyDocuments(tx);
      const row = await documents.lock(id, scopeOf(actor));
      if (!row) throw new NotFound('document', id);
      const whyNot = roleRefusal(row, 'end', actor);
      if (whyNot !== null) throw new Forbidden(`${actor.role} may not end this document`, whyNot);
      const refused = endRefusal({ published: row.publishedAt !== null, ended: row.ended !== null });
      if (refused !== null) throw new Refusal('document-ended', 'the document is not in force', refused, lastStepOn(row));
      const next = await replacementOf(tx, row, given);
      const ended = { ...given, at: now.toISOString(), by: actor.name };
      await documents.change(id, { ended }, { at: now, name: actor.name });
      const by = next === null ? '' : `，由《${next.title}》替代`;
      await this.ledger.sign({ tx, now }, { ...row, ended }, actor, {
        action: 'end',
        text: `登记失效（${DOCUMENT_END_WORDS[given.how]}），有效至 ${given.lastDay}${by}：${given.reason}`,
        detail: { ...given },
      });
    });
  }
}

type Given = ReturnType<typeof endDocumentRequest.parse>;

/** The document that takes the place of one, checked. @throws BadInput */
async function replacementOf(tx: Tx, row: PolicyDocumentRow, { how, lastDay, replacedBy }: Given): Promise<PolicyDocumentRow | null> {
  if (lastDay < localDateOf(row.publishedAt!))
    throw new BadInput([{ field: 'lastDay', rule: 'must not be before the publication', got: lastDay, message: '早于文件公开之日' }]);
  if (how === 'replaced' && replacedBy === null)
    throw new BadInput([{ field: 'replacedBy', rule: 'must name the document that replaces it', message: '请选择替代它的新文件' }]);
  if (replacedBy === null) return null;
  const next = replacedBy === row.id ? null : await new PolicyDocuments(tx).find(replacedBy, null);
  if (next !== null) return next;
  throw new BadInput([{ field: 'replacedBy', rule: 'must be another document of the register', got: replacedBy, message: '没有这份文件' }]);
}
