import { Alert, App, Button, Checkbox, Input, Modal } from 'antd';
import { useState } from 'react';
import type { KeyMade } from '@huiying/contracts/http';

/** A key that was just made, shown this once: closing asks whether it is kept. */
export function KeyOnce({ made, onClose }: { made: KeyMade; onClose: () => void }) {
  const [kept, setKept] = useState(false);
  return (
    <Modal
      open
      title={`${made.system} 的新密钥`}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      width={640}
      footer={
        <Button type="primary" disabled={!kept} onClick={onClose} data-testid="key-once-close">
          关闭
        </Button>
      }
    >
      <div data-testid="key-once">
        <Alert
          type="warning"
          showIcon
          title="只显示这一次"
          description="系统只留摘要，关闭后谁也查不到。请现在复制，经安全的途径交给对方，不要发在群里。遗失时另加一个新密钥，停用这个。"
        />
        <Secret label="密钥" hint="放在请求头 x-api-key" value={made.key} testId="made-key" />
        <Secret label="签名密钥" hint="给请求签名用，不随请求发送；x-key-name 写系统名" value={made.signingSecret} testId="made-secret" />
        <p className="small quiet">{made.lastDay === null ? '未设最后一天。' : `最后一天是 ${made.lastDay}。`}各进程 2 秒内生效。</p>
        <Checkbox checked={kept} onChange={(event) => setKept(event.target.checked)} data-testid="key-once-kept">
          已复制并妥善保存
        </Checkbox>
      </div>
    </Modal>
  );
}

function Secret({ label, hint, value, testId }: { label: string; hint: string; value: string; testId: string }) {
  const { message } = App.useApp();
  const copy = async () =>
    void ((await copied(value)) ? message.success(`已复制${label}`) : message.warning('浏览器不允许复制，请选中后手工复制'));
  return (
    <div className="key-secret">
      <span>
        <b>{label}</b> <span className="small quiet">{hint}</span>
      </span>
      <div className="key-secret-line">
        <Input readOnly value={value} aria-label={label} onFocus={(event) => event.target.select()} data-testid={testId} />
        <Button onClick={() => void copy()} data-testid={`${testId}-copy`}>
          复制
        </Button>
      </div>
    </div>
  );
}

/** Without HTTPS browsers have no clipboard; the old way works there. */
async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    // Inside the dialog: its trap for the focus would take it from elsewhere.
    (document.querySelector('[data-testid="key-once"]') ?? document.body).append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    return done;
  }
}
