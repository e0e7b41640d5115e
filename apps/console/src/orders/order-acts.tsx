import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ActionView, OrderDetail, OrderStepName } from '@huiying/contracts/http';
import { departmentsQuery } from '../api/queries.js';
import { steps } from '../api/steps.js';
import { useStep } from '../api/use-step.js';
import { ActButton } from '../states/act-button.js';
import { FormDialog } from '../states/form-dialog.js';
import { bodyOf, formOf } from './order-forms.js';
import { STEP_WORDS } from './order-words.js';

const TOUCHES = ['orders', 'board'];

/** The next lawful steps; what this person may not do now stays hidden, but for the chief ones, which say why not. */
export function OrderActs({ order }: { order: OrderDetail }) {
  const [open, setOpen] = useState<OrderStepName | null>(null);
  const { data: departments = [] } = useQuery(departmentsQuery);
  const plain = useStep({
    run: (action: OrderStepName) => steps.stepOrder(order.orderNo, action, {}),
    done: null,
    touches: TOUCHES,
  });
  const form = open === null ? null : formOf(open, order, departments);
  const shown = order.actions.filter(({ allowed, action }) => allowed || CHIEF.has(action));
  const first = shown.find(({ allowed }) => allowed)?.action;
  const take = (action: OrderStepName) => (formOf(action, order, departments) === null ? plain.mutate(action) : setOpen(action));
  return (
    <section className="panel order-acts no-print" aria-label="办理">
      <div className="sheet-acts">
        {shown.map((one) => (
          <Act
            key={one.action}
            one={one}
            isFirst={one.action === first}
            loading={plain.isPending && plain.variables === one.action}
            onTake={take}
          />
        ))}
      </div>
      {open !== null && form !== null && (
        <FormDialog
          title={STEP_WORDS[open].word}
          okText={STEP_WORDS[open].word}
          subject={`${order.orderNo} ${order.title}`}
          testId={`order-${open}`}
          fields={form.fields}
          effect={form.effect}
          danger={form.danger ?? false}
          run={(values) => steps.stepOrder(order.orderNo, open, bodyOf(open, values))}
          done={STEP_WORDS[open].done}
          touches={TOUCHES}
          onClose={() => setOpen(null)}
        />
      )}
    </section>
  );
}

/** Shown even where they are not possible, with the reason. */
const CHIEF: ReadonlySet<string> = new Set(['sign', 'reply', 'dispatch', 'close']);

function Act({
  one,
  isFirst,
  loading,
  onTake,
}: {
  one: ActionView;
  isFirst: boolean;
  loading: boolean;
  onTake: (action: OrderStepName) => void;
}) {
  const action = one.action as OrderStepName;
  return (
    <ActButton action={one} type={isFirst ? 'primary' : 'default'} loading={loading} onClick={() => onTake(action)}>
      {STEP_WORDS[action].word}
    </ActButton>
  );
}
