import { HOTLINE_FIELD_WORDS, type HotlineField, type HotlineImportView } from '@huiying/contracts/http';

/** The first rows as they stand in the file, callers masked; a column's field stands above it, a row's faults below it. */
export function ImportPreview({ view }: { view: HotlineImportView }) {
  const fieldOf = new Map(Object.entries(view.mapping).map(([field, column]) => [column, HOTLINE_FIELD_WORDS[field as HotlineField]]));
  if (view.preview.length === 0) return <p>列名所在行以下没有内容，请检查工作表和列名所在行。</p>;
  return (
    <div className="import-table" tabIndex={0} aria-label="内容预览">
      <table>
        <thead>
          <tr>
            <th>行</th>
            {view.columns.map((column) => (
              <th key={column} className={fieldOf.has(column) ? 'import-used' : 'import-unused'}>
                {column}
                <span>{fieldOf.get(column) ?? '不导入'}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {view.preview.map(({ line, cells, faults }) => (
            <PreviewRow key={line} line={line} cells={cells} faults={faults} width={view.columns.length} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function PreviewRow({ line, cells, faults, width }: { line: number; cells: string[]; faults: string[]; width: number }) {
  return (
    <>
      <tr className={faults.length > 0 ? 'import-wrong' : undefined} data-testid="preview-row">
        <td className="quiet">{line}</td>
        {cells.map((cell, i) => (
          <td key={i} title={cell}>
            {cell}
          </td>
        ))}
      </tr>
      {faults.length > 0 && (
        <tr className="import-wrong">
          <td />
          <td colSpan={width} className="field-fault" data-testid="preview-fault">
            {faults.join('；')}
          </td>
        </tr>
      )}
    </>
  );
}
