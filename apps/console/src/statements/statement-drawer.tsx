import { useQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { StatementDetail, StatementVersionView } from '@huiying/contracts/http';
import { statementQuery } from '../api/queries.js';
import { CiteList } from '../knowledge/cites.js';
import { StatementStateTag } from '../marks/state-tag.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { useNarrow } from '../states/use-narrow.js';
import { fullTime, monthDayTime } from '../time/beijing.js';
import { StatementActs } from './statement-acts.js';
import { ChecksView } from './statement-checks.js';
import { StatementDiff } from './statement-diff.js';
import './statements.css';

/** Opens the statement that the address names (?statement=). */
export default function StatementDrawer() {
  const [parameters, setParameters] = useSearchParams();
  const id = parameters.get('statement');
  const narrow = useNarrow();
  const close = () =>
    setParameters(
      (before) => {
        before.delete('statement');
        return before;
      },
      { replace: true },
    );
  return (
    <Drawer open={id !== null} onClose={close} title="口径" size={narrow ? '100%' : 680} destroyOnHidden>
      {id !== null && <StatementSheet id={id} />}
    </Drawer>
  );
}

function StatementSheet({ id }: { id: string }) {
  const { data: item, error, refetch } = useQuery(statementQuery(id));
  if (item === undefined)
    return error === null ? <Loading lines={8} /> : <Failure error={error} what="这份口径" onRetry={() => void refetch()} />;
  return (
    <article className="statement-sheet" data-testid="statement-sheet" data-state={item.state}>
      <h2>{item.title}</h2>
      <p className="sheet-facts">
        <StatementStateTag state={item.state} />
        <span>第 {item.version} 版</span>
        <span>
          {item.departmentName ?? '值班台'} {item.writtenBy} {monthDayTime(item.writtenAt)} 起草
        </span>
        <Link to={`/cases/${item.caseId}`}>{item.caseNo}</Link>
      </p>
      <StatementActs item={item} />
      <Versions item={item} />
      <CiteList cites={item.cites} />
      {item.checks !== null && (
        <section>
          <h3>核对</h3>
          <ChecksView checks={item.checks} />
        </section>
      )}
      <Way item={item} />
    </article>
  );
}

/** The text; with more than one version, what changed since another. */
function Versions({ item }: { item: StatementDetail }) {
  const [against, setAgainst] = useState<number | null>(null);
  const others = item.versions.filter(({ version }) => version !== item.version);
  const before = others.find(({ version }) => version === against);
  return (
    <section>
      {others.length > 0 && (
        <p className="tabs" role="group" aria-label="版本比较">
          <button type="button" className="tab" aria-pressed={against === null} onClick={() => setAgainst(null)}>
            第 {item.version} 版
          </button>
          {others.map(({ version }) => (
            <button
              key={version}
              type="button"
              className="tab"
              aria-pressed={against === version}
              onClick={() => setAgainst(version)}
              data-testid={`against-${version}`}
            >
              与第 {version} 版比较
            </button>
          ))}
        </p>
      )}
      {before === undefined ? <p className="statement-text">{item.text}</p> : <StatementDiff before={before.text} after={item.text} />}
    </section>
  );
}

function Way({ item }: { item: StatementDetail }) {
  return (
    <section>
      <h3>办理</h3>
      <ul className="statement-way small">
        {item.versions.flatMap((version) => wayOf(version).map((line) => <li key={`${version.version}${line}`}>{line}</li>))}
        {item.url !== null && (
          <li>
            <a href={item.url} target="_blank" rel="noreferrer noopener">
              {item.url}
            </a>
          </li>
        )}
      </ul>
    </section>
  );
}

function wayOf(version: StatementVersionView): string[] {
  const line = (at: string | null, words: string, note: string | null = null) =>
    at === null ? [] : [`第 ${version.version} 版 ${fullTime(at)} ${words}${note ? `：${note}` : ''}`];
  return [
    ...line(version.writtenAt, `${version.writtenBy}起草`),
    ...line(version.submittedAt, '送审'),
    ...line(version.clearedAt, `${version.clearedBy}通过保密审查`, version.clearedNote),
    ...line(version.approvedAt, `${version.approvedBy}批准`, version.approvedNote),
    ...line(version.sentBackAt, `${version.sentBackBy}退改或作废`, version.sentBackReason),
    ...line(version.publishedAt, '发布'),
  ];
}
