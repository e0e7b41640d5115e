import { useSession } from '../session/session.js';
import { shortOrgan } from './organ.js';

/** An organ as its own city calls it; the full name on hover. */
export function OrganName({ name }: { name: string }) {
  const { city } = useSession();
  return <span title={name}>{shortOrgan(name, city.name)}</span>;
}
