import type { Role } from '@huiying/contracts/http';
import type { Actor } from '../accounts/index.js';

/** Who lays down what is collected: those who answer for it. Retrying and pausing is the desk's. */
export const EDITORS: readonly Role[] = ['supervisor', 'administrator'];

export function mayEdit(actor: Pick<Actor, 'role'>): boolean {
  return EDITORS.includes(actor.role);
}
