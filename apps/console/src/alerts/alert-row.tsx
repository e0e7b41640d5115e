import { Link } from 'react-router';
import type { AlertView } from '@huiying/contracts/http';
import { LevelTag } from '../marks/level-tag.js';
import { AlertStateTag } from '../marks/state-tag.js';
import { useSession } from '../session/session.js';
import { ActButton } from '../states/act-button.js';
import { ClockChip, prospectiveClock } from '../time/clock-chip.js';
import { Ago } from '../time/moment.js';
import { hourMinute } from '../time/beijing.js';
import { alertActs } from './alert-acts.js';
import { JudgementDoor } from './judgement-door.js';
import type { AlertSteps } from './use-alert-steps.js';
import { OrganName } from '../marks/organ-name.js';

interface AlertRowProps {
  alert: AlertView;
  steps: AlertSteps;
  isOn: boolean;
  isNew?: boolean;
}

/** One alert as the duty officer reads it: how grave, what, until when, whose, and the three steps. */
export function AlertRow({ alert, steps, isOn, isNew = false }: AlertRowProps) {
  const acts = alertActs(alert.state, useSession().person.role);
  const open = alert.state === 'open' || alert.state === 'seen';
  return (
    <article
      className={`alert-row alert-${alert.state}${isOn ? ' row-on' : ''}${isNew ? ' row-new' : ''}`}
      data-testid="alert-row"
      data-id={alert.id}
    >
      <div className="alert-title">
        <JudgementDoor alertId={alert.id} aspect="severity">
          <LevelTag level={alert.severity ?? alert.suggestedSeverity} suggested={alert.severity === null} />
        </JudgementDoor>
        <Link to={`/alerts/${alert.id}`} className="row-title">
          {alert.title}
        </Link>
        {open && alert.prospectiveDueAt !== null && <ClockChip clock={prospectiveClock(alert.firstSeenAt, alert.prospectiveDueAt)} />}
      </div>
      <p className="alert-summary">{alert.summary}</p>
      <div className="alert-foot">
        <AlertFacts alert={alert} />
        <span className="alert-acts no-print">
          {open ? (
            <>
              {alert.state === 'open' && (
                <ActButton size="small" action={acts.seen} loading={steps.busyId === alert.id} onClick={() => steps.seen(alert)}>
                  知悉
                </ActButton>
              )}
              <ActButton size="small" action={acts['false-alarm']} onClick={() => steps.falseAlarm(alert)}>
                误报
              </ActButton>
              <ActButton size="small" type="primary" action={acts.confirm} onClick={() => steps.confirm(alert)}>
                研判定级
              </ActButton>
            </>
          ) : (
            <AlertStateTag state={alert.state} />
          )}
        </span>
      </div>
    </article>
  );
}

function AlertFacts({ alert }: { alert: AlertView }) {
  const lead = alert.departments.find(({ role }) => role === 'lead') ?? alert.departments[0];
  return (
    <span className="alert-facts">
      {alert.topic !== null && (
        <JudgementDoor alertId={alert.id} aspect="topic">
          {alert.topic.name}
        </JudgementDoor>
      )}
      {lead !== undefined && (
        <JudgementDoor alertId={alert.id} aspect="departments">
          <OrganName name={lead.name} />
        </JudgementDoor>
      )}
      {alert.places[0] !== undefined && <span>{alert.places[0]}</span>}
      <span title={`${alert.opinionCount} 条舆情，其中 12345 热线 ${alert.hotlineCount} 件，来自 ${alert.sourceCount} 个信源`}>
        {alert.opinionCount} 条{alert.hotlineCount > 0 && ` · 热线 ${alert.hotlineCount}`} · {alert.sourceCount} 信源
      </span>
      <span>
        首见 <Ago at={alert.firstSeenAt} />
      </span>
      {alert.state === 'seen' && alert.seenAt !== null && (
        <span>
          {alert.seenBy} {hourMinute(alert.seenAt)} 知悉
        </span>
      )}
    </span>
  );
}
