import { CallerButton } from '../hotline/caller-button.js';
import { Link } from 'react-router';
import type { OpinionDetail } from '@huiying/contracts/http';
import { JudgementView } from '../alerts/judgement-view.js';
import { ReviewPanel } from '../learning/review-panel.js';
import { channelWord, RELATION_WORDS } from '../marks/labels.js';
import { LevelTag } from '../marks/level-tag.js';
import { fullTime } from '../time/beijing.js';

const OUTCOME_WORDS = { raised: '已发出预警', joined: '并入已有预警', none: '未发预警' } as const;

/** One opinion: the text with what it was judged by, where it came from, what became of it. */
export function OpinionSheet({ opinion, onMove }: { opinion: OpinionDetail; onMove: (id: string) => void }) {
  return (
    <article className="opinion-sheet" data-testid="opinion-sheet">
      <header className="sheet-title">
        {opinion.severity !== null && <LevelTag level={opinion.severity} suggested={opinion.caseId === null} />}
        <h1>{opinion.title === '' ? opinion.snippet : opinion.title}</h1>
      </header>
      <p className="sheet-facts">
        <span>{opinion.sourceName}</span>
        <span>{channelWord(opinion.channel)}</span>
        {opinion.author !== null && <span>{opinion.author}</span>}
        <span title="发布时间">{opinion.publishedAt === null ? '发布时间未注明' : `发布 ${fullTime(opinion.publishedAt)}`}</span>
        {opinion.url !== null && (
          <a href={opinion.url} target="_blank" rel="noreferrer noopener">
            查看原文
          </a>
        )}
      </p>
      <p className="decision" data-testid="alert-outcome">
        <b>{OUTCOME_WORDS[opinion.alertDecision.outcome]}</b>：{opinion.alertDecision.reason}{' '}
        {opinion.caseId !== null ? (
          <Link to={`/cases/${opinion.caseId}`}>查看舆情单</Link>
        ) : (
          opinion.alertId !== null && <Link to={`/alerts/${opinion.alertId}`}>查看预警</Link>
        )}
      </p>
      <h2 className="sheet-part">为什么这样研判</h2>
      <JudgementView judgement={opinion.judgement} title={opinion.title} text={opinion.text} />
      <h2 className="sheet-part">研判复核</h2>
      <ReviewPanel opinionId={opinion.id} judgement={opinion.judgement} />
      {opinion.siblings.length > 0 && <Siblings opinion={opinion} onMove={onMove} />}
      <h2 className="sheet-part">留证</h2>
      <dl className="facts small">
        <dt>发布时间</dt>
        <dd>{opinion.publishedAt === null ? '来源未注明' : fullTime(opinion.publishedAt)}</dd>
        <dt>采集时间</dt>
        <dd>{fullTime(opinion.capturedAt)}</dd>
        {opinion.orderNo !== null && (
          <>
            <dt>热线工单号</dt>
            <dd>
              {opinion.orderNo} <CallerButton orderNo={opinion.orderNo} />
            </dd>
          </>
        )}
        <dt>版次</dt>
        <dd>第 {opinion.revision} 版</dd>
        <dt>SHA-256</dt>
        <dd className="quiet">{opinion.sha256}</dd>
        <dt>研判版本</dt>
        <dd>{opinion.judgement.judgedBy}</dd>
      </dl>
    </article>
  );
}

function Siblings({ opinion, onMove }: { opinion: OpinionDetail; onMove: (id: string) => void }) {
  const likeness = opinion.relation === 'near' ? `（相似度 ${Math.round(opinion.similarity * 100)}%）` : '';
  return (
    <>
      <h2 className="sheet-part">
        同一事件{' '}
        <span className="small quiet">
          本条为{RELATION_WORDS[opinion.relation]}
          {likeness}
        </span>
      </h2>
      <ul className="siblings">
        {opinion.siblings.map((sibling) => (
          <li key={sibling.id}>
            <button type="button" className="door" onClick={() => onMove(sibling.id)}>
              {sibling.title}
            </button>
            <span className="small quiet">
              {sibling.sourceName} · {fullTime(sibling.capturedAt)}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
