import { App, Form, Input, Modal, Radio, Select } from 'antd';
import { useNavigate } from 'react-router';
import type { AlertView, ConfirmAlertRequest, KeyCategory, Severity } from '@huiying/contracts/http';
import { steps } from '../api/steps.js';
import { useStep } from '../api/use-step.js';
import { KEY_CATEGORY_WORDS, SEVERITIES, SEVERITY_MARKS } from '../marks/labels.js';
import { useDraft } from '../session/draft.js';
import { fullTime } from '../time/beijing.js';
import { InstantField } from '../time/instant-field.js';
import { CLOCKS_BY_LEVEL, startWords } from './clocks-by-level.js';
import { forgetFaults, showFaults } from '../states/form-faults.js';

const CATEGORIES = Object.entries(KEY_CATEGORY_WORDS).map(([value, label]) => ({ value: value as KeyCategory, label }));

/** 研判定级: the officer confirms or changes the level and says why; the case opens and the clocks start. */
export default function ConfirmDialog({ alert, onClose }: { alert: AlertView; onClose: () => void }) {
  const [form] = Form.useForm<ConfirmAlertRequest>();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const draft = useDraft(`confirm.${alert.id}`);
  const step = useStep({
    run: (body: ConfirmAlertRequest) => steps.confirmAlert(alert.id, body),
    done: null,
    touches: ['board', 'alerts', 'cases'],
    onConflict: onClose,
    onDone: ({ caseId }) => {
      draft.drop();
      onClose();
      void message.success('已定级，舆情单已建立，时限已起算。请交办责任单位。');
      void navigate(`/cases/${caseId}`);
    },
    onBadInput: (error) => showFaults(form, error),
  });
  const level = Form.useWatch('severity', form) as Severity | undefined;
  const changed = level !== undefined && level !== alert.suggestedSeverity;
  return (
    <Modal
      open
      title="研判定级"
      okText="确认定级并建舆情单"
      onOk={() => form.submit()}
      onCancel={onClose}
      confirmLoading={step.isPending}
      width={600}
      okButtonProps={{ 'data-testid': 'confirm-submit' }}
    >
      <p className="dialog-subject">{alert.title}</p>
      <Form
        form={form}
        layout="vertical"
        onFinish={(values) => step.mutate({ ...values, keyCategory: values.keyCategory ?? null, occurredAt: values.occurredAt ?? null })}
        onValuesChange={(changed, all) => (forgetFaults(form, changed), draft.keep(all.reason ?? ''))}
        initialValues={{
          severity: alert.suggestedSeverity,
          keyCategory: alert.suggestedKeyCategory,
          reason: draft.draft,
          occurredAt: null,
        }}
        data-testid="confirm-form"
      >
        <Form.Item
          name="severity"
          label={`级别（系统建议 ${SEVERITY_MARKS[alert.suggestedSeverity].numeral}级）`}
          extra={level && `将起算：${CLOCKS_BY_LEVEL[level]}`}
        >
          <Radio.Group optionType="button" buttonStyle="solid" className="level-choice">
            {SEVERITIES.map((severity) => (
              <Radio.Button key={severity} value={severity}>
                <span data-testid={`severity-${severity}`}>
                  {SEVERITY_MARKS[severity].numeral}级 {SEVERITY_MARKS[severity].word}
                </span>
              </Radio.Button>
            ))}
          </Radio.Group>
        </Form.Item>
        <Form.Item
          name="reason"
          label={changed ? '定级理由（与系统建议不同，请写明）' : '定级理由'}
          rules={[{ required: true, whitespace: true, message: '请写明定级理由，将记入时间线' }]}
        >
          <Input.TextArea
            rows={3}
            maxLength={2000}
            showCount
            placeholder="依据的事实、核实方式，如：临浦区应急局电话核实，2 人死亡"
            data-testid="confirm-reason"
          />
        </Form.Item>
        <Form.Item
          name="keyCategory"
          label="需重点回应类别（国办发〔2016〕61号）"
          extra={alert.suggestedKeyCategory !== null && `系统建议：${KEY_CATEGORY_WORDS[alert.suggestedKeyCategory]}`}
        >
          <Select allowClear placeholder="不属于重点回应类别" options={CATEGORIES} />
        </Form.Item>
        <Form.Item name="occurredAt" label="事发时间" extra={startWords(level ?? alert.suggestedSeverity, fullTime(alert.firstSeenAt))}>
          <InstantField data-testid="confirm-occurred" />
        </Form.Item>
      </Form>
      <p className="dialog-effect">
        确认后不可撤回：建立舆情单、起算时限；事态有变化的，在舆情单上升级或降级。需报告带班领导的，请同时电话报告。
      </p>
    </Modal>
  );
}
