import { idAt, idBeside, stableId } from './stable-id.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[58][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const [EARLY, LATE] = [new Date('2026-11-20T02:00:00.000Z'), new Date('2026-11-20T02:00:00.001Z')];

describe('ids made of what they name', () => {
  it('are the same for the same parts, and others for others', () => {
    for (const made of [stableId, (...parts: string[]) => idAt(EARLY, ...parts)]) {
      expect(made('a', 'bc')).toMatch(UUID);
      expect(made('a', 'bc')).toBe(made('a', 'bc'));
      expect(made('a', 'bc')).not.toBe(made('ab', 'c'));
    }
    // Stored ever since: it must not become another.
    expect(stableId('case', '00000000-0000-4000-8000-000000000001')).toBe('72823bc9-ec82-5428-b259-efacf98de725');
  });

  it('stand in the order of their instants', () => {
    expect([idAt(LATE, 'a'), idAt(EARLY, 'b'), idAt(EARLY, 'a')].sort().at(-1)).toBe(idAt(LATE, 'a'));
    expect(idAt(EARLY, 'a').slice(0, 13)).toBe(idAt(EARLY, 'b').slice(0, 13));
  });

  it('stand beside the id of what they belong to, in turn', () => {
    const anchor = idAt(EARLY, 'case');
    const beside = idBeside(anchor, 'deadline', anchor);
    expect(beside).not.toBe(anchor);
    expect(beside).toMatch(UUID);
    expect(beside.slice(0, 13)).toBe(anchor.slice(0, 13));
    expect(idBeside(beside, 'step').slice(0, 13)).toBe(anchor.slice(0, 13));
  });

  it.each([stableId('case'), 'd9428888-122b-41e1-b85c-61cd3cbb3210', '019aa0d0-b800-7000-8000-000000000000', ''])(
    'are as ever beside what was stored before: %s',
    (anchor) => expect(idBeside(anchor, 'deadline', anchor)).toBe(stableId('deadline', anchor)),
  );
});
