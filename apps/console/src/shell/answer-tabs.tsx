import { useLocation } from 'react-router';
import { useSession } from '../session/session.js';
import { ANSWERING, HOTLINE, isWithin } from './nav.js';
import { PageTabs } from './page-tabs.js';

const DESK_ONLY: ReadonlySet<string> = new Set(['/cases', '/callbacks', '/reconciliations', '/orders-figures']);

/** The pages of answering; on those of the hotline, its own. */
export function AnswerTabs() {
  const { pathname } = useLocation();
  const { role } = useSession().person;
  const row: readonly { path: string; word: string }[] = HOTLINE.some(({ path }) => isWithin(pathname, path)) ? HOTLINE : ANSWERING;
  return <PageTabs label="回应" pages={role === 'department-lead' ? row.filter(({ path }) => !DESK_ONLY.has(path)) : row} />;
}
