import { useQueryClient } from '@tanstack/react-query';
import { App, Dropdown, type MenuProps } from 'antd';
import { Link, useNavigate } from 'react-router';
import { ask, tellSessionLost } from '../api/request.js';
import { ring } from '../live/sound.js';
import { urgentStore, useUrgent } from '../live/urgent-store.js';
import { ROLE_WORDS } from '../marks/labels.js';
import { useSession } from '../session/session.js';
import { modeStore, useMode } from '../theme/mode-store.js';
import { Icon } from './icons.js';
import { ADMIN_PAGES } from './nav.js';

/** Who I am, light or dark, the sound, the way out. */
export function PersonMenu({ onHelp }: { onHelp: () => void }) {
  const { person } = useSession();
  const { message } = App.useApp();
  const client = useQueryClient();
  const navigate = useNavigate();
  const mode = useMode();
  const { mutedUntil } = useUrgent();

  const testSound = async () => {
    const heard = await ring(1);
    void (heard
      ? message.success('已播放提示音；没有听到请检查音量。')
      : message.warning('浏览器未允许播放声音，请在地址栏的站点设置中允许。'));
  };
  const logout = async () => {
    await ask('DELETE', '/api/session').catch(() => undefined);
    client.clear();
    tellSessionLost();
    await navigate('/login', { replace: true });
  };
  const items: MenuProps['items'] = [
    { key: 'who', type: 'group', label: `${person.name} · ${person.departmentName ?? ROLE_WORDS[person.role]}` },
    { key: 'theme', icon: <Icon name="moon" />, label: mode === 'light' ? '夜间配色' : '日间配色', onClick: modeStore.toggle },
    { key: 'sound', icon: <Icon name="soundOn" />, label: '试听提示音', onClick: () => void testSound() },
    mutedUntil === null
      ? { key: 'mute', icon: <Icon name="soundOff" />, label: '静音 30 分钟', onClick: urgentStore.mute }
      : { key: 'mute', icon: <Icon name="soundOn" />, label: '恢复提示音', onClick: urgentStore.unmute },
    { key: 'telling', label: <Link to="/me/telling">我的通知设置</Link> },
    ...(person.role === 'administrator'
      ? [
          {
            key: 'admin',
            type: 'group' as const,
            label: '管理',
            children: ADMIN_PAGES.map(({ path, word }) => ({ key: path, label: <Link to={path}>{word}</Link> })),
          },
        ]
      : []),
    ...(person.role === 'supervisor' ? [{ key: 'channels', label: <Link to="/channels">通知渠道</Link> }] : []),
    ...(person.role === 'department-lead'
      ? []
      : [
          { key: 'calendar', label: <Link to="/calendar">工作日历</Link> },
          { key: 'rules', label: <Link to="/rules">时限规则</Link> },
          {
            key: 'wall',
            label: (
              <a href="/wall" target="_blank" rel="noreferrer">
                打开大屏
              </a>
            ),
          },
        ]),
    { key: 'help', label: '快捷键 ?', onClick: onHelp },
    { type: 'divider' },
    { key: 'out', icon: <Icon name="door" />, label: <span data-testid="logout">退出登录</span>, onClick: () => void logout() },
  ];
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
      <button type="button" className="top-button" aria-label={`${person.name}，个人菜单`} data-testid="person-menu">
        <Icon name="person" />
        <span className="top-name">{person.name}</span>
      </button>
    </Dropdown>
  );
}
