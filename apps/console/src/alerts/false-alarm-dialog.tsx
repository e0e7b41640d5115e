import { Form, Input, Modal } from 'antd';
import type { AlertView, FalseAlarmRequest } from '@huiying/contracts/http';
import { steps } from '../api/steps.js';
import { useStep } from '../api/use-step.js';
import { useDraft } from '../session/draft.js';
import { forgetFaults, showFaults } from '../states/form-faults.js';

const COMMON_REASONS = ['不属本市', '不是政务舆情', '旧闻重发，已有处置', '商业推广或广告', '内容不实，已核实'];

/** 误报: the alert is set aside with a reason, which stays in its history. */
export default function FalseAlarmDialog({ alert, onClose }: { alert: AlertView; onClose: () => void }) {
  const [form] = Form.useForm<FalseAlarmRequest>();
  const draft = useDraft(`false-alarm.${alert.id}`);
  const step = useStep({
    run: (body: FalseAlarmRequest) => steps.markFalseAlarm(alert.id, body),
    done: '已标为误报',
    touches: ['board', 'alerts'],
    onConflict: onClose,
    onDone: () => {
      draft.drop();
      onClose();
    },
    onBadInput: (error) => showFaults(form, error),
  });
  const fill = (reason: string) => {
    form.setFieldsValue({ reason });
    void form.validateFields();
  };
  return (
    <Modal
      open
      title="标为误报"
      okText="标为误报"
      onOk={() => form.submit()}
      onCancel={onClose}
      confirmLoading={step.isPending}
      width={520}
      okButtonProps={{ 'data-testid': 'false-alarm-submit' }}
    >
      <p className="dialog-subject">{alert.title}</p>
      <Form
        form={form}
        layout="vertical"
        initialValues={{ reason: draft.draft }}
        onFinish={(values) => step.mutate(values)}
        onValuesChange={(changed, all) => (forgetFaults(form, changed), draft.keep(all.reason ?? ''))}
        data-testid="false-alarm-form"
      >
        <Form.Item label="理由" required>
          <div className="chip-row">
            {COMMON_REASONS.map((reason) => (
              <button key={reason} type="button" className="plain-button" onClick={() => fill(reason)}>
                {reason}
              </button>
            ))}
          </div>
          <Form.Item name="reason" noStyle rules={[{ required: true, whitespace: true, min: 2, message: '请写明理由（至少两个字）' }]}>
            <Input.TextArea rows={3} maxLength={2000} aria-label="误报理由" data-testid="false-alarm-reason" />
          </Form.Item>
        </Form.Item>
      </Form>
      <p className="dialog-effect">不建舆情单，不起算时限；理由记入时间线。标记后不可撤回；同一事件级别升高时会再次预警。</p>
    </Modal>
  );
}
