import { Form, Input, Modal } from 'antd';
import type { CaseDetail, CloseRequest } from '@huiying/contracts/http';
import { steps } from '../api/steps.js';
import { useStep } from '../api/use-step.js';
import { useDraft } from '../session/draft.js';

/** 办结: what came of it. Asked once, since nothing follows. */
export default function CloseDialog({ item, onClose }: { item: CaseDetail; onClose: () => void }) {
  const [form] = Form.useForm<CloseRequest>();
  const draft = useDraft(`close.${item.id}`);
  const step = useStep({
    run: (body: CloseRequest) => steps.closeCase(item.id, body),
    done: '已办结',
    touches: ['board', 'cases', 'tasks'],
    onConflict: onClose,
    onDone: () => {
      draft.drop();
      onClose();
    },
  });
  return (
    <Modal
      open
      title={`办结 ${item.caseNo}`}
      okText="办结"
      onOk={() => form.submit()}
      onCancel={onClose}
      confirmLoading={step.isPending}
      width={520}
      okButtonProps={{ 'data-testid': 'close-submit' }}
    >
      <p className="dialog-subject">{item.title}</p>
      <Form
        form={form}
        layout="vertical"
        initialValues={{ summary: draft.draft }}
        onFinish={(values) => step.mutate(values)}
        onValuesChange={(_, all) => draft.keep(all.summary ?? '')}
      >
        <Form.Item name="summary" label="办结小结" rules={[{ required: true, whitespace: true, message: '请写明处置结果' }]}>
          <Input.TextArea rows={4} maxLength={4000} placeholder="查明什么、如何处置、向公众作了哪些承诺" data-testid="close-summary" />
        </Form.Item>
      </Form>
      <p className="dialog-effect">办结后开始“回应效果评估”的时限；需要再办时由带班领导重开。小结记入时间线。</p>
    </Modal>
  );
}
