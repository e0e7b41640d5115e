/**
 * A parameter, with its type, that the server does not look into when it plans: it takes an array for one of ten. So the plan of a
 * prepared statement that joins an array holds, however long each is; otherwise a short one would be planned for anew each time.
 */
export function unseen(parameter: string): string {
  return `(SELECT ${parameter})`;
}
