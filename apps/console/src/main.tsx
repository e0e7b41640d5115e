import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api/client.js';
import { boardQuery } from './api/queries.js';
import { ConsoleApp } from './app.js';
import { sessionQuery } from './session/session-query.js';
import { homeFor } from './shell/nav.js';
import { modeStore } from './theme/mode-store.js';
import { ThemeProvider } from './theme/theme-provider.js';
import './theme/base.css';
import './theme/marks.css';
import './theme/shell.css';
import './theme/pages.css';
import './board/board.css';
import './opinions/opinions.css';
import './cases/cases.css';
import './tasks/tasks.css';
import './sources/sources.css';
import './wall/wall.css';
import './theme/print.css';

modeStore.show();
// Asked before the first drawing, so that the answers are on their way while the page is built; the board only for those who may see it.
if (location.pathname !== '/login') void askAhead();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <ThemeProvider>
        <ConsoleApp />
      </ThemeProvider>
    </QueryClientProvider>
  </StrictMode>,
);

async function askAhead(): Promise<void> {
  // What goes wrong is shown by the page that asks for it.
  const session = await queryClient.fetchQuery(sessionQuery).catch(() => null);
  if (session !== null && location.pathname === '/' && homeFor(session.person.role) === '/')
    await queryClient.prefetchQuery({ ...boardQuery, retry: false });
}
