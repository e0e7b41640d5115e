import { Alert, Form, Input, Modal } from 'antd';
import { useEffect, useState } from 'react';
import type { CallerView } from '@huiying/contracts/http';
import { useStep } from '../api/use-step.js';
import './hotline.css';
import { hotlineApi } from './hotline-api.js';

/** The caller is shown for so long, then hidden again: a screen that was left alone tells nobody. */
const SHOWN_SECONDS = 60;

/** 查看诉求人: a reason first, then the caller for a minute. */
export default function CallerDialog({ orderNo, onClose }: { orderNo: string; onClose: () => void }) {
  const [form] = Form.useForm<{ reason: string }>();
  const [caller, setCaller] = useState<CallerView | null>(null);
  const step = useStep({
    run: ({ reason }: { reason: string }) => hotlineApi.caller(orderNo, reason.trim()),
    done: null,
    touches: [],
    onDone: setCaller,
  });
  return (
    <Modal
      open
      title={`查看诉求人 · ${orderNo}`}
      okText={caller === null ? '登记并查看' : '看完了'}
      onOk={() => (caller === null ? form.submit() : onClose())}
      onCancel={onClose}
      confirmLoading={step.isPending}
      width={480}
      okButtonProps={{ 'data-testid': 'caller-submit' }}
    >
      {caller === null ? (
        <>
          <Form form={form} layout="vertical" onFinish={(values) => step.mutate(values)}>
            <Form.Item
              name="reason"
              label="查看理由"
              rules={[{ required: true, whitespace: true, min: 4, message: '请写明为何要查看，至少 4 个字' }]}
            >
              <Input.TextArea rows={2} maxLength={500} placeholder="如：电话回访核实停水是否恢复" autoFocus data-testid="caller-reason" />
            </Form.Item>
          </Form>
          <p className="dialog-effect">姓名、电话等属个人信息。谁、何时、因何查看会记入审计日志，不能删改；明文只显示一分钟。</p>
        </>
      ) : (
        <CallerShown caller={caller} onEnd={onClose} />
      )}
    </Modal>
  );
}

function CallerShown({ caller, onEnd }: { caller: CallerView; onEnd: () => void }) {
  const [left, setLeft] = useState(SHOWN_SECONDS);
  useEffect(() => {
    const timer = setInterval(() => setLeft((seconds) => seconds - 1), 1000);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (left <= 0) onEnd();
  }, [left, onEnd]);
  const lines: [string, string | null][] = [
    ['姓名', caller.name],
    ['电话', caller.phone],
    ['证件号', caller.idNo],
    ['联系偏好', caller.contactPreference],
    ['地址', caller.address],
  ];
  return (
    <div data-testid="caller-shown">
      {caller.isConfidential && <Alert type="warning" showIcon title="诉求人要求保密：不得向被反映人及无关人员透露（GB/T 33358）" />}
      <dl className="facts caller-facts">
        {lines.map(([word, value]) => (
          <div key={word} className="caller-line">
            <dt>{word}</dt>
            <dd>{value ?? '未提供'}</dd>
          </div>
        ))}
      </dl>
      <p className="small quiet">{left} 秒后自动隐去</p>
    </div>
  );
}
