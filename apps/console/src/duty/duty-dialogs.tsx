import type { DutyName, DutyPlan, DutySlot } from '@huiying/contracts/http';
import { ask } from '../api/request.js';
import { DUTY_WORDS } from '../marks/labels.js';
import { useSession } from '../session/session.js';
import { FormDialog } from '../states/form-dialog.js';
import { hourMinute, monthDayTime } from '../time/beijing.js';
import { DUTY } from './duty-api.js';

/** One person's shift, or one that nobody holds. */
export interface ShiftOf {
  duty: DutyName;
  from: string;
  to: string;
  name: string;
  holder: DutySlot | null;
}

const wordsOf = ({ from, to, name, duty }: ShiftOf) => `${monthDayTime(from)}–${hourMinute(to)} ${name} ${DUTY_WORDS[duty]}`;

/** 换班: asks a colleague. */
export function SwapDialog({ plan, shift, onClose }: { plan: DutyPlan; shift: ShiftOf; onClose: () => void }) {
  const { person } = useSession();
  const colleagues = plan.people.filter(({ id, duty }) => duty === shift.duty && id !== person.id);
  const theirs = plan.days.flatMap(({ shifts }) =>
    shifts.flatMap((one) =>
      (shift.duty === 'officer' ? one.officers : one.leaders).flatMap((slot) =>
        slot.isMe || one.from <= shift.from ? [] : [{ value: one.from, label: `${slot.name} ${monthDayTime(one.from)} ${one.name}` }],
      ),
    ),
  );
  return (
    <FormDialog
      title="换班"
      okText="发出申请"
      subject={wordsOf(shift)}
      testId="swap"
      fields={[
        {
          name: 'askedOf',
          label: '请谁接班',
          kind: 'select',
          missing: '请选择',
          choices: colleagues.map(({ id, name }) => ({ value: id, label: name })),
        },
        { name: 'backFrom', label: '我接对方的哪一班（可不选）', kind: 'select', choices: theirs },
        { name: 'reason', label: '原因', kind: 'line', missing: '请填写原因' },
      ]}
      effect="对方会收到通知；同意后值班表才变，并留下记录。"
      run={(values) => ask('POST', '/api/duty/swaps', { duty: shift.duty, from: shift.from, ...values })}
      done="已发出，等待对方答复"
      touches={DUTY}
      onClose={onClose}
    />
  );
}

/** 调班: a leader puts somebody else there. */
export function ChangeDialog({ plan, shift, onClose }: { plan: DutyPlan; shift: ShiftOf; onClose: () => void }) {
  const choices = plan.people.filter(({ id, duty }) => duty === shift.duty && id !== shift.holder?.personId);
  return (
    <FormDialog
      title="调班"
      okText="调整"
      subject={`${wordsOf(shift)}${shift.holder === null ? '（无人）' : `：${shift.holder.name}`}`}
      testId="change-duty"
      fields={[
        {
          name: 'personId',
          label: '改由谁值班',
          kind: 'select',
          missing: '请选择',
          choices: choices.map(({ id, name }) => ({ value: id, label: name })),
        },
        { name: 'reason', label: '原因', kind: 'line', missing: '请填写原因' },
      ]}
      effect="立即生效；双方都会收到通知。"
      run={(values) => ask('POST', '/api/duty/changes', { duty: shift.duty, from: shift.from, to: shift.to, ...values })}
      done="已调班"
      touches={DUTY}
      onClose={onClose}
    />
  );
}
