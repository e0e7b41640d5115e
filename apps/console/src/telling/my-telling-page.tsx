import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import type { MyTelling, MyTellingRequest } from '@huiying/contracts/http';
import { ask } from '../api/request.js';
import { useStep } from '../api/use-step.js';
import { usePageTitle } from '../shell/tab-title.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { myTellingQuery } from './telling-api.js';
import '../duty/duty.css';

const DAYS = [
  { value: 'every', label: '每天' },
  { value: 'working', label: '工作日' },
  { value: 'off', label: '休息日' },
];
const TIMES = [
  ...Array.from({ length: 48 }, (_, half) => `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`),
  '24:00',
];

/** How I want to be told: over what, in which order, and when not. */
export default function MyTellingPage() {
  usePageTitle('我的通知设置');
  const { data: mine, error, refetch } = useQuery(myTellingQuery);
  if (mine === undefined)
    return error === null ? <Loading lines={6} /> : <Failure error={error} what="通知设置" onRetry={() => void refetch()} />;
  return <Form key={JSON.stringify(mine)} mine={mine} />;
}

function Form({ mine }: { mine: MyTelling }) {
  const [channels, setChannels] = useState(mine.channels);
  const [quiet, setQuiet] = useState(mine.quiet);
  const keep = useStep({
    run: (request: MyTellingRequest) => ask<MyTelling>('PUT', '/api/me/telling', request),
    done: '已保存',
    touches: ['telling'],
  });
  const change = (at: number, next: Partial<MyTelling['channels'][number]>) =>
    setChannels(channels.map((one, i) => (i === at ? { ...one, ...next } : one)));
  const up = (at: number) => setChannels(channels.map((one, i) => (i === at - 1 ? channels[at]! : i === at ? channels[at - 1]! : one)));
  const set = (at: number, next: Partial<MyTelling['quiet'][number]>) =>
    setQuiet(quiet.map((one, i) => (i === at ? { ...one, ...next } : one)));
  return (
    <div className="sheet my-telling" data-testid="my-telling-page">
      <div className="page-head duty-head">
        <h1>我的通知设置</h1>
      </div>
      <section className="panel" aria-labelledby="ways-head">
        <div className="panel-head">
          <h2 id="ways-head">渠道与顺序</h2>
          <span className="small quiet">紧急通知各渠道同时发；其余先用第一个，发不出再用下一个。控制台始终提醒。</span>
        </div>
        <div className="panel-body">
          {channels.length === 0 && <p className="quiet">本市尚未设置控制台以外的渠道。</p>}
          {channels.map((one, at) => (
            <div key={one.channel} className="my-channel" data-testid="my-channel">
              <Checkbox checked={one.isOn} onChange={({ target }) => change(at, { isOn: target.checked })}>
                <span className="my-channel-name">{one.channelName}</span>
              </Checkbox>
              <span className="small quiet">{one.reaches === null ? '账号未登记手机或邮箱，用不了' : `送到 ${one.reaches}`}</span>
              {one.takesAddress && (
                <Input
                  style={{ width: 280 }}
                  placeholder="Open ID（ou_…），可不填"
                  aria-label={`${one.channelName}的 Open ID`}
                  value={one.address ?? ''}
                  onChange={({ target }) => change(at, { address: target.value.trim() === '' ? null : target.value.trim() })}
                />
              )}
              {at > 0 && (
                <button type="button" className="plain-button" onClick={() => up(at)}>
                  上移
                </button>
              )}
            </div>
          ))}
        </div>
      </section>
      <section className="panel" aria-labelledby="quiet-head">
        <div className="panel-head">
          <h2 id="quiet-head">免打扰</h2>
          <span className="small quiet">时段内的通知到点再发，一条不丢；Ⅰ、Ⅱ级紧急通知照发，当班时不生效</span>
        </div>
        <div className="panel-body">
          {quiet.length === 0 && <p className="quiet">未设置，随时通知。</p>}
          {quiet.map((one, at) => (
            <div key={at} className="my-quiet" data-testid="my-quiet">
              <Select aria-label="日子" style={{ width: 96 }} value={one.days} options={DAYS} onChange={(days) => set(at, { days })} />
              <Time label="从" value={one.from} onChange={(from) => set(at, { from })} />
              <span>至</span>
              <Time label="到" value={one.to} onChange={(to) => set(at, { to })} />
              {one.to <= one.from && <span className="small quiet">次日</span>}
              <button type="button" className="plain-button" onClick={() => setQuiet(quiet.filter((_, i) => i !== at))}>
                删除
              </button>
            </div>
          ))}
          <p className="duty-acts">
            <Button
              disabled={quiet.length >= 6}
              onClick={() => setQuiet([...quiet, { from: '22:00', to: '07:00', days: 'every' }])}
              data-testid="add-quiet"
            >
              添加时段
            </Button>
          </p>
        </div>
      </section>
      <p>
        <Button
          type="primary"
          loading={keep.isPending}
          onClick={() => keep.mutate({ quiet, channels: channels.map(({ channel, isOn, address }) => ({ channel, isOn, address })) })}
          data-testid="keep-telling"
        >
          保存
        </Button>
      </p>
    </div>
  );
}

function Time({ label, value, onChange }: { label: string; value: string; onChange: (time: string) => void }) {
  return (
    <Select
      showSearch
      aria-label={label}
      style={{ width: 90 }}
      value={value}
      onChange={onChange}
      options={TIMES.filter((time) => label === '到' || time !== '24:00').map((time) => ({ value: time, label: time }))}
    />
  );
}
