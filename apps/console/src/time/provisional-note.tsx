import type { DeadlineView } from '@huiying/contracts/http';
import { wall } from './beijing.js';

/** Why a due instant is not the last word; nothing where it is. */
export function ProvisionalNote({ clock }: { clock: Pick<DeadlineView, 'provisional' | 'dueAt'> }) {
  if (!clock.provisional) return null;
  return (
    <span className="small quiet" data-testid="provisional-note">
      暂定：{wall(clock.dueAt).year} 年放假安排尚未公布，暂按星期推算，录入通知后重算
    </span>
  );
}
