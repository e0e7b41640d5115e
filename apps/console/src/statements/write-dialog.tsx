import { Button, Form } from 'antd';
import { useState } from 'react';
import type { StatementChecks, StatementDetail } from '@huiying/contracts/http';
import { steps } from '../api/steps.js';
import { failureWords } from '../api/problem-words.js';
import { CitePicker, CitesHeld } from '../knowledge/cites.js';
import { FormDialog } from '../states/form-dialog.js';
import { ChecksView } from './statement-checks.js';

interface WriteDialogProps {
  caseId: string;
  caseTitle: string;
  /** What is changed; a new draft where not given. */
  item?: StatementDetail;
  step?: 'edit' | 'revise';
  onClose: () => void;
  onWritten?: (id: string) => void;
}

/** 起草、修改、更正: the words, and what the system would ask about them. */
export default function WriteDialog({ caseId, caseTitle, item, step = 'edit', onClose, onWritten }: WriteDialogProps) {
  const [cites, setCites] = useState<string[]>([]);
  const [uncite, setUncite] = useState<string[]>([]);
  const run = async (values: Record<string, unknown>): Promise<string> => {
    const words = { title: String(values.title), text: String(values.text), cites };
    if (item === undefined) return (await steps.draftStatement(caseId, words)).statementId;
    await steps.writeStatement(item.id, step, { ...words, uncite, version: item.version, writtenAt: item.writtenAt });
    return item.id;
  };
  return (
    <FormDialog
      title={item === undefined ? '起草口径' : step === 'revise' ? '更正已发布口径' : '修改口径'}
      okText="保存"
      subject={caseTitle}
      width={760}
      testId="write"
      fields={[
        {
          name: 'title',
          label: '标题',
          kind: 'line',
          missing: '请写标题',
          initial: item?.title,
          placeholder: '如：关于××情况的通报（第一号）',
        },
        {
          name: 'text',
          label: '正文',
          kind: 'area',
          rows: 12,
          most: 20_000,
          missing: '请写正文',
          initial: item?.text,
          placeholder: '事实、措施、进展、下一步；回应公众所问；以已核实的为准',
        },
      ]}
      effect={step === 'revise' ? '原版本继续有效，新版本须重新保密审查、审批、发布。' : '保存后仍是草稿，送审前可以再改。'}
      run={run}
      done="已保存"
      touches={['statements', 'cases']}
      onClose={onClose}
      onDone={(id) => onWritten?.(id)}
    >
      {(form) => (
        <>
          <CitesHeld cites={item?.cites ?? []} gone={uncite} onChange={setUncite} />
          <CitePicker
            value={cites}
            onChange={setCites}
            onInsert={(answer) => {
              const before = String(form.getFieldValue('text') ?? '');
              form.setFieldValue('text', before === '' ? answer : `${before}\n${answer}`);
            }}
          />
          <LiveChecks caseId={caseId} form={form} />
        </>
      )}
    </FormDialog>
  );
}

function LiveChecks({ caseId, form }: { caseId: string; form: ReturnType<typeof Form.useForm>[0] }) {
  const [checks, setChecks] = useState<StatementChecks | null>(null);
  const [state, setState] = useState<'idle' | 'busy' | string>('idle');
  const look = async () => {
    const text = String(form.getFieldValue('text') ?? '').trim();
    if (text === '') return setState('请先写正文');
    setState('busy');
    try {
      setChecks(await steps.checkStatement(caseId, text));
      setState('idle');
    } catch (error) {
      setState(failureWords(error));
    }
  };
  return (
    <>
      <Button size="small" onClick={() => void look()} loading={state === 'busy'} style={{ marginTop: 8 }} data-testid="write-check">
        核对（公众所问、与已发布口径、保密标志）
      </Button>
      {state !== 'idle' && state !== 'busy' && <p className="field-fault">{state}</p>}
      {checks !== null && <ChecksView checks={checks} />}
    </>
  );
}
