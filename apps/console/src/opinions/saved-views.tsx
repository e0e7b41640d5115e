import { Dropdown, Input, Modal, type MenuProps } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useSession } from '../session/session.js';
import { parseViews, withView, type SavedView } from './views.js';

/** 常用视图: searches kept on this machine, per person. */
export function SavedViews() {
  const { person } = useSession();
  const key = `huiying.views.${person.id}`;
  const [views, setViews] = useState<SavedView[]>(() => parseViews(localStorage.getItem(key)));
  const [parameters, setParameters] = useSearchParams();
  const [naming, setNaming] = useState<string | null>(null);
  const store = (next: SavedView[]) => {
    setViews(next);
    localStorage.setItem(key, JSON.stringify(next));
  };
  const save = () => {
    if (naming === null || naming.trim() === '') return;
    store(withView(views, { name: naming.trim(), search: parameters.toString() }));
    setNaming(null);
  };
  const items: MenuProps['items'] = [
    ...views.map((view) => ({ key: view.name, label: view.name, onClick: () => setParameters(new URLSearchParams(view.search)) })),
    ...(views.length > 0 ? [{ type: 'divider' as const }] : []),
    { key: '+', label: '保存当前条件…', onClick: () => setNaming('') },
    ...(views.length > 0
      ? [
          {
            key: '-',
            label: '删除',
            children: views.map(({ name }) => ({
              key: `-${name}`,
              label: name,
              onClick: () => store(views.filter((view) => view.name !== name)),
            })),
          },
        ]
      : []),
  ];
  return (
    <>
      <Dropdown menu={{ items }} trigger={['click']}>
        <button type="button" className="plain-button">
          常用视图
        </button>
      </Dropdown>
      <Modal
        open={naming !== null}
        title="保存当前条件"
        okText="保存"
        onOk={save}
        onCancel={() => setNaming(null)}
        width={400}
        okButtonProps={{ disabled: naming?.trim() === '' }}
      >
        <Input
          autoFocus
          maxLength={30}
          placeholder="如：临浦区安全生产"
          aria-label="视图名称"
          value={naming ?? ''}
          onChange={(event) => setNaming(event.target.value)}
          onPressEnter={save}
        />
      </Modal>
    </>
  );
}
