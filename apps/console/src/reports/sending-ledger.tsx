import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReportIssueView, ReportSendingView } from '@huiying/contracts/http';
import { useStep } from '../api/use-step.js';
import { useSession } from '../session/session.js';
import { fullTime } from '../time/beijing.js';
import { REPORT_TOUCHES, reportSteps, sendingsQuery } from './report-queries.js';

const STATE_WORDS: Record<ReportSendingView['state'], string> = {
  asked: '待发',
  sent: '已发出，等回音',
  accepted: '对方服务器已接收',
  failed: '未送达',
  cancelled: '未发出即撤回',
};

/** 分发台账: who was asked for, who got it, who did not and why. */
export function SendingLedger({ issue }: { issue: ReportIssueView }) {
  const { role } = useSession().person;
  const { data } = useQuery(sendingsQuery(issue.id));
  const send = useStep({
    run: () => reportSteps.send(issue.id),
    done: ({ asked }) => `已交邮件发送 ${asked} 人`,
    touches: REPORT_TOUCHES,
  });
  const again = useStep({ run: (id: string) => reportSteps.sendAgain(issue.id, id), done: '已重新发送', touches: REPORT_TOUCHES });
  if (data === undefined || (data.sendings.length === 0 && data.missing.length === 0)) return null;
  const accepted = data.sendings.filter(({ what, state }) => what === 'issue' && state === 'accepted').length;
  const readers = new Set(data.sendings.filter(({ what }) => what === 'issue').map(({ name, address }) => `${name}${address}`)).size;
  const mayResend = issue.state === 'approved' && data.whyNot === null && role !== 'administrator';
  return (
    <aside className="report-issue-bar no-print" data-testid="sending-ledger">
      <details open={data.sendings.some(({ state }) => state !== 'accepted')}>
        <summary>
          分发台账：{readers} 人，已接收 {accepted} 份{data.missing.length > 0 && `，名单上另有 ${data.missing.length} 人未发`}
        </summary>
        <div className="report-table report-scroll">
          <table>
            <thead>
              <tr>
                {['收件人', '邮箱', '内容', '状态', '时间', '说明', ''].map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.sendings.map((one) => (
                <tr key={one.id} data-testid="sending" data-state={one.state}>
                  <td>{one.name}</td>
                  <td>{one.address ?? '—'}</td>
                  <td>{one.what === 'recall' ? '撤回通知' : one.round === 0 ? '报告' : `报告（第 ${one.round + 1} 次）`}</td>
                  <td className={one.state === 'failed' ? 'overdue-word' : undefined}>{STATE_WORDS[one.state]}</td>
                  <td>{fullTime(one.settledAt ?? one.sentAt ?? one.askedAt)}</td>
                  <td className="quiet">{one.state === 'accepted' ? '' : (one.detail ?? '')}</td>
                  <td>
                    {mayResend && one.what === 'issue' && (one.state === 'accepted' || one.state === 'failed') && (
                      <button
                        type="button"
                        className="plain-button"
                        disabled={again.isPending}
                        onClick={() => again.mutate(one.id)}
                        data-testid="send-again"
                      >
                        重发
                      </button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
      {issue.state === 'approved' && data.missing.length > 0 && role === 'supervisor' && (
        <Button loading={send.isPending} onClick={() => send.mutate(undefined)} data-testid="send-missing">
          发给未发的 {data.missing.length} 人（{data.missing.map(({ name }) => name).join('、')}）
        </Button>
      )}
      {issue.state === 'approved' && data.whyNot !== null && <p className="small quiet">{data.whyNot}</p>}
    </aside>
  );
}
