import { Chance } from './chance.js';
import { CALLS_LIVING } from './texts/calls-living.js';
import { CALLS_RIGHTS } from './texts/calls-rights.js';
import { FAMILIES } from './texts/families.js';
import type { Call } from './texts/written.js';

/** Who has the demo city learn. */
export const DEMO_TEACHER = 'linkaiwen';
/** Each trouble was told from so many places. */
const PLACES_EACH = 2;

/** Last year's hotline records and who answered them: what the demo city's model is learned from. The same every time. */
export function demoHistory(): { title: string; text: string; labels: { department: string } }[] {
  const chance = new Chance('history');
  const told: Call[] = FAMILIES.flatMap((family) =>
    Array.from({ length: family.faces * PLACES_EACH }, (_, face) => family.tell(chance, chance.pick(family.places), face % family.faces)),
  );
  return [...CALLS_LIVING, ...CALLS_RIGHTS, ...told].map(({ title, content, leadUnit }) => ({
    title,
    text: content,
    labels: { department: leadUnit },
  }));
}
