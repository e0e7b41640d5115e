import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import type { KnowledgeDetail } from '@huiying/contracts/http';
import { knowledgeEntryQuery } from '../api/queries.js';
import { steps } from '../api/steps.js';
import { usePageTitle } from '../shell/tab-title.js';
import { ActButton } from '../states/act-button.js';
import { Failure } from '../states/failure.js';
import { FormDialog } from '../states/form-dialog.js';
import { Loading } from '../states/loading.js';
import { fullTime } from '../time/beijing.js';
import { KnowledgeDialog } from './knowledge-dialog.js';

/** One entry of the knowledge base; `?version=` shows it as it was then, which is what a cite leads to. */
export default function EntryPage() {
  const id = useParams().id!;
  const { data: entry, error, refetch } = useQuery(knowledgeEntryQuery(id));
  usePageTitle(entry?.title ?? '知识条目');
  if (entry === undefined)
    return error === null ? <Loading lines={10} /> : <Failure error={error} what="这个条目" onRetry={() => void refetch()} />;
  return <Sheet entry={entry} />;
}

function Sheet({ entry }: { entry: KnowledgeDetail }) {
  const [parameters] = useSearchParams();
  const asked = Number(parameters.get('version') ?? entry.version);
  const shown = entry.versions.find(({ version }) => version === asked) ?? entry.versions[0]!;
  return (
    <div className="sheet" data-testid="knowledge-entry" data-state={entry.state}>
      <p className="crumbs small">
        <Link to="/knowledge">知识库</Link>
      </p>
      <header className="page-head">
        <h1>{shown.title}</h1>
        <span className={entry.state === 'expired' ? 'overdue-word' : 'quiet'}>{entry.stateWord}</span>
        <span className="small quiet">第 {shown.version} 版</span>
      </header>
      {shown.version !== entry.version && (
        <p className="dialog-effect" role="note">
          这是第 {shown.version} 版，现行为第 {entry.version} 版。<Link to={`/knowledge/${entry.id}`}>看现行版本</Link>
        </p>
      )}
      {entry.state === 'expired' && <p className="field-fault">已于 {entry.expiresOn} 失效，不再对外；引用前请核对。</p>}
      {entry.policyEnded !== null && (
        <p className="field-fault" role="note" data-testid="policy-ended">
          所依据的<Link to={`/documents/${entry.policyEnded.documentId}`}>《{entry.policyEnded.title}》</Link>
          {entry.policyEnded.word}，有效至 {entry.policyEnded.lastDay}；在文件页一次处理它的全部条目。
        </p>
      )}
      <Acts entry={entry} />
      <section className="panel">
        <div className="panel-body reading">
          <p>
            <b>问</b> {entry.question}
          </p>
          <p style={{ whiteSpace: 'pre-wrap' }}>
            <b>答</b> {shown.answer === '' ? '（待补充）' : shown.answer}
          </p>
          <p className="small quiet">
            {entry.legalBasis !== null && `依据：${entry.legalBasis} · `}
            责任单位：{entry.departmentName ?? '—'} · 适用：{entry.region ?? '全市'} · 有效：{entry.validFrom ?? '即日'} 至{' '}
            {shown.expiresOn ?? '长期'}
            {entry.keywords.length > 0 && ` · 关键词：${entry.keywords.join('、')}`}
          </p>
          <p className="small">
            来源：{entry.source.word}
            {entry.documentId !== null && (
              <>
                ，<Link to={`/documents/${entry.documentId}`}>政策文件</Link>
              </>
            )}
            {entry.url !== null && (
              <>
                ，
                <a href={entry.url} target="_blank" rel="noreferrer">
                  原文
                </a>
              </>
            )}
          </p>
        </div>
      </section>
      <History entry={entry} />
    </div>
  );
}

function Acts({ entry }: { entry: KnowledgeDetail }) {
  const [open, setOpen] = useState<string | null>(null);
  const words: Record<string, string> = { change: '修改', withdraw: '下线' };
  return (
    <div className="sheet-acts no-print">
      {entry.actions.map((action) => (
        <ActButton key={action.action} action={action} onClick={() => setOpen(action.action)}>
          {words[action.action] ?? action.action}
        </ActButton>
      ))}
      {open === 'change' && <KnowledgeDialog entry={entry} onClose={() => setOpen(null)} />}
      {open === 'withdraw' && (
        <FormDialog
          title="下线知识条目"
          okText="下线"
          danger
          subject={entry.title}
          testId="knowledge-withdraw"
          fields={[{ name: 'reason', label: '理由', kind: 'area', missing: '请写理由' }]}
          effect="不再对外，热线系统随即停用；历史版本和已有的引用保留。"
          run={({ reason }) => steps.withdrawKnowledge(entry.id, String(reason))}
          done="已下线"
          touches={['knowledge']}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}

function History({ entry }: { entry: KnowledgeDetail }) {
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>版本与引用</h2>
      </div>
      <div className="panel-body small">
        <ul>
          {entry.versions.map(({ version, changedAt, changedBy, reason }) => (
            <li key={version}>
              <Link to={`/knowledge/${entry.id}?version=${version}`}>第 {version} 版</Link> · {changedBy} {fullTime(changedAt)}
              {reason !== '' && `：${reason}`}
            </li>
          ))}
        </ul>
        {entry.cites.length === 0 ? (
          <p className="quiet">还没有被引用。</p>
        ) : (
          <ul>
            {entry.cites.map((cite) => (
              <li key={`${cite.kind}:${cite.id}`}>
                <Link to={cite.kind === 'task' ? `/tasks/${cite.id}` : `/statements?statement=${cite.id}`}>
                  {cite.kind === 'task' ? '反馈' : '口径'}
                </Link>{' '}
                引用第 {cite.version} 版 · {cite.by} {fullTime(cite.at)}
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}
