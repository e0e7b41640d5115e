import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import type { AlertDetail } from '@huiying/contracts/http';
import { alertQuery } from '../api/queries.js';
import { ReviewPanel } from '../learning/review-panel.js';
import { EscalationPanel } from '../duty/escalation-panel.js';
import { LevelTag } from '../marks/level-tag.js';
import { AlertStateTag } from '../marks/state-tag.js';
import { usePageTitle } from '../shell/tab-title.js';
import { useShortcuts } from '../shortcuts/use-shortcuts.js';
import { OpinionLines } from '../opinions/opinion-lines.js';
import { ActButton } from '../states/act-button.js';
import { Folded } from '../states/folded.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { fullTime } from '../time/beijing.js';
import { ClockChip, prospectiveClock } from '../time/clock-chip.js';
import { Ago } from '../time/moment.js';
import { ThresholdRows } from '../thresholds/threshold-rows.js';
import { actionOf } from './alert-acts.js';
import { JudgementView } from './judgement-view.js';
import { useAlertSteps } from './use-alert-steps.js';

/** One alert: what was found, why it was flagged, what to do about it. */
export default function AlertPage() {
  const id = useParams().id!;
  const { data: alert, error, refetch } = useQuery(alertQuery(id));
  usePageTitle(alert?.title ?? '预警');
  if (alert === undefined)
    return error === null ? <Loading lines={10} /> : <Failure error={error} what="这条预警" onRetry={() => void refetch()} />;
  return <AlertSheet alert={alert} />;
}

function AlertSheet({ alert }: { alert: AlertDetail }) {
  return (
    <div className="sheet" data-testid="alert-page">
      <AlertHead alert={alert} />
      <div className="sheet-columns">
        <section className="panel" aria-labelledby="why-head">
          <div className="panel-head">
            <h2 id="why-head">为什么预警</h2>
            <span className="small quiet">研判版本 {alert.judgement.judgedBy}</span>
          </div>
          <div className="panel-body">
            <p className="alert-reason">{alert.reason}</p>
            {alert.thresholds.map((one) => (
              <div key={one.id} data-testid="alert-threshold">
                <p className="small">
                  预警规则 <Link to={`/thresholds?rule=${one.ruleId}`}>{one.ruleName}</Link>：{one.group} {one.words}（{fullTime(one.from)}{' '}
                  至 {fullTime(one.to)}）
                </p>
                <ThresholdRows rows={one.opinions} />
              </div>
            ))}
            <JudgementView judgement={alert.judgement} title={alert.judgedOpinion.title} text={alert.judgedOpinion.text} />
            <h2 className="sheet-part">研判复核</h2>
            <ReviewPanel opinionId={alert.judgedOpinion.id} judgement={alert.judgement} />
          </div>
        </section>
        <div className="sheet-column">
          <EscalationPanel subject={`/api/alerts/${alert.id}`} />
          <section className="panel" aria-labelledby="story-head">
            <div className="panel-head">
              <h2 id="story-head">同一事件的舆情</h2>
              <span className="small quiet">
                {alert.opinionCount} 条 · 热线 {alert.hotlineCount} · {alert.sourceCount} 信源
              </span>
            </div>
            <OpinionLines opinions={alert.opinions} />
          </section>
        </div>
      </div>
    </div>
  );
}

function AlertHead({ alert }: { alert: AlertDetail }) {
  const steps = useAlertSteps();
  const open = alert.state === 'open' || alert.state === 'seen';
  const [seen, confirm, falseAlarm] = [
    actionOf(alert.actions, 'seen'),
    actionOf(alert.actions, 'confirm'),
    actionOf(alert.actions, 'false-alarm'),
  ];
  useShortcuts([
    { keys: 'a', does: '知悉', run: () => seen.allowed && steps.seen(alert) },
    { keys: 'f', does: '标为误报', run: () => falseAlarm.allowed && steps.falseAlarm(alert) },
    { keys: 'Enter', does: '研判定级', run: () => confirm.allowed && steps.confirm(alert) },
  ]);
  return (
    <header className="sheet-head">
      <p className="crumbs small">
        <Link to="/alerts">预警</Link>
      </p>
      <div className="sheet-title">
        <LevelTag level={alert.severity ?? alert.suggestedSeverity} suggested={alert.severity === null} />
        <h1>{alert.title}</h1>
        {open && alert.prospectiveDueAt !== null && <ClockChip clock={prospectiveClock(alert.firstSeenAt, alert.prospectiveDueAt)} />}
      </div>
      <p className="sheet-facts">
        <AlertStateTag state={alert.state} />
        <span>
          首见 <Ago at={alert.firstSeenAt} />
        </span>
        <span>
          最近 <Ago at={alert.lastSeenAt} />
        </span>
        {alert.places.length > 0 && <span>{alert.places.join('、')}</span>}
        {alert.seenBy !== null && alert.seenAt !== null && (
          <span title={fullTime(alert.seenAt)}>
            {alert.seenBy} <Ago at={alert.seenAt} />
            知悉
          </span>
        )}
        {alert.caseId !== null && <Link to={`/cases/${alert.caseId}`}>查看舆情单</Link>}
      </p>
      {open ? (
        <div className="sheet-acts no-print">
          <ActButton type="primary" action={confirm} onClick={() => steps.confirm(alert)}>
            研判定级
          </ActButton>
          <ActButton action={falseAlarm} onClick={() => steps.falseAlarm(alert)}>
            误报
          </ActButton>
          <ActButton action={seen} onClick={() => steps.seen(alert)}>
            知悉
          </ActButton>
        </div>
      ) : (
        <p className="decision" data-testid="alert-decision">
          {alert.decidedBy} {alert.decidedAt !== null && <Ago at={alert.decidedAt} />}{' '}
          <Folded text={`${alert.state === 'confirmed' ? '研判定级' : '标为误报'}：${alert.decisionReason}`} />
        </p>
      )}
      {steps.dialogs}
    </header>
  );
}
