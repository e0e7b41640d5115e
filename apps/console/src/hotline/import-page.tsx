import { Button, Steps } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { failureWords } from '../api/problem-words.js';
import { usePageTitle } from '../shell/tab-title.js';
import { Loading } from '../states/loading.js';
import './hotline.css';
import { ImportChoice } from './import-choice.js';
import { ImportResult } from './import-result.js';
import { useImport } from './use-import.js';

/** 导入热线工单: upload, see what was understood, put it right, run. The import's number stands in the address, so a reload keeps it. */
export default function ImportPage() {
  usePageTitle('导入热线工单');
  const [search, setSearch] = useSearchParams();
  const id = search.get('import');
  const setId = (next: string | null) => setSearch(next === null ? {} : { import: next });
  const { view, lost, upload, preview, run } = useImport(id, setId);
  const at = view === undefined ? 0 : view.state === 'ready' ? 1 : 2;
  const failure = upload.error ?? preview.error ?? run.error;
  return (
    <div className="page import-page" data-testid="import-page">
      <div className="page-head">
        <h1>导入热线工单</h1>
        <Link className="push" to="/sources">
          返回信源
        </Link>
      </div>
      <Steps
        size="small"
        current={at}
        items={[{ title: '选择文件' }, { title: '核对列与内容' }, { title: '导入与结果' }]}
        className="import-steps"
      />
      {failure !== null && (
        <p className="field-fault" role="alert" data-testid="import-failure">
          {failureWords(failure)}
        </p>
      )}
      {id === null && <FilePicker busy={upload.isPending} onFile={(file) => upload.mutate(file)} />}
      {id !== null && view === undefined && lost === null && <Loading lines={6} />}
      {id !== null && lost !== null && (
        <div className="sheet import-sheet">
          <p>这个文件已不在服务器上：上传后一小时没有操作，或系统重启过。已收下的工单不受影响，重新选择同一文件即可，不会重复。</p>
          <Button type="primary" onClick={() => setId(null)}>
            重新选择文件
          </Button>
        </div>
      )}
      {view?.state === 'ready' && (
        <ImportChoice
          key={view.importId}
          view={view}
          busy={preview.isPending || run.isPending}
          onPreview={(choice) => preview.mutate(choice)}
          onRun={(choice) => run.mutate(choice)}
          onOther={() => setId(null)}
        />
      )}
      {view !== undefined && view.state !== 'ready' && (
        <ImportResult view={view} onOther={() => setId(null)} onAgain={() => preview.mutate({})} />
      )}
    </div>
  );
}

function FilePicker({ busy, onFile }: { busy: boolean; onFile: (file: File) => void }) {
  const [over, setOver] = useState(false);
  const take = (files: FileList | null) => files?.[0] !== undefined && !busy && onFile(files[0]);
  return (
    <label
      className={`sheet import-drop${over ? ' import-over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <input
        type="file"
        accept=".xlsx,.csv,.tsv,.txt,.jsonl,.ndjson"
        disabled={busy}
        onChange={(event) => take(event.target.files)}
        data-testid="import-file"
      />
      <b>{busy ? '正在读取文件…' : '把热线系统导出的文件拖到这里，或点击选择'}</b>
      <span className="small quiet">
        XLSX、CSV（UTF-8、GBK 自动识别）或 JSON Lines，不超过 64
        MB。列名上方有标题也可以。此步只读取，不导入；诉求人信息显示时掩码，导入后加密保存。
      </span>
    </label>
  );
}
