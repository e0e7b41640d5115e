import { useQuery } from '@tanstack/react-query';
import { App, Input, Modal } from 'antd';
import { useState } from 'react';
import type { AssignRequest, CaseDetail } from '@huiying/contracts/http';
import { fieldFaults } from '../api/problem-words.js';
import { departmentsQuery } from '../api/queries.js';
import { steps } from '../api/steps.js';
import { useStep } from '../api/use-step.js';
import { useDraft } from '../session/draft.js';
import { DepartmentLines } from './department-lines.js';
import { faultOf, hasLead, suggestedTasks, type TaskDraft, withoutAccount } from './suggested-tasks.js';

/** 交办: which departments, who leads, what they are to do. The judgement's suggestion stands ready. */
export default function AssignDialog({ item, onClose }: { item: CaseDetail; onClose: () => void }) {
  const { data: departments = [] } = useQuery(departmentsQuery);
  const suggested = suggestedTasks(item);
  const [drafts, setDrafts] = useState<TaskDraft[]>(
    suggested.length > 0 ? suggested : [{ departmentId: '', role: hasLead(item.tasks) ? 'co' : 'lead' }],
  );
  const draft = useDraft(`assign.${item.id}`);
  const [instruction, setInstruction] = useState(draft.draft);
  const [tried, setTried] = useState(false);
  const unheard = withoutAccount(drafts, departments);
  const { message } = App.useApp();
  const step = useStep({
    run: (body: AssignRequest) => steps.assign(item.id, body),
    done: ({ taskIds }) =>
      unheard.length === 0
        ? `已交办 ${taskIds.length} 个单位，已通知其负责人`
        : `已交办 ${taskIds.length} 个单位；请电话通知${unheard.join('、')}`,
    touches: ['board', 'cases', 'tasks'],
    onConflict: onClose,
    onDone: () => {
      draft.drop();
      onClose();
    },
    onBadInput: (error) => {
      const [first] = fieldFaults(error);
      if (first !== undefined) void message.error(first.message);
      return first !== undefined;
    },
  });
  const fault = faultOf(drafts, item.tasks);
  const missing = instruction.trim() === '';
  const submit = () => {
    setTried(true);
    if (fault === null && !missing) step.mutate({ tasks: drafts.map((line) => ({ ...line, instruction: instruction.trim() })) });
  };
  return (
    <Modal
      open
      title={`交办 ${item.caseNo}`}
      okText="交办"
      onOk={submit}
      onCancel={onClose}
      confirmLoading={step.isPending}
      width={640}
      okButtonProps={{ 'data-testid': 'assign-submit' }}
    >
      <p className="dialog-subject">{item.title}</p>
      <div data-testid="assign-form">
        <p className="field-label">
          承办单位{' '}
          {suggested.length > 0 && <span className="small quiet">已按{item.dispute === null ? '研判建议' : '裁定建议'}选好，可改</span>}
        </p>
        <DepartmentLines drafts={drafts} departments={departments} onChange={setDrafts} />
        {tried && fault !== null && (
          <p className="field-fault" role="alert">
            {fault}
          </p>
        )}
        <label className="field-label" htmlFor="assign-instruction">
          交办要求
        </label>
        <Input.TextArea
          id="assign-instruction"
          rows={4}
          maxLength={4000}
          value={instruction}
          status={tried && missing ? 'error' : undefined}
          onChange={(event) => (setInstruction(event.target.value), draft.keep(event.target.value))}
          placeholder="核实什么、何时前首报、由谁发布，如：立即核实伤亡与处置情况，13:00 前报送首次权威信息代拟稿"
          data-testid="assign-instruction"
        />
        {tried && missing && (
          <p className="field-fault" role="alert">
            请写明交办要求
          </p>
        )}
      </div>
      <p className="dialog-effect">交办后立即通知各单位负责人签收；舆情单的时限不因交办、退回或改派而停。</p>
    </Modal>
  );
}
