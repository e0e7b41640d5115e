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

const words = (max: number) => z.string().trim().min(1).max(max);
const optional = (max: number) => words(max).nullable().default(null);

/** POST /api/people (administrator). 409 username-taken. Answers AccountView. */
export const createPersonRequest = z
  .object({
    username: z
      .string()
      .regex(/^[a-z][a-z0-9._-]{2,39}$/, 'must be 3 to 40 lower-case letters, digits, dots, dashes, beginning with a letter'),
    name: words(40),
    role,
    departmentId: optional(60),
    phone: optional(40),
    email: z.email().nullable().default(null),
    /** At least 10 characters; at least three of small letters, capitals, digits, others (等保三级惯例). */
    password: z
      .string()
      .min(10)
      .max(200)
      .refine(
        (p) => [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((kind) => kind.test(p)).length >= 3,
        'must have three kinds of characters',
      ),
  })
  .strict();
export type CreatePersonRequest = z.infer<typeof createPersonRequest>;

/** GET /api/people (administrator) → AccountView[] · POST /api/people · POST /api/people/:id/disable (204; 409 own-account) */
export interface AccountView extends PersonView {
  username: string;
  email: string | null;
  disabledAt: string | null;
  lastLoginAt: string | null;
}
