import { Popconfirm } from 'antd';
import type { ChannelSecretView, ChannelView } from '@huiying/contracts/http';
import { ask } from '../api/request.js';
import { useStep } from '../api/use-step.js';
import { useSession } from '../session/session.js';
import { FormDialog, type FormField } from '../states/form-dialog.js';
import { monthDayTime } from '../time/beijing.js';

/** What a vendor calls it; a gateway's own words stand for themselves. */
const WORDS: Record<string, Record<string, string>> = {
  email: { url: 'SMTP 地址（含账号密码）' },
  wecom: { key: '机器人 key' },
  dingtalk: { token: 'access_token', secret: '加签密钥' },
  feishu: { token: '机器人 token', secret: '签名校验密钥' },
  webhook: { secret: '签名密钥' },
};
const wordOf = (kind: string, name: string): string => WORDS[kind]?.[name] ?? name;
const addressOf = (one: ChannelView): string => `/api/channels/${encodeURIComponent(one.channel)}/secrets`;

/** Where each secret comes from, since when, by whom. Never the secret. */
export function SecretLine({ one }: { one: ChannelView }) {
  const { person } = useSession();
  const remove = useStep({ run: () => ask<void>('POST', `${addressOf(one)}/remove`), done: '已撤销', touches: ['channels'] });
  const isSet = one.secrets.some(({ from }) => from === 'console');
  const falls = one.secrets.every(({ inEnvironment }) => inEnvironment) ? '改用环境变量里的密钥。' : '环境变量里没有，该渠道将发不出通知。';
  return (
    <span className="small quiet channel-secrets" data-testid={`secret-line-${one.channel}`}>
      {one.secrets.map((secret) => (
        <span key={secret.name}>
          {wordOf(one.kind, secret.name)}：<b className={secret.from === null ? 'overdue-word' : ''}>{standing(secret)}</b>
        </span>
      ))}
      {isSet && person.role === 'administrator' && (
        <Popconfirm title={`撤销在这里设置的密钥？${falls}`} okText="撤销" cancelText="不撤" onConfirm={() => remove.mutate(undefined)}>
          <button type="button" className="plain-button no-print" disabled={remove.isPending}>
            撤销
          </button>
        </Popconfirm>
      )}
    </span>
  );
}

function standing({ from, inEnvironment, setAt, setBy }: ChannelSecretView): string {
  if (from === null) return '未设置';
  if (from === 'environment') return '已设置 · 环境变量';
  return `已设置 · ${monthDayTime(setAt!)} · ${setBy}${inEnvironment ? '（优先于环境变量）' : ''}`;
}

/** Write-only: what is left empty stays as it is. */
export function SecretsDialog({ one, onClose }: { one: ChannelView; onClose: () => void }) {
  const fields: FormField[] = one.secrets.map(({ name, from }) => ({
    name: `secrets.${name}`,
    label: wordOf(one.kind, name),
    kind: 'secret',
    placeholder: from === null ? '未设置' : '已设置，留空则不变',
    ...(from === null ? { missing: '请填写' } : {}),
  }));
  return (
    <FormDialog
      title="设置密钥"
      okText="保存"
      subject={one.channelName}
      testId="secrets"
      fields={[...fields, { name: 'expiresAt', label: '有效期至（可不填）', kind: 'day', hint: '到期前 14、7、3、1 天、当天和过期后提醒' }]}
      run={({ expiresAt, ...values }) => {
        const secrets = Object.entries(values).filter(([, value]) => value !== null);
        const body = { secrets: Object.fromEntries(secrets.map(([name, value]) => [name.slice('secrets.'.length), value])), expiresAt };
        return ask<void>('POST', addressOf(one), body);
      }}
      done="已保存，请发送测试"
      touches={['channels']}
      effect="加密存放，保存后谁也看不到；优先于环境变量，各进程 2 秒内换用，不用重启。设置记入审计日志（不含密钥）。"
      onClose={onClose}
    />
  );
}
