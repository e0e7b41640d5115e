import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Form, Input, InputNumber, Radio, Select, Switch } from 'antd';
import { useState } from 'react';
import type { SaveSourceRequest } from '@huiying/contracts/http';
import { sourceQuery } from '../api/queries.js';
import { steps } from '../api/steps.js';
import { useStep } from '../api/use-step.js';
import { channelWord } from '../marks/labels.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { JsonFields, PageFields } from './reading-fields.js';
import { settingOf, valuesOf, type FormValues } from './setting-values.js';
import { TrialResult } from './trial-result.js';
import { forgetFaults, showFaults } from '../states/form-faults.js';

const CHANNELS = ['gov-site', 'news', 'forum', 'weibo', 'wechat', 'other'].map((value) => ({ value, label: channelWord(value) }));
const KINDS = [
  { value: 'feed', label: '订阅（RSS/Atom）' },
  { value: 'page', label: '网页列表' },
  { value: 'json', label: 'JSON 接口' },
];

/** 新增信源 and 修改设置: tried out before it is kept. */
export default function SourceForm({ id, onClose }: { id: string | null; onClose: () => void }) {
  const { data, error, refetch } = useQuery({ ...sourceQuery(id ?? ''), enabled: id !== null });
  return (
    <Drawer
      open
      onClose={onClose}
      size="min(720px, 100vw)"
      title={id === null ? '新增信源' : '修改信源设置'}
      data-testid="source-form-drawer"
      mask={{ closable: false }}
    >
      {id === null ? (
        <Fields id={null} initial={valuesOf(null)} onClose={onClose} />
      ) : data !== undefined ? (
        data.setting === null ? (
          <p>此信源尚未上报设置，请稍后再试。</p>
        ) : (
          <Fields id={id} initial={valuesOf(data.setting)} onClose={onClose} />
        )
      ) : error === null ? (
        <Loading />
      ) : (
        <Failure error={error} what="这个信源" onRetry={() => void refetch()} />
      )}
    </Drawer>
  );
}

function Fields({ id, initial, onClose }: { id: string | null; initial: FormValues; onClose: () => void }) {
  const [form] = Form.useForm<FormValues>();
  const [trialId, setTrialId] = useState<string | null>(null);
  const kind = Form.useWatch('kind', form) ?? initial.kind;
  const onBadInput = (error: unknown) => showFaults(form, error);
  const save = useStep({
    run: (body: SaveSourceRequest) => (id === null ? steps.createSource(body) : steps.saveSource(id, body)),
    done: id === null ? '已新增，正在首次抓取' : '已保存，按新设置抓取',
    touches: ['sources', 'board', 'filters'],
    onDone: onClose,
    onBadInput,
  });
  const attempt = useStep({
    run: (body: SaveSourceRequest) => steps.trySource(body),
    done: null,
    touches: [],
    onDone: (trial) => setTrialId(trial.trialId),
    onBadInput,
  });
  const withValues = (use: (body: SaveSourceRequest) => void) =>
    void form.validateFields().then(
      () => use(settingOf(form.getFieldsValue(true) as FormValues, id)),
      () => undefined,
    );
  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={initial}
      data-testid="source-form"
      onValuesChange={(changed) => (forgetFaults(form, changed), setTrialId(null))}
    >
      <Common kind={kind} isNew={id === null} />
      {kind === 'page' && <PageFields />}
      {kind === 'json' && <JsonFields />}
      <div className="source-form-acts">
        <Button onClick={() => withValues((body) => attempt.mutate(body))} loading={attempt.isPending} data-testid="source-try">
          试采一次
        </Button>
        <Button type="primary" onClick={() => withValues((body) => save.mutate(body))} loading={save.isPending} data-testid="source-save">
          保存
        </Button>
        <span className="small quiet">试采只看结果，不入库、不预警。</span>
      </div>
      {trialId !== null && <TrialResult id={trialId} />}
    </Form>
  );
}

function Common({ kind, isNew }: { kind: string; isNew: boolean }) {
  return (
    <>
      <Form.Item name="name" label="名称" rules={[{ required: true, whitespace: true, max: 60, message: '请写 1–60 个字的名称' }]}>
        <Input maxLength={60} placeholder="如：青梧区政府通知公告" data-testid="source-name" />
      </Form.Item>
      <Form.Item name="kind" label="类型">
        <Radio.Group options={KINDS} optionType="button" disabled={!isNew} data-testid="source-kind" />
      </Form.Item>
      <Form.Item
        name="url"
        label={kind === 'page' ? '列表页地址' : kind === 'json' ? '接口地址' : '订阅地址'}
        rules={[{ required: true, pattern: /^https?:\/\/\S+$/i, message: '请填 http 或 https 开头的完整网址' }]}
        extra="只登记公开、无需登录的地址；内网地址须由运维列入允许清单。"
      >
        <Input placeholder="https://" data-testid="source-url" />
      </Form.Item>
      <div className="form-grid">
        <Form.Item name="channel" label="渠道">
          <Select options={CHANNELS} data-testid="source-channel" />
        </Form.Item>
        <Form.Item name="belongsToCity" label="本地信源" valuePropName="checked" extra="文中没写地名时，按本市的事研判">
          <Switch />
        </Form.Item>
        <Form.Item name="policies" label="政策文件库" valuePropName="checked" extra="条目登记为政策文件、起算解读时限，不参与研判">
          <Switch data-testid="source-policies" />
        </Form.Item>
        <Form.Item
          name="pollSeconds"
          label="抓取间隔（秒）"
          rules={[{ required: true, type: 'integer', min: 30, max: 86_400, message: '30–86400 秒的整数' }]}
        >
          <InputNumber min={30} max={86_400} step={30} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item
          name="pollSecondsMost"
          label="最长间隔（秒）"
          dependencies={['pollSeconds']}
          extra="填写后按更新规律自动调整"
          rules={[
            ({ getFieldValue }) => ({
              validator: (_, value: number | null | undefined) =>
                value === null || value === undefined || value >= (getFieldValue('pollSeconds') as number)
                  ? Promise.resolve()
                  : Promise.reject(new Error('不能小于抓取间隔')),
            }),
          ]}
        >
          <InputNumber min={30} max={86_400} step={60} placeholder="固定间隔" style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="silentAfterHours" label="静默告警下限（小时）" extra="不写按 6 小时">
          <InputNumber min={1} max={720} placeholder="6" style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="heedsRobots" label="遵守 robots.txt" valuePropName="checked" extra="关闭前须征得网站主办单位同意">
          <Switch />
        </Form.Item>
      </div>
    </>
  );
}
