import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, type ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import type { SessionView } from '@huiying/contracts/http';
import { onSessionLost } from '../api/request.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { sessionQuery } from './session-query.js';
import { loginPath } from './way-back.js';

const SessionContext = createContext<SessionView | null>(null);

/** Lets nobody in without a session, and sends everybody back to where they were after the login. */
export function SessionGate({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const location = useLocation();
  const { data: session, error, refetch } = useQuery(sessionQuery);
  useEffect(() => onSessionLost(() => client.setQueryData(['session'], null)), [client]);
  if (session === undefined) {
    return error === null ? <Loading label="正在读取登录状态" /> : <Failure error={error} what="登录状态" onRetry={() => void refetch()} />;
  }
  if (session === null) return <Navigate to={loginPath(`${location.pathname}${location.search}`)} replace />;
  return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>;
}

/** Who is logged in. Only below SessionGate. */
export function useSession(): SessionView {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('useSession needs a SessionGate above it');
  return session;
}
