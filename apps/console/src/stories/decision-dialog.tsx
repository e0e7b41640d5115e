import { Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { SEARCH_AT_MOST, type StoryDetail } from '@huiying/contracts/http';
import { storiesQuery } from '../api/queries.js';
import { steps } from '../api/steps.js';
import { useStep } from '../api/use-step.js';
import { usePages } from '../states/use-pages.js';

export type Decision =
  | { kind: 'merge'; other: { id: string; title: string } | null }
  | { kind: 'split'; opinionIds: readonly string[] }
  | { kind: 'fix' | 'unfix' };

const WORDS = {
  merge: { title: '并案', effect: '所选事件并入本事件，其预警并入本事件的预警，不再另行通知；以后的信息归入本事件。可以撤销。' },
  split: { title: '拆案', effect: '所选信息另立一个事件，以后相近的信息随之归入；系统不会再自动把两者并在一起。可以撤销。' },
  fix: { title: '固定事件', effect: '系统不再自动把本事件与其他事件并案；相近的新信息仍会归入。' },
  unfix: { title: '取消固定', effect: '系统可以再次自动并案。' },
};

/** 并案, 拆案, 固定: asked with its reason and its effect. */
export function DecisionDialog({ story, decision, onClose }: { story: StoryDetail; decision: Decision; onClose: () => void }) {
  const [form] = Form.useForm<{ otherStoryId?: string; reason: string }>();
  const [q, setQ] = useState('');
  const search = new URLSearchParams({ sort: 'newest', ...(q === '' ? {} : { q: q.slice(0, SEARCH_AT_MOST) }) }).toString();
  const { items: stories } = usePages({ ...storiesQuery(search), enabled: decision.kind === 'merge' });
  const step = useStep({
    run: ({ otherStoryId, reason }: { otherStoryId?: string; reason: string }) => run(story.id, decision, reason, otherStoryId),
    done: `已${WORDS[decision.kind].title}`,
    touches: ['stories', 'alerts', 'board', 'opinions', 'cases'],
    onConflict: onClose,
    onDone: onClose,
  });
  const { title, effect } = WORDS[decision.kind];
  return (
    <Modal
      open
      title={title}
      okText={title}
      onOk={() => form.submit()}
      onCancel={onClose}
      confirmLoading={step.isPending}
      okButtonProps={{ 'data-testid': 'decision-submit' }}
    >
      <p className="dialog-subject">{story.title}</p>
      <Form
        form={form}
        layout="vertical"
        initialValues={{ reason: '', otherStoryId: decision.kind === 'merge' ? decision.other?.id : undefined }}
        onFinish={(values) => step.mutate(values)}
      >
        {decision.kind === 'merge' && (
          <Form.Item name="otherStoryId" label="并入的事件" rules={[{ required: true, message: '请选择事件' }]}>
            <Select
              showSearch
              filterOption={false}
              onSearch={setQ}
              placeholder="输入标题查找"
              options={(decision.other === null ? (stories ?? []) : [decision.other])
                .filter((one) => one.id !== story.id)
                .map((one) => ({ value: one.id, label: one.title }))}
            />
          </Form.Item>
        )}
        <Form.Item name="reason" label="理由" rules={[{ required: true, min: 2, whitespace: true, message: '请写明理由（至少2字）' }]}>
          <Input.TextArea rows={3} maxLength={500} data-testid="decision-reason" />
        </Form.Item>
      </Form>
      <p className="dialog-effect">{effect}</p>
    </Modal>
  );
}

function run(id: string, decision: Decision, reason: string, otherStoryId?: string): Promise<unknown> {
  if (decision.kind === 'merge') return steps.mergeStory(id, { otherStoryId: otherStoryId!, reason });
  if (decision.kind === 'split') return steps.splitStory(id, { opinionIds: [...decision.opinionIds], reason });
  return steps.fixStory(id, decision.kind, { reason });
}
