import { useQuery } from '@tanstack/react-query';
import { Form, Select } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { DocumentDetail } from '@huiying/contracts/http';
import { actionOf } from '../alerts/alert-acts.js';
import { documentsFoundQuery } from '../api/queries.js';
import { steps } from '../api/steps.js';
import { useStep } from '../api/use-step.js';
import { ActButton } from '../states/act-button.js';
import { FormDialog } from '../states/form-dialog.js';
import { fullTime } from '../time/beijing.js';
import { DOCUMENT_TOUCHES } from './document-words.js';

const ENDINGS = [
  { value: 'repealed', label: '废止' },
  { value: 'expired', label: '有效期满' },
  { value: 'replaced', label: '被新文件替代' },
];

/** What a document that is no longer in force says at its head. */
export function EndedNote({ item: { ended, replacement } }: { item: DocumentDetail }) {
  if (ended === null) return null;
  return (
    <p className="field-fault" role="note" data-testid="document-ended">
      {ended.word}，有效至 {ended.lastDay}
      {replacement !== null && (
        <>
          ，由 <Link to={`/documents/${replacement.id}`}>《{replacement.title}》</Link> 替代
        </>
      )}
      ：{ended.reason}（{ended.by} {fullTime(ended.at)} 登记）
    </p>
  );
}

/** The entries of the knowledge base that rest on a document; once it has ended, one press ends them with it or carries them on. */
export function DocumentKnowledge({ item }: { item: DocumentDetail }) {
  const { id, ended, replacement, knowledge } = item;
  const done = ({ changed }: { changed: number }) => `已处理 ${changed} 个条目`;
  const reason = ended === null ? '' : `《${item.title}》${ended.word}：${ended.reason}`.slice(0, 500);
  const expire = useStep({
    run: () => steps.expireKnowledgeWith({ documentId: id, expiresOn: ended!.lastDay, reason }),
    done,
    touches: DOCUMENT_TOUCHES,
  });
  const carryOn = useStep({ run: () => steps.carryOnKnowledge({ documentId: id, reason }), done, touches: DOCUMENT_TOUCHES });
  if (knowledge.length === 0) return null;
  const open = knowledge.filter((one) => one.outlasts).length;
  return (
    <section className="panel" aria-labelledby="document-knowledge-head" data-testid="document-knowledge">
      <div className="panel-head">
        <h2 id="document-knowledge-head">知识条目</h2>
        {open > 0 && <span className="overdue-word small">文件已失效，{open} 个条目待处理</span>}
        {ended !== null && (
          <span className="push">
            <ActButton
              action={actionOf(item.actions, 'document-knowledge-expire')}
              loading={expire.isPending}
              onClick={() => expire.mutate(undefined)}
            >
              随政策失效
            </ActButton>{' '}
            {replacement !== null && (
              <ActButton
                action={actionOf(item.actions, 'document-knowledge-carry-on')}
                loading={carryOn.isPending}
                onClick={() => carryOn.mutate(undefined)}
              >
                随政策延续
              </ActButton>
            )}
          </span>
        )}
      </div>
      <div className="panel-body small">
        {open > 0 && (
          <p className="quiet">
            随政策失效：条目至 {ended!.lastDay} 止，热线系统到期停用。
            {replacement !== null && `随政策延续：条目改以《${replacement.title}》为依据，继续有效。`}
          </p>
        )}
        <ul>
          {knowledge.map((one) => (
            <li key={one.id}>
              <Link to={`/knowledge/${one.id}`}>{one.title}</Link> 第 {one.version} 版 · {one.stateWord}
              {one.expiresOn !== null && ` · 有效至 ${one.expiresOn}`}
              {one.outlasts && <span className="overdue-word"> 待处理</span>}
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

/** 登记失效. */
export function EndDialog({ item, onClose }: { item: DocumentDetail; onClose: () => void }) {
  const [replacedBy, setReplacedBy] = useState<string | null>(null);
  return (
    <FormDialog
      title="登记失效"
      okText="登记失效"
      subject={item.title}
      testId="document-end"
      width={640}
      danger
      fields={[
        { name: 'how', label: '方式', kind: 'select', choices: ENDINGS, missing: '请选择方式', initial: 'repealed' },
        { name: 'lastDay', label: '有效至（当日仍有效）', kind: 'day', missing: '请选择最后有效的一天' },
        { name: 'reason', label: '依据', kind: 'area', missing: '请写明依据', placeholder: '如：望政发〔2026〕9号宣布废止' },
      ]}
      effect={
        item.knowledge.length === 0
          ? '登记后不能撤销。'
          : `登记后不能撤销。以它为依据的 ${item.knowledge.length} 个知识条目，随后在本页一次处理：随政策失效，或随替代文件延续。`
      }
      run={(values) => steps.document(item.id, 'end', { ...values, replacedBy })}
      done="已登记失效"
      touches={DOCUMENT_TOUCHES}
      onClose={onClose}
    >
      {() => (
        <Form.Item label="替代它的新文件（如有）">
          <DocumentPicker except={item.id} value={replacedBy} onChange={setReplacedBy} />
        </Form.Item>
      )}
    </FormDialog>
  );
}

function DocumentPicker({ except, value, onChange }: { except: string; value: string | null; onChange: (id: string | null) => void }) {
  const [typed, setTyped] = useState('');
  const { data, isFetching } = useQuery(documentsFoundQuery(typed));
  const options = (data?.items ?? [])
    .filter(({ id }) => id !== except)
    .map(({ id, title, documentNo }) => ({ value: id, label: documentNo === null ? title : `${title}（${documentNo}）` }));
  return (
    <Select
      allowClear
      value={value}
      onChange={(id?: string) => onChange(id ?? null)}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      loading={isFetching}
      options={options}
      placeholder="输入标题或文号查找已登记的文件"
      aria-label="替代它的新文件"
      notFoundContent="没有找到；请先登记新文件"
    />
  );
}
