import { useState } from 'react';
import type { ApiKeyView, ApiSystemView } from '@huiying/contracts/http';
import { FormDialog } from '../states/form-dialog.js';
import { fullTime } from '../time/beijing.js';
import { Ago } from '../time/moment.js';
import { keySteps } from './api-keys-api.js';
import { isLastLiving, isLiving, keyWords } from './key-words.js';

/** The keys of one system; those that ended stay readable below. */
export function KeyTable({ system }: { system: ApiSystemView }) {
  if (system.keys.length === 0) return <p className="small quiet key-none">没有密钥，该系统现在无法接入。</p>;
  return (
    <div className="key-scroll">
      <table className="key-table">
        <thead>
          <tr>
            <th scope="col">密钥</th>
            <th scope="col">状态</th>
            <th scope="col">最后一天</th>
            <th scope="col">最近使用</th>
            <th scope="col">来源</th>
            <th scope="col" aria-label="操作" />
          </tr>
        </thead>
        <tbody>
          {system.keys.map((key) => (
            <KeyRow key={key.id ?? `environment:${key.prefix}`} system={system} one={key} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function KeyRow({ system, one }: { system: ApiSystemView; one: ApiKeyView }) {
  const [open, setOpen] = useState<'last-day' | 'end' | null>(null);
  return (
    <tr data-testid="api-key" data-state={one.state}>
      <td>
        <code>{one.prefix}…</code>
      </td>
      <td className={one.state === 'ends-soon' ? 'overdue-word' : one.state === 'ended' ? 'quiet' : ''}>
        {one.state === 'ends-soon' && '! '}
        {keyWords(one)}
        {one.endedAt !== null && (
          <div className="small quiet" title={fullTime(one.endedAt)}>
            {one.endedBy}：{one.endReason}
          </div>
        )}
      </td>
      <td>{one.lastDay ?? <span className="quiet">未设</span>}</td>
      <td>{one.lastUsedAt === null ? <span className="quiet">未见使用</span> : <Ago at={one.lastUsedAt} />}</td>
      <td className="small quiet">{one.from === 'environment' ? '环境变量' : `${one.madeBy} · ${fullTime(one.madeAt!).slice(0, 16)}`}</td>
      <td className="key-acts no-print">
        {one.id !== null && isLiving(one) && (
          <div>
            <button type="button" className="plain-button" onClick={() => setOpen('last-day')} data-testid="key-last-day">
              设最后一天
            </button>
            <button type="button" className="plain-button" onClick={() => setOpen('end')} data-testid="key-end">
              立即停用
            </button>
          </div>
        )}
        {one.id === null && <span className="small quiet">在 HUIYING_API_KEYS 修改</span>}
        {open === 'last-day' && <LastDayDialog one={one} onClose={() => setOpen(null)} />}
        {open === 'end' && <EndDialog one={one} isLast={isLastLiving(system, one)} onClose={() => setOpen(null)} />}
      </td>
    </tr>
  );
}

function LastDayDialog({ one, onClose }: { one: ApiKeyView; onClose: () => void }) {
  return (
    <FormDialog
      title="设最后一天"
      okText="保存"
      subject={`密钥 ${one.prefix}…`}
      testId="last-day"
      fields={[{ name: 'lastDay', label: '最后一天（留空为不限）', kind: 'day', initial: one.lastDay, hint: '当天 24 时前有效' }]}
      run={({ lastDay }) => keySteps.setLastDay(one.id!, lastDay as string | null)}
      done="已保存"
      touches={['api-keys']}
      effect="对方每次请求的应答头 x-key-last-day 写明这一天；到期前 14、7、3、1 天和当天提醒管理员和值班员。"
      onClose={onClose}
    />
  );
}

function EndDialog({ one, isLast, onClose }: { one: ApiKeyView; isLast: boolean; onClose: () => void }) {
  return (
    <FormDialog
      title="立即停用"
      okText="停用"
      subject={`密钥 ${one.prefix}…`}
      testId="end-key"
      danger
      fields={[{ name: 'reason', label: '理由', kind: 'line', most: 500, missing: '请写明理由，如已换用新密钥、疑似泄露' }]}
      run={({ reason }) => keySteps.end(one.id!, reason)}
      done="已停用"
      touches={['api-keys']}
      effect={`所有进程 2 秒内不再接受这个密钥，不能恢复。${isLast ? '这是该系统最后一个有效密钥，停用后对方立即无法接入。' : ''}停用记入审计日志。`}
      onClose={onClose}
    />
  );
}
