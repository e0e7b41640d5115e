import type { DeadlineView } from '@huiying/contracts/http';
import { BAND_WORDS, clockFace, PROVISIONAL_WORD, type Clocked } from './clock-face.js';
import { ClockGlyph } from './clock-glyph.js';
import { useNow } from './use-now.js';

/** A clock in a line of text: sign, word, thin bar. Absolute time on hover and in print. */
export function ClockChip({ clock, bar = true }: { clock: Clocked; bar?: boolean }) {
  const now = useNow();
  if (Number.isNaN(now)) return <span className="clock clock-ample">—</span>;
  const face = clockFace(clock, now);
  const title = `${face.absolute} · ${BAND_WORDS[face.band]}${face.provisional ? ' · 所依据年度的放假安排尚未公布，到期时间为暂定' : ''}`;
  return (
    <span
      className={`clock clock-${face.band}${face.provisional ? ' clock-provisional' : ''}`}
      title={title}
      data-testid="clock"
      data-band={face.band}
    >
      <span className="clock-line">
        <ClockGlyph band={face.band} left={face.left} />
        <span className="clock-word">{face.word}</span>
        <span className="clock-absolute">{face.absolute}</span>
        {face.provisional && <span className="clock-mark">{PROVISIONAL_WORD}</span>}
      </span>
      {bar && (
        <span className="clock-bar" aria-hidden="true">
          <span style={{ transform: `scaleX(${barShare(face.band, face.left)})` }} />
        </span>
      )}
    </span>
  );
}

/** An overdue bar is full: it must be seen, not vanish. */
function barShare(band: string, left: number): number {
  return band === 'overdue' || band === 'met' || band === 'met-late' ? 1 : left;
}

/** The clock of an alert that nobody has confirmed yet: what would run out if it were binding. */
export function prospectiveClock(firstSeenAt: string, dueAt: string): Clocked & Pick<DeadlineView, 'dueAt'> {
  return { startedAt: firstSeenAt, dueAt, state: 'running', metAt: null, provisional: false };
}
