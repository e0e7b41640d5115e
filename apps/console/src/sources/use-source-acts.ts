import { App } from 'antd';
import type { SourceAct } from '@huiying/contracts/http';
import { steps } from '../api/steps.js';
import { useStep } from '../api/use-step.js';

const DONE: Record<SourceAct, string> = {
  poll: '已要求立即重试，结果稍后显示',
  pause: '已暂停采集，暂停期间计入未看到的时段',
  resume: '已恢复采集',
  remove: '已移出清单，历史信息保留',
};

type Named = { sourceId: string; name: string };

/** 立即重试, 暂停, 恢复 and 移出 wherever a source is shown; what blinds us asks once. */
export function useSourceActs(onRemoved?: () => void) {
  const { modal } = App.useApp();
  const step = useStep({
    run: ({ id, act }: { id: string; act: SourceAct }) => steps.actOnSource(id, act),
    done: null,
    touches: ['sources', 'board'],
    onDone: (_, { act }) => act === 'remove' && onRemoved?.(),
  });
  const { message } = App.useApp();
  const run = (id: string, act: SourceAct) => step.mutate({ id, act }, { onSuccess: () => void message.success(DONE[act]) });
  const ask = (source: Named, act: 'pause' | 'remove') =>
    modal.confirm({
      title: act === 'pause' ? `暂停采集“${source.name}”？` : `把“${source.name}”移出清单？`,
      content:
        act === 'pause'
          ? '暂停期间该信源上的舆情不会被看到，时段记入覆盖记录；可随时恢复。'
          : '不再采集，也不再显示；已采集的信息和记录保留。再次登记同一地址可恢复采集。',
      okText: act === 'pause' ? '暂停' : '移出',
      okButtonProps: { danger: act === 'remove', 'data-testid': `confirm-${act}` } as never,
      onOk: () => run(source.sourceId, act),
    });
  return {
    poll: (source: Named) => run(source.sourceId, 'poll'),
    resume: (source: Named) => run(source.sourceId, 'resume'),
    pause: (source: Named) => ask(source, 'pause'),
    remove: (source: Named) => ask(source, 'remove'),
    busyId: step.isPending ? step.variables.id : null,
  };
}
export type SourceActs = ReturnType<typeof useSourceActs>;
