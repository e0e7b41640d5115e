import { lazy, Suspense } from 'react';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import BoardPage from './board/board-page.js';
import { SessionGate, useSession } from './session/session.js';
import { homeFor } from './shell/nav.js';
import { Shell } from './shell/shell.js';
import { Loading } from './states/loading.js';

const LoginPage = lazy(() => import('./session/login-page.js'));
const AlertsPage = lazy(() => import('./alerts/alerts-page.js'));
const AlertPage = lazy(() => import('./alerts/alert-page.js'));
const OpinionsPage = lazy(() => import('./opinions/opinions-page.js'));
const OpinionPage = lazy(() => import('./opinions/opinion-page.js'));
const StoriesPage = lazy(() => import('./stories/stories-page.js'));
const StoryPage = lazy(() => import('./stories/story-page.js'));
const CasesPage = lazy(() => import('./cases/cases-page.js'));
const CasePage = lazy(() => import('./cases/case-page.js'));
const CommitmentsPage = lazy(() => import('./casework/commitments-page.js'));
const DocumentsPage = lazy(() => import('./documents/documents-page.js'));
const DocumentPage = lazy(() => import('./documents/document-page.js'));
const ExtensionsPage = lazy(() => import('./extensions/extensions-page.js'));
const StatementsPage = lazy(() => import('./statements/statements-page.js'));
const OrdersPage = lazy(() => import('./orders/orders-page.js'));
const CallbacksPage = lazy(() => import('./callbacks/callbacks-page.js'));
const ReconciliationsPage = lazy(() => import('./reconciling/reconciliations-page.js'));
const OrderFiguresPage = lazy(() => import('./orders/order-figures-page.js'));
const OrderPage = lazy(() => import('./orders/order-page.js'));
const TasksPage = lazy(() => import('./tasks/tasks-page.js'));
const TaskPage = lazy(() => import('./tasks/task-page.js'));
const WallPage = lazy(() => import('./wall/wall-page.js'));
const QualityPage = lazy(() => import('./learning/quality-page.js'));
const SourcesPage = lazy(() => import('./sources/sources-page.js'));
const CalendarPage = lazy(() => import('./calendar/calendar-page.js'));
const FiguresPage = lazy(() => import('./figures/figures-page.js'));
const ReportsPage = lazy(() => import('./reports/reports-page.js'));
const ReportListsPage = lazy(() => import('./reports/lists-page.js'));
const ScorecardsPage = lazy(() => import('./reports/scorecards-page.js'));
const ReportSchedulesPage = lazy(() => import('./reports/schedules-page.js'));
const RulesPage = lazy(() => import('./rules/rules-page.js'));
const ImportPage = lazy(() => import('./hotline/import-page.js'));
const KnowledgePage = lazy(() => import('./knowledge/knowledge-page.js'));
const EntryPage = lazy(() => import('./knowledge/entry-page.js'));
const ThresholdsPage = lazy(() => import('./thresholds/thresholds-page.js'));
const SchemesPage = lazy(() => import('./schemes/schemes-page.js'));
const DutyPage = lazy(() => import('./duty/duty-page.js'));
const HandoverPage = lazy(() => import('./duty/handover-page.js'));
const TellingPage = lazy(() => import('./telling/telling-page.js'));
const ChannelsPage = lazy(() => import('./telling/channels-page.js'));
const ApiKeysPage = lazy(() => import('./api-keys/api-keys-page.js'));
const MyTellingPage = lazy(() => import('./telling/my-telling-page.js'));
const NotFoundPage = lazy(() => import('./states/not-found-page.js'));

/** The duty board for those who keep watch; a department lead goes to the tasks. */
function Home() {
  const home = homeFor(useSession().person.role);
  return home === '/' ? <BoardPage /> : <Navigate to={home} replace />;
}

export function ConsoleApp() {
  return (
    <BrowserRouter>
      <Suspense fallback={<Loading />}>
        <Routes>
          <Route path="/login" element={<LoginPage />} />
          <Route
            path="/wall"
            element={
              <SessionGate>
                <WallPage />
              </SessionGate>
            }
          />
          <Route
            element={
              <SessionGate>
                <Shell />
              </SessionGate>
            }
          >
            <Route index element={<Home />} />
            <Route path="alerts" element={<AlertsPage />} />
            <Route path="alerts/:id" element={<AlertPage />} />
            <Route path="opinions" element={<OpinionsPage />} />
            <Route path="opinions/:id" element={<OpinionPage />} />
            <Route path="knowledge" element={<KnowledgePage />} />
            <Route path="knowledge/:id" element={<EntryPage />} />
            <Route path="thresholds" element={<ThresholdsPage />} />
            <Route path="schemes" element={<SchemesPage />} />
            <Route path="stories" element={<StoriesPage />} />
            <Route path="stories/:id" element={<StoryPage />} />
            <Route path="cases" element={<CasesPage />} />
            <Route path="cases/:id" element={<CasePage />} />
            <Route path="commitments" element={<CommitmentsPage />} />
            <Route path="documents" element={<DocumentsPage />} />
            <Route path="documents/:id" element={<DocumentPage />} />
            <Route path="extensions" element={<ExtensionsPage />} />
            <Route path="statements" element={<StatementsPage />} />
            <Route path="orders" element={<OrdersPage />} />
            <Route path="reconciliations" element={<ReconciliationsPage />} />
            <Route path="orders-figures" element={<OrderFiguresPage />} />
            <Route path="callbacks" element={<CallbacksPage />} />
            <Route path="orders/:orderNo" element={<OrderPage />} />
            <Route path="tasks" element={<TasksPage />} />
            <Route path="tasks/:id" element={<TaskPage />} />
            <Route path="judging-quality" element={<QualityPage />} />
            <Route path="sources" element={<SourcesPage />} />
            <Route path="calendar" element={<CalendarPage />} />
            <Route path="figures" element={<FiguresPage />} />
            <Route path="reports" element={<ReportsPage />} />
            <Route path="reports/lists" element={<ReportListsPage />} />
            <Route path="reports/scorecards" element={<ScorecardsPage />} />
            <Route path="reports/schedules" element={<ReportSchedulesPage />} />
            <Route path="rules" element={<RulesPage />} />
            <Route path="sources/import" element={<ImportPage />} />
            <Route path="duty" element={<DutyPage />} />
            <Route path="duty/handover" element={<HandoverPage />} />
            <Route path="telling" element={<TellingPage />} />
            <Route path="channels" element={<ChannelsPage />} />
            <Route path="api-keys" element={<ApiKeysPage />} />
            <Route path="me/telling" element={<MyTellingPage />} />
            <Route path="*" element={<NotFoundPage />} />
          </Route>
        </Routes>
      </Suspense>
    </BrowserRouter>
  );
}
