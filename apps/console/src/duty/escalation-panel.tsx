import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { EscalationView, RungName } from '@huiying/contracts/http';
import { ask } from '../api/request.js';
import { useStep } from '../api/use-step.js';
import { useSession } from '../session/session.js';
import { FormDialog } from '../states/form-dialog.js';
import { fullTime, monthDayTime } from '../time/beijing.js';
import { useNow } from '../time/use-now.js';
import { aheadWords } from '../time/words.js';
import { escalationsQuery } from './duty-api.js';
import './duty.css';

export const RUNG_WORDS: Record<RungName, string> = { officer: '值班员', leader: '带班领导', deputy: '分管领导', head: '主要负责人' };
const MATTER_WORDS: Record<EscalationView['matter'], string> = { alert: '预警', 'clock-warned': '时限临期', 'clock-breached': '时限逾期' };
const TOUCHES = ['escalations', 'alerts', 'cases'];

/** 逐级上报: who was told because nobody acknowledged, who is next and when; taking it in hand or up. */
export function EscalationPanel({ subject }: { subject: `/api/${'alerts' | 'cases'}/${string}` }) {
  const { person } = useSession();
  const { data: all } = useQuery({ ...escalationsQuery(`${subject}/escalations`), enabled: person.role !== 'department-lead' });
  const [raising, setRaising] = useState(false);
  if (person.role === 'department-lead' || all === undefined) return null;
  const isAtDesk = person.role === 'duty-officer' || person.role === 'supervisor';
  return (
    <section className="panel" aria-labelledby="escalation-head" data-testid="escalation-panel">
      <div className="panel-head">
        <h2 id="escalation-head">逐级上报</h2>
        {isAtDesk && (
          <button type="button" className="plain-button push" onClick={() => setRaising(true)} data-testid="escalate">
            人工上报
          </button>
        )}
      </div>
      <div className="panel-rows">
        {all.length === 0 && <p className="panel-body quiet">没有需要上报的事项。</p>}
        {all.map((one) => (
          <Escalation key={one.id} one={one} mayAcknowledge={isAtDesk} />
        ))}
      </div>
      {raising && (
        <FormDialog
          title="人工上报"
          okText="上报"
          testId="escalate"
          fields={[
            {
              name: 'to',
              label: '上报给',
              kind: 'select',
              missing: '请选择',
              choices: (['leader', 'deputy', 'head'] as const).map((value) => ({ value, label: RUNG_WORDS[value] })),
            },
            { name: 'comment', label: '情况说明', kind: 'area', missing: '请写明情况', rows: 3 },
          ]}
          effect="立即以全部渠道通知，并记入时间线。"
          run={(values) => ask('POST', `${subject}/escalate`, values)}
          done="已上报"
          touches={TOUCHES}
          onClose={() => setRaising(false)}
        />
      )}
    </section>
  );
}

function Escalation({ one, mayAcknowledge }: { one: EscalationView; mayAcknowledge: boolean }) {
  const now = useNow(20_000);
  const acknowledge = useStep({
    run: () => ask('POST', `/api/escalations/${one.id}/acknowledge`),
    done: '已确认，不再逐级上报',
    touches: TOUCHES,
  });
  return (
    <div className="duty-line" data-testid="escalation">
      <p>
        <b>{MATTER_WORDS[one.matter]}</b> {one.matter === 'alert' ? '' : one.title}
        <span className="small quiet">
          {one.policyName} · {monthDayTime(one.bornAt)} 起
        </span>
        {one.acknowledged === null && one.ended === null && one.next !== null && mayAcknowledge && (
          <Button
            size="small"
            className="push"
            loading={acknowledge.isPending}
            onClick={() => acknowledge.mutate(undefined)}
            data-testid="acknowledge-escalation"
          >
            确认
          </Button>
        )}
      </p>
      <ol className="escalation-moves">
        {one.moves.map((move) => (
          <li key={`${move.kind}${move.at}`} title={fullTime(move.at)}>
            <time>{monthDayTime(move.at)}</time> {move.reason}：{move.told.join('、') || '无人可通知'}
            {move.late && <span className="duty-waiting">补发</span>}
          </li>
        ))}
      </ol>
      <p className="small quiet">
        {one.ended !== null
          ? `${monthDayTime(one.ended.at)} 结束：${one.ended.reason}`
          : one.acknowledged !== null
            ? `${one.acknowledged.by} ${monthDayTime(one.acknowledged.at)} 已确认`
            : '尚无人确认'}
        {one.next !== null && `；若无动作，${aheadWords(one.next.at, now)}通知${one.next.tell.map((rung) => RUNG_WORDS[rung]).join('、')}`}
      </p>
    </div>
  );
}
