import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Outlet, useLocation, useNavigate, useSearchParams } from 'react-router';
import { boardQuery } from '../api/queries.js';
import { useLive } from '../live/use-live.js';
import { useSession } from '../session/session.js';
import { useShortcuts } from '../shortcuts/use-shortcuts.js';
import { CrashGuard } from '../states/crash-guard.js';
import { Loading } from '../states/loading.js';
import { ConnectionBanner } from './connection.js';
import { navCounts, navFor } from './nav.js';
import { Rail } from './rail.js';
import { useWaitingCount } from './tab-title.js';
import { TopLine } from './top-line.js';
import { UrgentStrip } from './urgent-strip.js';

const HelpOverlay = lazy(() => import('./help-overlay.js'));
const NoticesDrawer = lazy(() => import('../notices/notices-drawer.js'));
const WhyDrawer = lazy(() => import('../cases/why-drawer.js'));

/** Rail, top line and what every page shares: live changes, shortcuts, notices, the ledger of a deadline. */
export function Shell() {
  const { person } = useSession();
  const location = useLocation();
  const [parameters, setParameters] = useSearchParams();
  const [open, setOpen] = useState<'help' | 'notices' | null>(null);
  useLive();
  useShellShortcuts(() => setOpen('help'));
  const { data: board } = useQuery({ ...boardQuery, enabled: person.role !== 'department-lead' });
  useWaitingCount(board?.openAlertCount ?? 0);
  const why = parameters.get('why');
  const closeWhy = () => setParameters((before) => (before.delete('why'), before), { replace: true });
  return (
    <div className="shell">
      <a href="#main" className="skip">
        跳到正文
      </a>
      <Rail entries={navFor(person.role)} counts={navCounts(board)} />
      <TopLine onHelp={() => setOpen('help')} onNotices={() => setOpen('notices')} />
      <div className="page-area">
        <ConnectionBanner />
        <UrgentStrip />
        <main id="main" className="page" tabIndex={-1}>
          <CrashGuard place={location.pathname}>
            <Suspense fallback={<Loading />}>
              <Outlet />
            </Suspense>
          </CrashGuard>
        </main>
      </div>
      <Suspense>
        {open === 'help' && <HelpOverlay onClose={() => setOpen(null)} />}
        {open === 'notices' && <NoticesDrawer onClose={() => setOpen(null)} />}
        {why !== null && <WhyDrawer deadlineId={why} onClose={closeWhy} />}
      </Suspense>
    </div>
  );
}

function useShellShortcuts(help: () => void): void {
  const { person } = useSession();
  const navigate = useNavigate();
  const search = () => {
    const field = document.querySelector<HTMLInputElement>('[data-search] input, input[data-search]');
    if (field !== null) field.focus();
    else void navigate('/opinions');
  };
  useShortcuts([
    ...navFor(person.role).map(({ key, path, word }) => ({ keys: `g ${key}`, does: word, run: () => void navigate(path) })),
    { keys: '/', does: '搜索', run: search },
    { keys: '?', does: '快捷键', run: help },
  ]);
}
