import type { CaseDetail } from '@huiying/contracts/http';
import { EVIDENCE_WORDS } from '../marks/labels.js';
import { Empty } from '../states/empty.js';
import { fullTime } from '../time/beijing.js';

const WHEN_WORDS = {
  statement: '发布于',
  'press-conference': '召开于',
  clarification: '发布于',
  interpretation: '发布于',
  reply: '反馈于',
  acknowledgement: '签收于',
  report: '时间',
} as const;

/** Proof of what was said in public, with what keeps it from being denied. */
export function EvidenceList({ evidence }: { evidence: CaseDetail['evidence'] }) {
  if (evidence.length === 0)
    return <Empty title="还没有登记发布">发布权威信息或召开发布会后，在此登记链接或材料，对应时限随即停表。</Empty>;
  return (
    <ul className="opinion-lines" data-testid="evidence-list">
      {evidence.map((item) => (
        <li key={item.id}>
          <p>
            <b>{EVIDENCE_WORDS[item.kind]}</b>{' '}
            <span className="small quiet">
              {WHEN_WORDS[item.kind]} {fullTime(item.publishedAt)}
            </span>
          </p>
          <p>{item.note}</p>
          <p className="opinion-line-foot evidence-foot">
            {item.url !== null && (
              <a href={item.url} target="_blank" rel="noreferrer noopener" className="evidence-url">
                {item.url}
              </a>
            )}
            {item.fileName !== null && (
              <a href={`/api/evidence/${item.id}/file`} download={item.fileName}>
                附件 {item.fileName}
              </a>
            )}
            <span>
              {item.registeredBy} {fullTime(item.registeredAt)} 登记
            </span>
            {item.sha256 !== null && <span title={`SHA-256 ${item.sha256}`}>指纹 {item.sha256.slice(0, 12)}…</span>}
          </p>
          {typeof item.captureFailure === 'string' && <p className="source-error small">快照未能留存：{item.captureFailure}</p>}
        </li>
      ))}
    </ul>
  );
}
