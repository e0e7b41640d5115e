import { useQuery } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import type { ChannelTest, ChannelView } from '@huiying/contracts/http';
import { ask } from '../api/request.js';
import { useStep } from '../api/use-step.js';
import { useSession } from '../session/session.js';
import { AdminTabs } from '../shell/admin-tabs.js';
import { usePageTitle } from '../shell/tab-title.js';
import { Empty } from '../states/empty.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { fullTime } from '../time/beijing.js';
import { serverClock } from '../time/server-clock.js';
import { Ago } from '../time/moment.js';
import { SecretLine, SecretsDialog } from './channel-secrets.js';
import { channelsQuery } from './telling-api.js';
import '../duty/duty.css';

const KIND_WORDS: Record<string, string> = {
  email: '邮件',
  wecom: '企业微信机器人',
  dingtalk: '钉钉机器人',
  feishu: '飞书机器人',
  sms: '短信网关',
  webhook: '签名接口',
};

/** 通知渠道: does each way to reach people work? */
export default function ChannelsPage() {
  usePageTitle('通知渠道');
  const { data: channels, error, refetch } = useQuery(channelsQuery);
  return (
    <div className="page-fixed" data-testid="channels-page">
      <div className="page-head">
        <AdminTabs />
        <span className="small quiet">控制台始终可用；其余渠道在 config/channels.yaml 设置，密钥设置后不再显示</span>
      </div>
      <div className="list-sheet">
        {channels === undefined &&
          (error === null ? <Loading lines={4} /> : <Failure error={error} what="通知渠道" onRetry={() => void refetch()} />)}
        {channels?.length === 0 && (
          <Empty title="还没有设置其他渠道">目前只在控制台提醒。请系统管理员按“新增通知渠道”设置邮件、企业微信等。</Empty>
        )}
        {channels?.map((one) => (
          <Channel key={one.channel} one={one} />
        ))}
      </div>
    </div>
  );
}

function Channel({ one }: { one: ChannelView }) {
  const { person } = useSession();
  const { notification } = App.useApp();
  const [open, setOpen] = useState(false);
  const test = useStep({
    run: () => ask<ChannelTest>('POST', `/api/channels/${one.channel}/test`),
    done: null,
    touches: ['channels'],
    onDone: ({ outcome, said }) =>
      outcome === 'accepted'
        ? notification.success({ title: `${one.channelName}已接受测试消息`, description: said })
        : notification.error({ title: `${one.channelName}未送出测试消息`, description: said, duration: 10 }),
  });
  return (
    <div className="channel-row" data-testid="channel" data-broken={one.brokenSince !== null}>
      <span>
        <b>{one.channelName}</b>
        <span className="small quiet"> {(KIND_WORDS[one.kind] ?? one.kind).replace(one.channelName, '')}</span>
      </span>
      <Health one={one} />
      <span className="small quiet">
        {one.brokenReason !== null && <span className="overdue-word">{one.brokenReason} </span>}
        {one.acceptedAt !== null && (
          <>
            最近送出 <Ago at={one.acceptedAt} />{' '}
          </>
        )}
        {one.failure !== null && one.brokenReason === null && <>最近失败：{one.failure} </>}
        待发 {one.waiting} · 免打扰 {one.held} · 未送出 {one.refused} · 每分钟 {one.perMinute} 条
      </span>
      <Expiry one={one} />
      {person.role === 'administrator' ? (
        <span className="channel-acts">
          <Button onClick={() => setOpen(true)} data-testid={`secrets-${one.channel}`}>
            密钥
          </Button>
          <Button
            disabled={!one.isReady}
            loading={test.isPending}
            onClick={() => test.mutate(undefined)}
            data-testid={`test-${one.channel}`}
          >
            发送测试
          </Button>
        </span>
      ) : (
        <span />
      )}
      <SecretLine one={one} />
      {open && <SecretsDialog one={one} onClose={() => setOpen(false)} />}
    </div>
  );
}

function Health({ one }: { one: ChannelView }) {
  if (!one.isReady) return <span className="state state-wrong">! 未设密钥</span>;
  if (one.brokenSince !== null)
    return (
      <span className="state state-wrong" title={fullTime(one.brokenSince)}>
        ! 异常 <Ago at={one.brokenSince} />
      </span>
    );
  if (one.pausedUntil !== null && Date.parse(one.pausedUntil) > serverClock.now()) return <span className="state">限流，稍候</span>;
  return <span className="state">{one.acceptedAt === null ? '未用过' : '✓ 正常'}</span>;
}

function Expiry({ one: { expiresAt, daysLeft } }: { one: ChannelView }) {
  if (expiresAt === null || daysLeft === null) return <span className="small quiet">未登记有效期</span>;
  const words = daysLeft < 0 ? '已过期' : daysLeft === 0 ? '今天到期' : `剩 ${daysLeft} 天`;
  return (
    <span className={`small${daysLeft <= 14 ? ' overdue-word' : ' quiet'}`}>
      密钥至 {expiresAt}（{words}）
    </span>
  );
}
