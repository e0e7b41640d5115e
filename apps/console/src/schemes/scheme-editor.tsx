import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Popconfirm, Radio } from 'antd';
import { useState } from 'react';
import type { NewSchemeRequest, SchemeView, TrialResult } from '@huiying/contracts/http';
import { fieldFaults } from '../api/problem-words.js';
import { schemeQuery } from '../api/queries.js';
import { steps } from '../api/steps.js';
import { useStep } from '../api/use-step.js';
import { Ago } from '../time/moment.js';
import { SchemeHelp } from './scheme-help.js';
import { SchemeTrial } from './scheme-trial.js';

type Fields = Pick<NewSchemeRequest, 'name' | 'text' | 'effect' | 'reason'>;

/** Words, a trial, and only then saving: what is saved is what was tried. */
export function SchemeEditor({
  scheme,
  mayWrite,
  onSaved,
}: {
  scheme: SchemeView | null;
  mayWrite: boolean;
  onSaved: (id: string | null) => void;
}) {
  const [form] = Form.useForm<Fields>();
  const [trial, setTrial] = useState<TrialResult | null>(null);
  const [faults, setFaults] = useState<string[]>([]);
  const onBadInput = (error: unknown) => {
    const found = fieldFaults(error);
    form.setFields(found.filter(({ name }) => name[0] === 'name').map(({ message }) => ({ name: 'name', errors: [message] })));
    setFaults(found.filter(({ name }) => name[0] !== 'name').map(({ message }) => message));
    return found.length > 0;
  };
  const trying = useStep({
    run: ({ text, effect }: Fields) => steps.tryScheme({ text, effect }),
    done: null,
    touches: [],
    onDone: (result: TrialResult) => {
      setFaults([]);
      setTrial(result);
    },
    onBadInput,
  });
  const saving = useStep({
    run: async (fields: Fields) => {
      const body = { ...fields, reason: fields.reason ?? '', tried: trial!.tried };
      if (scheme === null) return (await steps.createScheme(body)).id;
      await steps.changeScheme(scheme.id, { ...body, revision: scheme.revision });
      return scheme.id;
    },
    done: '已保存，新到的舆情按此匹配',
    touches: ['schemes'],
    onDone: onSaved,
    onBadInput,
  });
  const run = async () => trying.mutate(await form.validateFields(['text', 'effect']));
  return (
    <div className="panel-body scheme-editor" data-testid="scheme-editor">
      <Form
        form={form}
        layout="vertical"
        disabled={!mayWrite}
        initialValues={{ name: scheme?.name ?? '', text: scheme?.text ?? '', effect: scheme?.effect ?? 'mark', reason: '' }}
        onValuesChange={(changed: Partial<Fields>) => {
          if ('text' in changed || 'effect' in changed) setTrial(null);
        }}
        onFinish={(fields) => saving.mutate(fields)}
      >
        <Form.Item name="name" label="名称" rules={[{ required: true, min: 2, message: '请写名称（至少两个字）' }]}>
          <Input maxLength={40} data-testid="scheme-name" />
        </Form.Item>
        <Form.Item name="text" label="词" rules={[{ required: true, message: '请写要盯的词' }]} extra={<SchemeHelp />}>
          <Input.TextArea
            autoSize={{ minRows: 8, maxRows: 20 }}
            className="scheme-text"
            spellCheck={false}
            data-testid="scheme-text"
            placeholder={'[供水]\n+望川|青梧|临浦\n停水\n/自来水.{0,6}(发黄|浑浊)/\n!计划检修'}
          />
        </Form.Item>
        {faults.length > 0 && (
          <ul className="scheme-faults" role="alert" data-testid="scheme-faults">
            {faults.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        )}
        <Form.Item name="effect" label="命中后">
          <Radio.Group
            options={[
              { value: 'mark', label: '只作标记' },
              { value: 'alert', label: '向值班员预警（外地的事除外）' },
            ]}
          />
        </Form.Item>
        {mayWrite && (
          <div className="sheet-acts">
            <Button onClick={() => void run()} loading={trying.isPending} data-testid="scheme-try">
              试运行（最近 7 天）
            </Button>
            <Button type="primary" htmlType="submit" disabled={trial === null} loading={saving.isPending} data-testid="scheme-save">
              保存启用
            </Button>
            <span className="small quiet">{trial === null ? '词或命中后的动作改动后，须先试运行才能保存' : '试运行过的内容可以保存'}</span>
          </div>
        )}
        {trial !== null && (
          <>
            <SchemeTrial trial={trial} />
            <Form.Item name="reason" label="修改说明（可不填，留作记录）">
              <Input maxLength={500} />
            </Form.Item>
          </>
        )}
      </Form>
      {scheme !== null && <History scheme={scheme} mayWrite={mayWrite} onGone={() => onSaved(null)} />}
    </div>
  );
}

function History({ scheme, mayWrite, onGone }: { scheme: SchemeView; mayWrite: boolean; onGone: () => void }) {
  const { data } = useQuery(schemeQuery(scheme.id));
  const state = useStep({
    run: (next: 'active' | 'paused' | 'deleted') => steps.setSchemeState(scheme.id, { state: next, revision: scheme.revision }),
    done: '已更新',
    touches: ['schemes'],
    onDone: (_, next) => next === 'deleted' && onGone(),
  });
  const paused = scheme.state === 'paused';
  return (
    <>
      {mayWrite && (
        <div className="sheet-acts">
          <Button onClick={() => state.mutate(paused ? 'active' : 'paused')}>{paused ? '启用' : '停用'}</Button>
          <Popconfirm
            title="删除后不再匹配，历史版本和已命中的记录保留。"
            okText="删除"
            cancelText="不删"
            onConfirm={() => state.mutate('deleted')}
          >
            <Button danger>删除</Button>
          </Popconfirm>
        </div>
      )}
      <h2 className="sheet-part">历史版本</h2>
      <ul className="small scheme-history">
        {(data?.revisions ?? []).map((one) => (
          <li key={one.revision}>
            第 {one.revision} 版 · {one.changedBy} <Ago at={one.changedAt} />
            {one.reason !== '' && `：${one.reason}`}
            <details>
              <summary>当时的词</summary>
              <pre className="scheme-text">{one.text}</pre>
            </details>
          </li>
        ))}
      </ul>
    </>
  );
}
