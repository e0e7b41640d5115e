import { Form, Modal } from 'antd';
import type { CaseDetail, EvidenceRequest } from '@huiying/contracts/http';
import { steps } from '../api/steps.js';
import { useStep } from '../api/use-step.js';
import { EvidenceFields, evidenceRequestOf, type EvidenceValues } from './evidence-fields.js';
import { forgetFaults, showFaults } from '../states/form-faults.js';

/** 登记发布: the proof that stops a clock. */
export default function EvidenceDialog({ item, onClose }: { item: CaseDetail; onClose: () => void }) {
  const [form] = Form.useForm<EvidenceValues>();
  const step = useStep({
    run: (body: EvidenceRequest) => steps.registerEvidence(item.id, body),
    done: ({ metDeadlineIds }) => (metDeadlineIds.length > 0 ? `已登记，${metDeadlineIds.length} 个时限停表` : '已登记'),
    touches: ['board', 'cases', 'tasks', 'deadlines'],
    onConflict: onClose,
    onDone: onClose,
    onBadInput: (error) => showFaults(form, error),
  });
  return (
    <Modal
      open
      title={`登记发布 ${item.caseNo}`}
      okText="登记"
      onOk={() => form.submit()}
      onCancel={onClose}
      confirmLoading={step.isPending}
      width={560}
      okButtonProps={{ 'data-testid': 'evidence-submit' }}
    >
      <p className="dialog-subject">{item.title}</p>
      <Form
        form={form}
        layout="vertical"
        onValuesChange={(changed) => forgetFaults(form, changed)}
        onFinish={(values) => step.mutate(evidenceRequestOf(values))}
        data-testid="evidence-form"
      >
        <EvidenceFields />
      </Form>
      <p className="dialog-effect">登记后对应时限按发布时间停表，登记不可删除；登记人与网页指纹记入时间线。</p>
    </Modal>
  );
}
