import type { ApiScope, ApiSystemView, KeyMade } from '@huiying/contracts/http';
import { FormDialog, type FormField } from '../states/form-dialog.js';
import { keySteps, SCOPE_WORDS } from './api-keys-api.js';

const SCOPES = Object.entries(SCOPE_WORDS).map(([value, word]) => ({ value, label: `${word}（${value}）` }));
const USUAL_PER_MINUTE = 600;
const LAST_DAY: FormField = { name: 'lastDay', label: '最后一天（可不填）', kind: 'day', hint: '过了这一天自动失效，到期前两周起提醒' };

const termsOf = (system: ApiSystemView | null): FormField[] => [
  { name: 'title', label: '名称', kind: 'line', most: 40, placeholder: '12345热线平台', missing: '请填写名称', initial: system?.title },
  { name: 'scopes', label: '权限', kind: 'checks', choices: SCOPES, missing: '请至少选一项', initial: system?.scopes ?? ['records:write'] },
  {
    ...{ name: 'requestsPerMinute', label: '每分钟请求数（每进程）', kind: 'number', most: 600_000, missing: '请填写 1–600000' },
    initial: system?.requestsPerMinute ?? USUAL_PER_MINUTE,
  },
  { name: 'mustSign', label: '只接受带签名的请求', kind: 'yes', initial: system?.mustSign ?? false },
];
const read = ({ title, scopes, requestsPerMinute, mustSign }: Record<string, unknown>) => ({
  title: title as string,
  scopes: scopes as ApiScope[],
  requestsPerMinute: requestsPerMinute as number,
  mustSign: mustSign as boolean,
});

/** A system that is new here, with its first key. */
export function NewSystemDialog({ onMade, onClose }: { onMade: (made: KeyMade) => void; onClose: () => void }) {
  return (
    <FormDialog
      title="登记系统并生成密钥"
      okText="生成密钥"
      testId="new-system"
      fields={[
        {
          ...{ name: 'name', label: '系统名', kind: 'line', most: 63, placeholder: 'district-hotline', missing: '请填写系统名' },
          hint: '小写字母、数字、-，字母开头；签名请求以此为 x-key-name，以后不能改',
        },
        ...termsOf(null),
        LAST_DAY,
      ]}
      run={({ name, lastDay, ...terms }) => keySteps.addSystem({ name: name as string, lastDay: lastDay as string | null, ...read(terms) })}
      done="密钥已生成"
      touches={['api-keys']}
      effect="密钥和签名密钥只在下一步显示一次。登记记入审计日志。"
      onDone={onMade}
      onClose={onClose}
    />
  );
}

/** What a system may do from now on. */
export function ChangeSystemDialog({ system, onClose }: { system: ApiSystemView; onClose: () => void }) {
  return (
    <FormDialog
      title="修改权限"
      okText="保存"
      subject={system.name}
      testId="change-system"
      fields={[...termsOf(system), { name: 'reason', label: '理由', kind: 'line', missing: '请写明理由' }]}
      run={({ reason, ...terms }) => keySteps.changeSystem(system.name, { ...read(terms), reason: reason as string })}
      done="已保存，2 秒内生效"
      touches={['api-keys']}
      effect="对该系统的所有密钥生效；对方不必换密钥。修改记入审计日志。"
      onClose={onClose}
    />
  );
}

/** One more key of a system, so that it changes over without a gap. */
export function NewKeyDialog({ system, onMade, onClose }: { system: ApiSystemView; onMade: (made: KeyMade) => void; onClose: () => void }) {
  return (
    <FormDialog
      title="增加密钥"
      okText="生成密钥"
      subject={system.title ?? system.name}
      testId="new-key"
      fields={[LAST_DAY]}
      run={({ lastDay }) => keySteps.addKey(system.name, lastDay as string | null)}
      done="密钥已生成"
      touches={['api-keys']}
      effect="新旧密钥同时有效。对方换用后，请给旧密钥设最后一天或立即停用。"
      onDone={onMade}
      onClose={onClose}
    />
  );
}
