import { Button, Dropdown } from 'antd';
import { Link } from 'react-router';

/** New, import and export; what may not be done is not offered. */
export function SourceTools({ mayEdit, onNew, onImport }: { mayEdit: boolean; onNew: () => void; onImport: () => void }) {
  const exports = [
    { key: 'csv', label: <a href="/api/sources.csv">导出 CSV（表格）</a> },
    { key: 'opml', label: <a href="/api/sources.opml">导出 OPML（订阅清单）</a> },
  ];
  return (
    <span className="push opinions-tools">
      <Link to="/sources/import" data-testid="to-import">
        导入热线工单
      </Link>
      <Dropdown menu={{ items: exports }} trigger={['click']}>
        <button type="button" className="plain-button" data-testid="sources-export">
          导出
        </button>
      </Dropdown>
      {mayEdit && (
        <>
          <button type="button" className="plain-button" onClick={onImport} data-testid="sources-import">
            导入
          </button>
          <Button type="primary" onClick={onNew} data-testid="source-new">
            新增信源
          </Button>
        </>
      )}
    </span>
  );
}
