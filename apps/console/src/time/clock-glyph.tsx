import type { Band } from './clock-face.js';

const CENTRE = 8;
const RADIUS = 6.25;

/** The sign of a band: a pie of what is left, a tick, an exclamation mark, a dash. Never the colour alone. */
export function ClockGlyph({ band, left }: { band: Band; left: number }) {
  return (
    <svg className="clock-glyph" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      <circle
        cx={CENTRE}
        cy={CENTRE}
        r={RADIUS}
        fill={band === 'overdue' ? 'currentColor' : 'none'}
        stroke="currentColor"
        strokeWidth="1.5"
      />
      {sign(band, left)}
    </svg>
  );
}

function sign(band: Band, left: number) {
  if (band === 'met') return <path d="M5 8.2l2.1 2.1L11 6.2" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />;
  if (band === 'met-late') return <path d="M5.6 5.6l4.8 4.8" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />;
  if (band === 'remind') return <circle cx={CENTRE} cy={CENTRE} r="2.5" fill="currentColor" />;
  if (band === 'paused') return <path d="M6.4 5.6v4.8M9.6 5.6v4.8" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />;
  if (band === 'cancelled') return <path d="M5 8h6" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />;
  if (band === 'overdue') return <path d="M8 4.4v4.4M8 11.2v.6" stroke="var(--sheet)" strokeWidth="1.8" strokeLinecap="round" />;
  return <path d={wedge(left)} fill="currentColor" />;
}

/** A wedge from twelve o'clock, clockwise, of the share left. */
function wedge(left: number): string {
  if (left >= 0.999) return `M8 4a4 4 0 1 1 0 8a4 4 0 1 1 0-8z`;
  const angle = 2 * Math.PI * left;
  const x = CENTRE + 4 * Math.sin(angle);
  const y = CENTRE - 4 * Math.cos(angle);
  return `M8 8V4A4 4 0 ${left > 0.5 ? 1 : 0} 1 ${x.toFixed(2)} ${y.toFixed(2)}z`;
}
