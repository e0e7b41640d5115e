import type { DeadlineView } from '@huiying/contracts/http';
import { monthDayTime } from './beijing.js';

/** Beside a clock of which a later end was asked for: it goes on until somebody has decided. */
export function AskedMark({ clock: { askedUntil } }: { clock: Pick<DeadlineView, 'askedUntil'> }) {
  if (askedUntil === null) return null;
  return (
    <span className="small asked-mark" data-testid="asked-mark">
      延期待批（至 {monthDayTime(askedUntil)}）
    </span>
  );
}
