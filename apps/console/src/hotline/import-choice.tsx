import { Button, Select } from 'antd';
import {
  HOTLINE_FIELD_WORDS,
  NEEDED_HOTLINE_FIELDS,
  type HotlineField,
  type HotlineImportChoice,
  type HotlineImportView,
} from '@huiying/contracts/http';
import { ImportPreview } from './import-preview.js';

const FIELDS = Object.keys(HOTLINE_FIELD_WORDS) as HotlineField[];
/** Fields that most exports have; the others fold away until they are filled or asked for. */
const USUAL: readonly HotlineField[] = [
  ...(['orderNo', 'content', 'receivedAt', 'title', 'appealType', 'urgency', 'category', 'region', 'address'] as const),
  ...(['leadUnit', 'callerName', 'callerPhone', 'confidential', 'reply', 'repliedAt'] as const),
];

interface ImportChoiceProps {
  view: HotlineImportView;
  busy: boolean;
  onPreview: (choice: HotlineImportChoice) => void;
  onRun: (choice: HotlineImportChoice) => void;
  onOther: () => void;
}

/** What was understood of the file, each part of it changeable: every change is looked at again by the server at once. */
export function ImportChoice({ view, busy, onPreview, onRun, onOther }: ImportChoiceProps) {
  const { sheet, headerLine, mapping } = view;
  const faulty = view.preview.filter(({ faults }) => faults.length > 0).length;
  const map = (field: HotlineField, column: string | null) => onPreview({ sheet, headerLine, mapping: { ...mapping, [field]: column } });
  return (
    <div className="sheet import-sheet" data-testid="import-choice">
      <div className="import-found">
        <b className="clip">{view.fileName}</b>
        {view.sheets.length > 1 && (
          <label>
            工作表{' '}
            <Select
              size="small"
              value={sheet}
              disabled={busy}
              options={view.sheets.map((name) => ({ value: name, label: name }))}
              onChange={(name: string) => onPreview({ sheet: name })}
              popupMatchSelectWidth={false}
              data-testid="import-sheet"
            />
          </label>
        )}
        {headerLine !== null && (
          <label>
            列名在第{' '}
            <Select
              size="small"
              value={headerLine}
              disabled={busy}
              options={Array.from({ length: Math.max(20, headerLine) }, (_, i) => ({ value: i + 1, label: String(i + 1) }))}
              onChange={(line: number) => onPreview({ sheet, headerLine: line })}
            />{' '}
            行
          </label>
        )}
        <span className="small quiet">{view.remembered ? '已套用上次导入同样列名的文件时的对应关系' : '对应关系由列名推断，可改'}</span>
      </div>
      <MappingTable view={view} busy={busy} onMap={map} />
      <ImportPreview view={view} />
      <div className="import-acts">
        {view.missing.length > 0 ? (
          <span className="field-fault" role="alert">
            还需指定：{view.missing.map((field) => HOTLINE_FIELD_WORDS[field]).join('、')}
          </span>
        ) : (
          <span className={faulty > 0 ? 'field-fault' : 'small quiet'}>
            {faulty > 0
              ? `前 ${view.preview.length} 行中有 ${faulty} 行不合要求，导入时会跳过并可下载`
              : `前 ${view.preview.length} 行都合要求`}
          </span>
        )}
        <Button onClick={onOther} disabled={busy}>
          换一个文件
        </Button>
        <Button
          type="primary"
          loading={busy}
          disabled={view.missing.length > 0 || view.preview.length === 0}
          onClick={() => onRun({ sheet, headerLine, mapping })}
          data-testid="import-run"
        >
          开始导入
        </Button>
      </div>
    </div>
  );
}

function MappingTable({
  view,
  busy,
  onMap,
}: {
  view: HotlineImportView;
  busy: boolean;
  onMap: (field: HotlineField, column: string | null) => void;
}) {
  const options = view.columns.map((column) => ({ value: column, label: column }));
  const line = (field: HotlineField) => (
    <div key={field} className="import-field" data-testid={`map-${field}`}>
      <label htmlFor={`map-${field}`}>
        {HOTLINE_FIELD_WORDS[field]}
        {NEEDED_HOTLINE_FIELDS.includes(field) && <i title="必填"> *</i>}
      </label>
      <Select
        id={`map-${field}`}
        size="small"
        allowClear
        showSearch
        disabled={busy}
        status={view.missing.includes(field) ? 'error' : undefined}
        placeholder="不导入"
        value={view.mapping[field] ?? undefined}
        options={options}
        onChange={(column: string | undefined) => onMap(field, column ?? null)}
        popupMatchSelectWidth={false}
      />
    </div>
  );
  const others = FIELDS.filter((field) => !USUAL.includes(field));
  const used = new Set(Object.values(view.mapping));
  const unused = view.columns.filter((column) => !used.has(column));
  return (
    <>
      <div className="import-fields">{USUAL.map(line)}</div>
      <details className="import-more" open={others.some((field) => view.mapping[field])}>
        <summary>其他字段（办理、监督）</summary>
        <div className="import-fields">{others.map(line)}</div>
      </details>
      {unused.length > 0 && <p className="small quiet">不导入的列：{unused.join('、')}</p>}
    </>
  );
}
