/** One turn of duty as a calendar shows it. */
export interface DutyEvent {
  /** The same for the same turn for ever, so that a calendar replaces it. */
  uid: string;
  from: Date;
  to: Date;
  summary: string;
  description: string;
}

const FOLD_OCTETS = 75;

/** A calendar after RFC 5545: UTC instants, text escaped, lines ended by CRLF and folded at 75 octets without breaking a character. */
export function iCalendar(name: string, events: readonly DutyEvent[], at: Date): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Huiying//Duty//ZH',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escaped(name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    ...events.flatMap(({ uid, from, to, summary, description }) => [
      'BEGIN:VEVENT',
      `UID:${escaped(uid)}`,
      `DTSTAMP:${stamp(at)}`,
      `DTSTART:${stamp(from)}`,
      `DTEND:${stamp(to)}`,
      `SUMMARY:${escaped(summary)}`,
      `DESCRIPTION:${escaped(description)}`,
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function stamp(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r\n|\n|\r/g, '\\n');
}

function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  for (const sign of line) {
    // The space that begins a continued line counts too.
    const room = FOLD_OCTETS - (parts.length > 0 ? 1 : 0);
    if (Buffer.byteLength(part + sign) > room) {
      parts.push(part);
      part = '';
    }
    part += sign;
  }
  return [...parts, part].join('\r\n ');
}
