import { iCalendar } from './ical.js';

const at = new Date('2026-11-18T01:00:00Z');
const event = { uid: 'a@h', from: at, to: new Date('2026-11-18T12:00:00Z'), summary: '值班员', description: '白班' };

it('writes UTC instants between CRLF', () => {
  const text = iCalendar('值班', [event], at);
  expect(text).toContain(
    'BEGIN:VEVENT\r\nUID:a@h\r\nDTSTAMP:20261118T010000Z\r\nDTSTART:20261118T010000Z\r\nDTEND:20261118T120000Z\r\nSUMMARY:值班员\r\n',
  );
  expect(text.replace(/\r\n/g, '')).not.toMatch(/[\r\n]/);
});

it('lets no text end a line or begin a property', () => {
  const text = iCalendar('a', [{ ...event, summary: '换班；陆,何;\nEND:VEVENT\\' }], at);
  expect(text).toContain('SUMMARY:换班；陆\\,何\\;\\nEND:VEVENT\\\\\r\n');
});

it('folds at 75 octets and breaks no character', () => {
  const description = `${'望川市值班🏭'.repeat(40)}`;
  const text = iCalendar('a', [{ ...event, description }], at);
  const lines = text.split('\r\n');
  expect(lines.every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
  expect(text.replace(/\r\n /g, '')).toContain(`DESCRIPTION:${description}\r\n`);
  expect(text).not.toContain('\uFFFD');
});
