import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { DutyPlan, DutySlot, SwapView } from '@huiying/contracts/http';
import { dutyQuery } from '../api/queries.js';
import { ask } from '../api/request.js';
import { useStep } from '../api/use-step.js';
import { DutyPanel } from '../board/duty-panel.js';
import { DUTY_WORDS } from '../marks/labels.js';
import { useSession } from '../session/session.js';
import { usePageTitle } from '../shell/tab-title.js';
import { Empty } from '../states/empty.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { useFilters } from '../states/use-filters.js';
import { fromWallString, hourMinute, monthDayTime, wallString } from '../time/beijing.js';
import { useNow } from '../time/use-now.js';
import { CalendarFeed } from './calendar-feed.js';
import { ChangeDialog, SwapDialog, type ShiftOf } from './duty-dialogs.js';
import { DUTY, planQuery, swapsQuery } from './duty-api.js';
import { DutyTabs } from './duty-tabs.js';
import './duty.css';

const DAY_MS = 86_400_000;
const FORTNIGHT_MS = 14 * DAY_MS;
const dayOf = (ms: number) => wallString(ms).slice(0, 10);

/** 值班表: who is on when, what changed, where nobody is. */
export default function DutyPage() {
  usePageTitle('值班表');
  const { filters, change } = useFilters(['from'] as const);
  const { data: plan, error, refetch } = useQuery(planQuery(filters.from));
  const { data: duty } = useQuery(dutyQuery);
  if (plan === undefined)
    return error === null ? <Loading lines={10} /> : <Failure error={error} what="值班表" onRetry={() => void refetch()} />;
  const start = Date.parse(fromWallString(`${plan.from}T00:00`));
  const turn = (ms: number) => change({ from: dayOf(start + ms) });
  return (
    <div className="sheet duty-page" data-testid="duty-page">
      <div className="page-head duty-head">
        <DutyTabs />
        <span className="push duty-turns">
          <Button onClick={() => turn(-FORTNIGHT_MS)}>前两周</Button>
          <Button onClick={() => change({ from: '' })}>今天起</Button>
          <Button onClick={() => turn(FORTNIGHT_MS)}>后两周</Button>
        </span>
      </div>
      <Gaps plan={plan} />
      <div className="sheet-columns duty-columns">
        <PlanTable plan={plan} />
        <div className="sheet-column">
          {duty !== undefined && <DutyPanel duty={duty} />}
          <Swaps />
          <Changes plan={plan} />
          <CalendarFeed />
        </div>
      </div>
    </div>
  );
}

function Gaps({ plan }: { plan: DutyPlan }) {
  if (plan.gaps.length === 0) return null;
  return (
    <ul className="decision duty-gaps" role="alert" data-testid="duty-gaps">
      {plan.gaps.map(({ duty, from, to }) => (
        <li key={`${duty}${from}`}>
          <b className="overdue-word">! 空档</b> {monthDayTime(from)} 至 {monthDayTime(to)} 没有{DUTY_WORDS[duty]}
        </li>
      ))}
    </ul>
  );
}

function PlanTable({ plan }: { plan: DutyPlan }) {
  const now = useNow(60_000);
  const { person } = useSession();
  const [swapping, setSwapping] = useState<ShiftOf | null>(null);
  const [changing, setChanging] = useState<ShiftOf | null>(null);
  const mayChange = person.role === 'supervisor' || person.role === 'administrator';
  return (
    <section className="panel" aria-label="值班表">
      <div className="duty-days">
        {plan.days.map(({ date, why, isWorkday, shifts }) => (
          <div key={date} className={`duty-day${date === dayOf(now) ? ' duty-today' : ''}`} data-testid="duty-day">
            <p className="duty-date">
              <b>{date.slice(5)}</b> <span className={isWorkday ? 'quiet' : 'duty-off'}>{why}</span>
            </p>
            {shifts.map((shift) => {
              const isOn = Date.parse(shift.from) <= now && now < Date.parse(shift.to);
              const of = (duty: ShiftOf['duty'], slot: DutySlot | undefined): ShiftOf => ({
                ...{ duty, from: shift.from, to: shift.to, name: shift.name, holder: slot ?? null },
              });
              const isToCome = Date.parse(shift.from) > now;
              return (
                <div key={shift.from} className={`duty-shift${isOn ? ' duty-on' : ''}`}>
                  <span className="duty-shift-name">
                    {shift.name} <span className="small quiet">{`${hourMinute(shift.from)}–${hourMinute(shift.to)}`}</span>
                    {isOn && <span className="duty-now">当班</span>}
                  </span>
                  {(['officer', 'leader'] as const).map((duty) => {
                    const slots = duty === 'officer' ? shift.officers : shift.leaders;
                    const mine = slots.find(({ isMe }) => isMe);
                    return (
                      <span key={duty} className="duty-slot">
                        <span className="small quiet">{DUTY_WORDS[duty]}</span>
                        {slots.length === 0 && <b className="overdue-word">无人</b>}
                        {slots.map((slot) => (
                          <b key={slot.personId} className={slot.isMe ? 'duty-me' : ''} title={slot.isOverride ? '调班或换班' : undefined}>
                            {slot.name}
                            {slot.isOverride && <span className="duty-changed">调</span>}
                          </b>
                        ))}
                        {mine !== undefined && isToCome && (
                          <button type="button" className="plain-button" onClick={() => setSwapping(of(duty, mine))} data-testid="ask-swap">
                            换班
                          </button>
                        )}
                        {mayChange && (isToCome || isOn) && (
                          <button type="button" className="plain-button duty-change" onClick={() => setChanging(of(duty, slots[0]))}>
                            调班
                          </button>
                        )}
                      </span>
                    );
                  })}
                </div>
              );
            })}
          </div>
        ))}
      </div>
      {swapping !== null && <SwapDialog plan={plan} shift={swapping} onClose={() => setSwapping(null)} />}
      {changing !== null && <ChangeDialog plan={plan} shift={changing} onClose={() => setChanging(null)} />}
    </section>
  );
}

const SWAP_WORDS: Record<SwapView['state'], string> = { asked: '待答复', agreed: '已同意', declined: '已拒绝', withdrawn: '已撤回' };
const MAY_WORDS = { agree: '同意', decline: '拒绝', withdraw: '撤回' } as const;

function Swaps() {
  const { data: swaps, error, refetch } = useQuery(swapsQuery);
  const answer = useStep({
    run: ({ id, action }: { id: string; action: keyof typeof MAY_WORDS }) => ask('POST', `/api/duty/swaps/${id}/${action}`, {}),
    done: '已记录，对方会收到通知',
    touches: DUTY,
  });
  return (
    <section className="panel" aria-labelledby="swaps-head">
      <div className="panel-head">
        <h2 id="swaps-head">换班</h2>
        <span className="small quiet">对方同意后值班表才变</span>
      </div>
      <div className="panel-rows">
        {swaps === undefined &&
          (error === null ? <Loading lines={2} /> : <Failure error={error} what="换班" onRetry={() => void refetch()} />)}
        {swaps?.length === 0 && <Empty title="没有换班申请">在值班表中自己的班次上点“换班”。</Empty>}
        {swaps?.slice(0, 12).map((swap) => (
          <div key={swap.id} className="duty-line" data-testid="swap" data-state={swap.state}>
            <p>
              <b>{swap.askedBy.name}</b> 请 <b>{swap.askedOf.name}</b> 接 {monthDayTime(swap.from)}–{hourMinute(swap.to)}
              {swap.back !== null && `，换 ${monthDayTime(swap.back.from)}–${hourMinute(swap.back.to)}`}
            </p>
            <p className="small quiet">
              {SWAP_WORDS[swap.state]} · {swap.reason}
              {swap.answer !== null && ` · ${swap.answer}`}
            </p>
            {swap.may.length > 0 && (
              <p className="duty-acts">
                {swap.may.map((action) => (
                  <Button
                    key={action}
                    size="small"
                    type={action === 'agree' ? 'primary' : 'default'}
                    loading={answer.isPending}
                    onClick={() => answer.mutate({ id: swap.id, action })}
                    data-testid={`swap-${action}`}
                  >
                    {MAY_WORDS[action]}
                  </Button>
                ))}
              </p>
            )}
          </div>
        ))}
      </div>
    </section>
  );
}

function Changes({ plan }: { plan: DutyPlan }) {
  const { person } = useSession();
  const cancel = useStep({ run: (id: string) => ask('POST', `/api/duty/changes/${id}/cancel`), done: '已恢复原排班', touches: DUTY });
  if (plan.changes.length === 0) return null;
  const mayCancel = person.role === 'supervisor' || person.role === 'administrator';
  return (
    <section className="panel" aria-labelledby="changes-head">
      <div className="panel-head">
        <h2 id="changes-head">调班记录</h2>
      </div>
      <div className="panel-rows">
        {plan.changes.map((one) => (
          <div key={one.id} className="duty-line" data-testid="duty-change">
            <p>
              {monthDayTime(one.from)}–{hourMinute(one.to)} {DUTY_WORDS[one.duty]} <b>{one.name}</b>
              {mayCancel && (
                <button type="button" className="plain-button push" onClick={() => cancel.mutate(one.id)}>
                  取消
                </button>
              )}
            </p>
            <p className="small quiet">
              {one.reason} · {one.madeBy} {monthDayTime(one.madeAt)}
            </p>
          </div>
        ))}
      </div>
    </section>
  );
}
