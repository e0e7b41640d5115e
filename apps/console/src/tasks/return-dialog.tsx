import { useQuery } from '@tanstack/react-query';
import { Form, Input, Modal, Radio, Select } from 'antd';
import type { ReturnRequest, TaskDetail } from '@huiying/contracts/http';
import { BY_NAMES, departmentChoices } from '../marks/department-choices.js';
import { departmentsQuery } from '../api/queries.js';
import { steps } from '../api/steps.js';
import { useStep } from '../api/use-step.js';
import { useDraft } from '../session/draft.js';
import { forgetFaults, showFaults } from '../states/form-faults.js';

/** 退回: not ours, and whose it may be. */
export default function ReturnDialog({ task, onClose }: { task: TaskDetail; onClose: () => void }) {
  const [form] = Form.useForm<ReturnRequest>();
  const { data: departments = [] } = useQuery(departmentsQuery);
  const draft = useDraft(`return.${task.id}`);
  const step = useStep({
    run: (body: ReturnRequest) => steps.returnTask(task.id, body),
    done: '已退回，值班员将改派',
    touches: ['tasks', 'cases', 'board'],
    onConflict: onClose,
    onDone: () => {
      draft.drop();
      onClose();
    },
    onBadInput: (error) => showFaults(form, error),
  });
  const others = departmentChoices(departments.filter(({ id }) => id !== task.departmentId));
  return (
    <Modal
      open
      title="退回任务"
      okText="退回"
      onOk={() => form.submit()}
      onCancel={onClose}
      confirmLoading={step.isPending}
      width={520}
      okButtonProps={{ 'data-testid': 'return-submit' }}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ reason: draft.draft }}
        onFinish={(values) =>
          step.mutate({ reason: values.reason.trim(), ground: values.ground, suggestedDepartmentId: values.suggestedDepartmentId ?? null })
        }
        onValuesChange={(changed, all) => (forgetFaults(form, changed), draft.keep(all.reason ?? ''))}
      >
        <Form.Item name="ground" label="因何退回" initialValue="not-ours">
          <Radio.Group optionType="button">
            <Radio.Button value="not-ours">非本单位职责</Radio.Button>
            <Radio.Button value="insufficient">信息不足</Radio.Button>
          </Radio.Group>
        </Form.Item>
        <Form.Item
          name="reason"
          label="退回理由"
          rules={[{ required: true, whitespace: true, min: 2, message: '请写明理由（职责依据或缺少的信息）' }]}
        >
          <Input.TextArea
            rows={3}
            maxLength={2000}
            placeholder="如：该路段属市政养护范围，由市城市管理局负责（三定方案第四条）"
            data-testid="return-reason"
          />
        </Form.Item>
        <Form.Item name="suggestedDepartmentId" label="建议承办单位">
          <Select allowClear showSearch={BY_NAMES} placeholder="不确定可不选" options={others} />
        </Form.Item>
      </Form>
      <p className="dialog-effect">
        退回后通知值班员。非本单位职责的，30 分钟内裁定承办单位；裁定前仍由本单位负责（首接负责），舆情单的时限不因退回而停。
      </p>
    </Modal>
  );
}
