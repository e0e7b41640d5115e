import type { Role } from '@huiying/contracts/http';
import type { PersonRow, RowScope } from '@huiying/persistence';

/** Somebody who acts, and from where: what every change is signed with. */
export interface Actor {
  id: string;
  name: string;
  role: Role;
  /** Set for a department lead. */
  departmentId: string | null;
  /** Address of the client, or the part of the system. */
  origin: string;
}

/** Who signs a change of accounts; `id` is null at a command, where nobody is logged in. */
export type SignedBy = Pick<Actor, 'name' | 'origin'> & { id: string | null };

export function actorOf(person: PersonRow, origin: string): Actor {
  return { id: person.id, name: person.name, role: person.role, departmentId: person.departmentId, origin };
}

/** Roles that work at the desk: they see every case and take its steps. */
export const DESK: readonly Role[] = ['duty-officer', 'supervisor'];
/** The desk, and the administrator who may look but not step in. */
export const VIEWERS: readonly Role[] = ['duty-officer', 'supervisor', 'administrator'];
export const EVERYBODY: readonly Role[] = ['duty-officer', 'supervisor', 'administrator', 'department-lead'];

export function isAtDesk(actor: Pick<Actor, 'role'>): boolean {
  return DESK.includes(actor.role);
}

/** The rows an actor may see: a lead those of the department; a lead without one sees nothing. */
export function scopeOf(actor: Pick<Actor, 'role' | 'departmentId'>): RowScope {
  return actor.role === 'department-lead' ? { departmentId: actor.departmentId ?? '' } : null;
}
