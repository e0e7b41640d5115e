import { useQuery } from '@tanstack/react-query';
import { Select, Tag } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { CiteView, KnowledgeView } from '@huiying/contracts/http';
import { knowledgeFoundQuery } from '../api/queries.js';

/** What a reply or a statement cites, each in the version that was cited, with what is wrong with it now. */
export function CiteList({ cites }: { cites: readonly CiteView[] }) {
  if (cites.length === 0) return null;
  return (
    <p className="panel-body small" data-testid="cites">
      引用：
      {cites.map(({ entryId, version, title, warning }) => (
        <span key={entryId} style={{ marginInlineEnd: 12 }}>
          <Link to={`/knowledge/${entryId}?version=${version}`}>
            {title}（第 {version} 版）
          </Link>
          {warning !== null && <span className="overdue-word"> {warning}</span>}
        </span>
      ))}
    </p>
  );
}

/** What a draft cites; each can be taken away again. `gone` are those that were. */
export function CitesHeld({ cites, gone, onChange }: { cites: readonly CiteView[]; gone: string[]; onChange: (gone: string[]) => void }) {
  const held = cites.filter(({ entryId }) => !gone.includes(entryId));
  if (cites.length === 0) return null;
  return (
    <p className="small" data-testid="cites-held">
      已引用：
      {held.map(({ entryId, version, title, warning }) => (
        <Tag key={entryId} closable onClose={() => onChange([...gone, entryId])} closeIcon={<span aria-label={`不再引用${title}`}>×</span>}>
          {title}（第 {version} 版）{warning !== null && <span className="overdue-word"> {warning}</span>}
        </Tag>
      ))}
      {held.length === 0 && '无'}
      {gone.length > 0 && (
        <button type="button" className="plain-button" onClick={() => onChange([])}>
          恢复
        </button>
      )}
    </p>
  );
}

/** Finds entries to cite; expired ones are found too and say so. `onInsert` gets the answer of one that was chosen. */
export function CitePicker({
  value = [],
  onChange,
  onInsert,
}: {
  value?: string[];
  onChange: (ids: string[]) => void;
  onInsert: (answer: string) => void;
}) {
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<Record<string, KnowledgeView>>({});
  const { data, isFetching } = useQuery(knowledgeFoundQuery(typed));
  const known = { ...chosen, ...Object.fromEntries((data?.items ?? []).map((one) => [one.id, one])) };
  const options = (data?.items ?? []).map(({ id, title, state, stateWord }) => ({
    value: id,
    label: state === 'active' ? title : `${title}（${stateWord}）`,
  }));
  const choose = (ids: string[]) => {
    const added = ids.find((id) => !value.includes(id));
    setChosen(Object.fromEntries(ids.flatMap((id) => (known[id] === undefined ? [] : [[id, known[id]]]))));
    onChange(ids);
    if (added !== undefined && known[added]?.answer) onInsert(known[added].answer);
  };
  const doubtful = value.flatMap((id) => (known[id] !== undefined && known[id].state !== 'active' ? [known[id]] : []));
  return (
    <div data-testid="cite-picker">
      <Select
        mode="multiple"
        style={{ width: '100%' }}
        placeholder="引用知识库：输入几个字查找，选中即把答复带入正文"
        aria-label="引用知识库"
        value={value}
        onChange={choose}
        showSearch={{ filterOption: false, onSearch: setTyped }}
        loading={isFetching}
        notFoundContent={typed === '' ? '输入几个字查找' : '没有找到'}
        options={[
          ...options,
          ...value.filter((id) => !options.some((one) => one.value === id)).map((id) => ({ value: id, label: known[id]?.title ?? id })),
        ]}
      />
      {doubtful.map((one) => (
        <p key={one.id} className="field-fault" role="alert" data-testid="cite-warning">
          《{one.title}》{one.stateWord}
          {one.expiresOn !== null && `（有效至 ${one.expiresOn}）`}，请核对后再引用。
        </p>
      ))}
    </div>
  );
}
