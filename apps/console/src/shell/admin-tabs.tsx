import { useSession } from '../session/session.js';
import { ADMIN_PAGES } from './nav.js';
import { PageTabs } from './page-tabs.js';

/** The pages of the administrator; a leader sees how the channels fare and no more. */
export function AdminTabs() {
  const { person } = useSession();
  return <PageTabs label="管理" pages={person.role === 'administrator' ? ADMIN_PAGES : ADMIN_PAGES.slice(0, 1)} />;
}
