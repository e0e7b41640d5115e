import type { CaseDetail } from '@huiying/contracts/http';
import { OrganName } from '../marks/organ-name.js';
import { monthDayTime } from '../time/beijing.js';
import { ClockChip } from '../time/clock-chip.js';
import { caseSteps, type CaseStep } from './case-steps.js';
import { WhyButton } from './why-button.js';

const STATE_WORDS = { done: '已完成', now: '当前', todo: '未到' } as const;
const SIGNS = { done: '✓', now: '●', todo: '○' } as const;

/** The way of the case from 研判定级 to 办结, with who did what and what presses now. */
export function StepLine({ item }: { item: CaseDetail }) {
  return (
    <ol className="step-line" aria-label="办理进度" data-testid="step-line">
      {caseSteps(item).map((step) => (
        <li key={step.key} className={`step step-${step.state}`} data-testid={`step-${step.key}`} data-state={step.state}>
          <span className="step-word">
            <span className="step-sign" aria-hidden="true">
              {SIGNS[step.state]}
            </span>
            <b>{step.word}</b>
            <span className="sr-only">{STATE_WORDS[step.state]}</span>
          </span>
          <StepNote step={step} />
        </li>
      ))}
    </ol>
  );
}

function StepNote({ step }: { step: CaseStep }) {
  if (step.at !== null)
    return (
      <span className="step-note">
        {monthDayTime(step.at)} <OrganName name={step.by ?? ''} />
      </span>
    );
  if (step.clock !== null)
    return (
      <WhyButton deadlineId={step.clock.id}>
        <ClockChip clock={step.clock} />
      </WhyButton>
    );
  return <span className="step-note">{step.state === 'now' ? '待办' : ''}</span>;
}
