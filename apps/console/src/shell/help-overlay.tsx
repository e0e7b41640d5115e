import { Modal } from 'antd';

const GROUPS: [string, [string, string][]][] = [
  [
    '到哪里',
    [
      ['g d', '值班台'],
      ['g a', '预警'],
      ['g o', '舆情'],
      ['g c', '舆情单'],
      ['g t', '任务'],
      ['g s', '信源'],
      ['/', '搜索'],
    ],
  ],
  [
    '在列表里',
    [
      ['j', '下一条'],
      ['k', '上一条'],
      ['Enter', '打开'],
      ['a', '知悉（预警）/ 签收（任务）'],
      ['f', '标为误报'],
    ],
  ],
  [
    '其他',
    [
      ['?', '这份说明'],
      ['Esc', '关闭弹窗'],
      ['Tab', '逐项移动'],
    ],
  ],
];

export default function HelpOverlay({ onClose }: { onClose: () => void }) {
  return (
    <Modal open title="快捷键" footer={null} onCancel={onClose} width={560} data-testid="help">
      <div className="help">
        {GROUPS.map(([group, keys]) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {keys.map(([key, does]) => (
                <div key={key}>
                  <dt>
                    {key.split(' ').map((part) => (
                      <kbd key={part}>{part}</kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
