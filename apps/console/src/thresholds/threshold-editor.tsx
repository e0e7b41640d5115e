import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Form, Input, InputNumber, Popconfirm, Radio, Select } from 'antd';
import { useState } from 'react';
import type { NewThresholdRequest, ThresholdBody, ThresholdTrial, ThresholdView } from '@huiying/contracts/http';
import { fieldFaults } from '../api/problem-words.js';
import { filtersQuery } from '../api/queries.js';
import { steps } from '../api/steps.js';
import { useStep } from '../api/use-step.js';
import { fullTime } from '../time/beijing.js';
import { ThresholdRows } from './threshold-rows.js';

const SOURCES = [
  { name: 'call', word: '热线工单', unit: '件' },
  { name: 'post', word: '帖文（微博、微信、论坛等）', unit: '条' },
  { name: 'news', word: '新闻', unit: '篇' },
] as const;

interface Fields extends Pick<ThresholdBody, 'place' | 'sameTopic' | 'topics' | 'windowHours'> {
  name: string;
  reason: string;
  /** null: this source is not asked for. */
  call: number | null;
  post: number | null;
  news: number | null;
}

/** A rule, a trial on history, and only then saving: what is saved is what was tried. */
export function ThresholdEditor({
  rule,
  mayWrite,
  onSaved,
}: {
  rule: ThresholdView | null;
  mayWrite: boolean;
  onSaved: (id: string | null) => void;
}) {
  const [form] = Form.useForm<Fields>();
  const [trial, setTrial] = useState<ThresholdTrial | null>(null);
  const [faults, setFaults] = useState<string[]>([]);
  const { data } = useQuery(filtersQuery);
  const onBadInput = (error: unknown) => {
    const found = fieldFaults(error);
    setFaults(found.map(({ message }) => message));
    return found.length > 0;
  };
  const trying = useStep({
    run: ({ fields, days }: { fields: Fields; days: 7 | 30 }) => steps.tryThreshold({ body: bodyOf(fields), days }),
    done: null,
    touches: [],
    onDone: (result: ThresholdTrial) => {
      setFaults([]);
      setTrial(result);
    },
    onBadInput,
  });
  const saving = useStep({
    run: async (fields: Fields) => {
      const body: NewThresholdRequest = { name: fields.name, body: bodyOf(fields), tried: trial!.tried, reason: fields.reason ?? '' };
      if (rule === null) return (await steps.createThreshold(body)).id;
      await steps.changeThreshold(rule.id, { ...body, revision: rule.revision });
      return rule.id;
    },
    done: '已保存，新到的信息按此计数',
    touches: ['thresholds'],
    onDone: onSaved,
    onBadInput,
  });
  const run = (days: 7 | 30) => trying.mutate({ fields: form.getFieldsValue(true) as Fields, days });
  return (
    <div className="panel-body scheme-editor" data-testid="threshold-editor">
      <Form
        form={form}
        layout="vertical"
        disabled={!mayWrite}
        initialValues={fieldsOf(rule)}
        onValuesChange={(changed: Partial<Fields>) => {
          if (Object.keys(changed).some((name) => name !== 'name' && name !== 'reason')) setTrial(null);
        }}
        onFinish={(fields) => saving.mutate(fields)}
      >
        <Form.Item name="name" label="名称" rules={[{ required: true, min: 2, message: '请写名称（至少两个字）' }]}>
          <Input maxLength={40} placeholder="同一小区三单一帖" data-testid="threshold-name" />
        </Form.Item>
        <Form.Item name="place" label="地点">
          <Radio.Group
            options={[
              { value: 'spot', label: '同一小区、村、路、学校' },
              { value: 'town', label: '同一街道、乡镇' },
              { value: 'district', label: '同一区县' },
              { value: 'city', label: '全市' },
            ]}
          />
        </Form.Item>
        <Form.Item name="topics" label="主题（不选为不限）">
          <Select
            mode="multiple"
            allowClear
            optionFilterProp="label"
            options={(data?.topics ?? []).map(({ code, name }) => ({ value: code, label: name }))}
          />
        </Form.Item>
        <Form.Item name="sameTopic" valuePropName="checked">
          <Checkbox>须是同一主题</Checkbox>
        </Form.Item>
        <div className="threshold-counts">
          <Form.Item name="windowHours" label="多长时间内（小时）" rules={[{ required: true, message: '请写 1–168' }]}>
            <InputNumber min={1} max={168} precision={0} data-testid="threshold-hours" />
          </Form.Item>
          {SOURCES.map(({ name, word, unit }) => (
            <Form.Item key={name} name={name} label={`${word}至少（${unit}，不填为不要求）`}>
              <InputNumber min={1} max={200} precision={0} data-testid={`threshold-${name}`} />
            </Form.Item>
          ))}
        </div>
        {faults.length > 0 && (
          <ul className="scheme-faults" role="alert" data-testid="threshold-faults">
            {faults.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        )}
        {mayWrite && (
          <div className="sheet-acts">
            <Button onClick={() => run(7)} loading={trying.isPending} data-testid="threshold-try">
              在最近 7 天上试运行
            </Button>
            <Button onClick={() => run(30)} loading={trying.isPending}>
              最近 30 天
            </Button>
            <Button type="primary" htmlType="submit" disabled={trial === null} loading={saving.isPending} data-testid="threshold-save">
              保存启用
            </Button>
            <span className="small quiet">{trial === null ? '改动后须先试运行才能保存' : '试运行过的内容可以保存'}</span>
          </div>
        )}
        {trial !== null && (
          <>
            <Trial trial={trial} />
            <Form.Item name="reason" label="修改说明（可不填，留作记录）">
              <Input maxLength={500} />
            </Form.Item>
          </>
        )}
      </Form>
      {rule !== null && mayWrite && <States rule={rule} onGone={() => onSaved(null)} />}
    </div>
  );
}

function States({ rule, onGone }: { rule: ThresholdView; onGone: () => void }) {
  const state = useStep({
    run: (next: 'active' | 'paused' | 'deleted') => steps.setThresholdState(rule.id, { state: next, revision: rule.revision }),
    done: '已更新',
    touches: ['thresholds'],
    onDone: (_, next) => next === 'deleted' && onGone(),
  });
  return (
    <div className="sheet-acts">
      <Button onClick={() => state.mutate(rule.enabled ? 'paused' : 'active')} data-testid="threshold-toggle">
        {rule.enabled ? '停用' : '启用'}
      </Button>
      <Popconfirm title="删除后不再计数，达到过的记录保留。" okText="删除" cancelText="不删" onConfirm={() => state.mutate('deleted')}>
        <Button danger>删除</Button>
      </Popconfirm>
    </div>
  );
}

function Trial({ trial }: { trial: ThresholdTrial }) {
  return (
    <div className="scheme-trial" data-testid="threshold-trial">
      <p>
        最近 {trial.days} 天的 {trial.opinions.toLocaleString('zh-CN')} 条信息{trial.cut ? '（只看最新的这些）' : ''}中，计入{' '}
        {trial.counted.toLocaleString('zh-CN')} 条，分属 {trial.groups.toLocaleString('zh-CN')} 处；会预警 <b>{trial.fired}</b> 次。
      </p>
      {trial.fired === 0 ? (
        <p className="quiet small">一次也没有达到：数目或时间是否定得太严？</p>
      ) : (
        <ul className="panel-rows">
          {trial.firings.map((one) => (
            <li key={`${one.group}:${one.to}`} className="scheme-row">
              <span>
                <b>{one.group}</b> {one.words}
              </span>
              <span className="small quiet">达到于 {fullTime(one.to)}</span>
              <ThresholdRows rows={one.opinions} />
            </li>
          ))}
        </ul>
      )}
      {trial.fired > trial.firings.length && <p className="small quiet">只列最近 {trial.firings.length} 次。</p>}
    </div>
  );
}

function bodyOf({ place, sameTopic, topics, windowHours, ...counts }: Fields): ThresholdBody {
  const needs = SOURCES.flatMap(({ name }) => {
    const count = counts[name];
    return count === null || count === undefined ? [] : [{ sources: [name], count }];
  });
  return { place, sameTopic, topics, needs, windowHours };
}

function fieldsOf(rule: ThresholdView | null): Fields {
  const counts = { call: rule === null ? 3 : null, post: rule === null ? 1 : null, news: null } as Pick<Fields, 'call' | 'post' | 'news'>;
  for (const { sources, count } of rule?.body.needs ?? []) counts[sources[0]!] = count;
  const { place = 'spot', sameTopic = false, topics = [], windowHours = 24 } = rule?.body ?? {};
  return { name: rule?.name ?? '', reason: '', place, sameTopic, topics, windowHours, ...counts };
}
