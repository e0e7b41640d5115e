import { Button, Modal } from 'antd';
import { useRef, useState } from 'react';
import type { ImportedSource, ImportSourcesRequest, SourceImport } from '@huiying/contracts/http';
import { steps } from '../api/steps.js';
import { useStep } from '../api/use-step.js';
import { base64Of } from '../files/base64.js';

const OUTCOMES: Record<ImportedSource['outcome'], [word: string, look: string]> = {
  new: ['新增', 'state-done'],
  changed: ['更新', 'state-live'],
  known: ['已有', 'state-aside'],
  bad: ['不能导入', 'state-wrong'],
};
/** The server takes no larger file. */
const MOST_BYTES = 5_000_000;
const SHOWN = 300;

/** 导入: what a file holds is shown first, and only then taken. */
export default function ImportDialog({ onClose }: { onClose: () => void }) {
  const picker = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<{ name: string; body: ImportSourcesRequest } | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const look = useStep({
    run: (body: ImportSourcesRequest) => steps.importSources(body),
    done: null,
    touches: [],
    onBadInput: () => false,
  });
  const take = useStep({
    run: (body: ImportSourcesRequest) => steps.importSources({ ...body, apply: true }),
    done: ({ counts }) => `已导入：新增 ${counts.new} 个，更新 ${counts.changed} 个`,
    touches: ['sources', 'board', 'filters'],
    onDone: onClose,
  });
  const read = async (picked: File | undefined) => {
    if (picked === undefined) return;
    setFault(null);
    if (picked.size > MOST_BYTES) return setFault('文件超过 5 MB，请拆分后导入。');
    const body: ImportSourcesRequest = {
      format: /\.(opml|xml)$/i.test(picked.name) ? 'opml' : 'csv',
      content: base64Of(new Uint8Array(await picked.arrayBuffer())),
    };
    setFile({ name: picked.name, body });
    look.mutate(body);
  };
  const found = look.data;
  const fresh = found === undefined ? 0 : found.counts.new + found.counts.changed;
  return (
    <Modal
      open
      title="导入信源"
      width={760}
      onCancel={onClose}
      okText={fresh > 0 ? `导入 ${fresh} 个` : '导入'}
      okButtonProps={{ disabled: fresh === 0 || file === null, 'data-testid': 'import-apply' } as never}
      confirmLoading={take.isPending}
      onOk={() => file !== null && take.mutate(file.body)}
    >
      <p className="quiet">
        支持 OPML（阅读器导出的订阅清单）和 CSV（第一行为列名，至少有“地址”一列；WPS、Excel 存出的 GBK 也可以）。先预览，确认后才生效。
      </p>
      <input
        ref={picker}
        type="file"
        accept=".opml,.xml,.csv,.txt"
        hidden
        onChange={(event) => void read(event.target.files?.[0])}
        data-testid="import-file"
      />
      <Button onClick={() => picker.current?.click()} loading={look.isPending}>
        {file === null ? '选择文件' : `重新选择（${file.name}）`}
      </Button>
      {fault !== null && <p className="source-error">{fault}</p>}
      {found !== undefined && !look.isPending && <Preview found={found} />}
    </Modal>
  );
}

function Preview({ found: { counts, rows } }: { found: SourceImport }) {
  return (
    <div data-testid="import-preview">
      <p>
        共 {rows.length} 个：新增 {counts.new}，更新 {counts.changed}，已有 {counts.known}，不能导入 {counts.bad}
      </p>
      <div className="import-rows">
        {rows.slice(0, SHOWN).map(({ line, name, url, outcome, faults }) => (
          <div key={line} className="import-row small">
            <span className="quiet">{line}</span>
            <span className={`state ${OUTCOMES[outcome][1]}`}>{OUTCOMES[outcome][0]}</span>
            <span className="clip">
              {name} <span className="quiet">{url}</span>
            </span>
            <span className="source-error">{faults.join('；')}</span>
          </div>
        ))}
        {rows.length > SHOWN && <p className="small quiet">仅显示前 {SHOWN} 行。</p>}
      </div>
    </div>
  );
}
