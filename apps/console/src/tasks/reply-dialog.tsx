import { Form, Input, Modal, Switch } from 'antd';
import { useState } from 'react';
import type { ReplyRequest, TaskDetail } from '@huiying/contracts/http';
import { steps } from '../api/steps.js';
import { useStep } from '../api/use-step.js';
import { EvidenceFields, evidenceRequestOf, type EvidenceValues } from '../cases/evidence-fields.js';
import { CitePicker } from '../knowledge/cites.js';
import { useDraft } from '../session/draft.js';
import { forgetFaults, showFaults } from '../states/form-faults.js';

interface ReplyValues {
  text: string;
  evidence?: EvidenceValues;
  cites?: string[];
}

/** 反馈: what was done, and the proof of what was published; text alone stops no clock. */
export default function ReplyDialog({ task, onClose }: { task: TaskDetail; onClose: () => void }) {
  const [form] = Form.useForm<ReplyValues>();
  const [published, setPublished] = useState(false);
  const draft = useDraft(`reply.${task.id}`);
  const step = useStep({
    run: (body: ReplyRequest) => steps.reply(task.id, body),
    done: '已反馈',
    touches: ['tasks', 'cases', 'board', 'deadlines'],
    onConflict: onClose,
    onDone: () => {
      draft.drop();
      onClose();
    },
    onBadInput: (error) => showFaults(form, error),
  });
  const submit = ({ text, evidence, cites = [] }: ReplyValues) =>
    step.mutate({ text: text.trim(), cites, evidence: published && evidence !== undefined ? evidenceRequestOf(evidence) : null });
  return (
    <Modal
      open
      title="反馈"
      okText="提交反馈"
      onOk={() => form.submit()}
      onCancel={onClose}
      confirmLoading={step.isPending}
      width={560}
      okButtonProps={{ 'data-testid': 'reply-submit' }}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ text: draft.draft }}
        onFinish={submit}
        onValuesChange={(changed, all) => (forgetFaults(form, changed), draft.keep(all.text ?? ''))}
        data-testid="reply-form"
      >
        <Form.Item name="text" label="处置情况" rules={[{ required: true, whitespace: true, message: '请写明核实与处置情况' }]}>
          <Input.TextArea rows={5} maxLength={10_000} placeholder="查明的事实、已采取的措施、下一步安排" data-testid="reply-text" />
        </Form.Item>
        <Form.Item noStyle shouldUpdate>
          {() => (
            <CitePicker
              value={(form.getFieldValue('cites') as string[] | undefined) ?? []}
              onChange={(cites) => form.setFieldValue('cites', cites)}
              onInsert={(answer) => {
                const before = String(form.getFieldValue('text') ?? '');
                const text = before === '' ? answer : `${before}\n${answer}`;
                form.setFieldValue('text', text);
                draft.keep(text);
              }}
            />
          )}
        </Form.Item>
        <Form.Item name="cites" hidden>
          <Input />
        </Form.Item>
        <div className="reply-switch">
          <Switch id="reply-published" checked={published} onChange={setPublished} data-testid="reply-with-evidence" />
          <label htmlFor="reply-published">附发布证据（链接、照片或材料）</label>
        </div>
        {published && <EvidenceFields under={['evidence']} noteLabel="发布说明" />}
      </Form>
      <p className="dialog-effect">
        {published ? '证据登记后，对应时限按发布时间停表。' : '只有文字反馈不停时限：首次回应、发布会须附已发布的证据。'}提交后不可修改。
      </p>
    </Modal>
  );
}
