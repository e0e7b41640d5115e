import { Button, Modal } from 'antd';
import { useRef, useState } from 'react';
import type { DocumentImport, ImportDocumentsRequest, ImportedDocument } from '@huiying/contracts/http';
import { steps } from '../api/steps.js';
import { useStep } from '../api/use-step.js';
import { base64Of } from '../files/base64.js';
import { DOCUMENT_TOUCHES } from './document-words.js';

const OUTCOMES: Record<ImportedDocument['outcome'], [word: string, look: string]> = {
  new: ['新增', 'state-done'],
  known: ['已有', 'state-aside'],
  bad: ['不能导入', 'state-wrong'],
};
/** The server takes no larger file. */
const MOST_BYTES = 5_000_000;
const SHOWN = 300;

/** 导入: what a table holds is shown first, and only then taken. */
export default function ImportDocuments({ onClose }: { onClose: () => void }) {
  const picker = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<ImportDocumentsRequest | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const look = useStep({ run: (body: ImportDocumentsRequest) => steps.importDocuments(body), done: null, touches: [] });
  const take = useStep({
    run: (body: ImportDocumentsRequest) => steps.importDocuments({ ...body, apply: true }),
    done: ({ counts }) => `已登记 ${counts.new} 份`,
    touches: DOCUMENT_TOUCHES,
    onDone: onClose,
  });
  const read = async (picked: File | undefined) => {
    if (picked === undefined) return;
    setFault(null);
    if (picked.size > MOST_BYTES) return setFault('文件超过 5 MB，请拆分后导入。');
    const body = { name: picked.name, content: base64Of(new Uint8Array(await picked.arrayBuffer())) };
    setFile(body);
    look.mutate(body);
  };
  const fresh = look.data?.counts.new ?? 0;
  return (
    <Modal
      open
      title="导入政策文件"
      width={760}
      onCancel={onClose}
      okText={fresh > 0 ? `登记 ${fresh} 份` : '登记'}
      okButtonProps={{ disabled: fresh === 0 || file === null, 'data-testid': 'documents-import-apply' } as never}
      confirmLoading={take.isPending}
      onOk={() => file !== null && take.mutate(file)}
    >
      <p className="quiet">
        支持 XLSX、CSV（WPS、Excel 存出的 GBK 也可以）。列名：标题、起草部门（必有），文号、类别、公开日期、网址（可有）。
        公开已逾一周的登记为存量，不起算解读时限。先预览，确认后才生效。
      </p>
      <input
        ref={picker}
        type="file"
        accept=".xlsx,.csv,.txt"
        hidden
        onChange={(event) => void read(event.target.files?.[0])}
        data-testid="documents-import-file"
      />
      <Button onClick={() => picker.current?.click()} loading={look.isPending}>
        {file === null ? '选择文件' : `重新选择（${file.name}）`}
      </Button>
      {fault !== null && <p className="source-error">{fault}</p>}
      {look.data !== undefined && !look.isPending && <Preview found={look.data} />}
    </Modal>
  );
}

function Preview({ found: { counts, rows } }: { found: DocumentImport }) {
  return (
    <div data-testid="documents-import-preview">
      <p>
        共 {rows.length} 行：新增 {counts.new}，已有 {counts.known}，不能导入 {counts.bad}
      </p>
      <div className="import-rows">
        {rows.slice(0, SHOWN).map(({ line, title, documentNo, outcome, said }) => (
          <div key={line} className="import-row small">
            <span className="quiet">{line}</span>
            <span className={`state ${OUTCOMES[outcome][1]}`}>{OUTCOMES[outcome][0]}</span>
            <span className="clip">
              {title} <span className="quiet">{documentNo}</span>
            </span>
            <span className={outcome === 'bad' ? 'source-error' : 'quiet'}>{said}</span>
          </div>
        ))}
        {rows.length > SHOWN && <p className="small quiet">仅显示前 {SHOWN} 行。</p>}
      </div>
    </div>
  );
}
