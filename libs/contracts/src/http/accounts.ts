import { z } from 'zod';

/** 值班员 · 部门负责人 · 带班领导/督办 · 系统管理员 */
export const role = z.enum(['duty-officer', 'department-lead', 'supervisor', 'administrator']);
export type Role = z.infer<typeof role>;

/** POST /api/session. 401 bad-credentials, 423 account-locked. Answers SessionView and sets the cookie. */
export const loginRequest = z.object({ username: z.string().min(1), password: z.string().min(1) }).strict();
export type LoginRequest = z.infer<typeof loginRequest>;

export interface PersonView {
  id: string;
  name: string;
  role: Role;
  /** Set for a department lead. */
  departmentId: string | null;
  departmentName: string | null;
  phone: string | null;
}

/** GET /api/session (401 when nobody is logged in). DELETE /api/session logs out. */
export interface SessionView {
  person: PersonView;
  city: { name: string };
  expiresAt: string;
  /** The server's clock; the browser's is never trusted. */
  serverTime: string;
  /** Demo accounts may be shown on the login page: GET /api/session/hints. */
  demo: boolean;
}

/** GET /api/session/hints (no login): what the login page may show. Accounts only in the demo. */
export interface LoginHints {
  city: { name: string };
  accounts: { username: string; password: string; name: string; role: Role; departmentName: string | null }[];
}

/** GET /api/departments */
export interface DepartmentView {
  id: string;
  name: string;
  shortName: string;
  leads: { id: string; name: string; phone: string | null }[];
}

/** GET /api/people (administrator) · POST /api/people · POST /api/people/:id/disable */
export interface AccountView extends PersonView {
  username: string;
  email: string | null;
  disabledAt: string | null;
  lastLoginAt: string | null;
}
