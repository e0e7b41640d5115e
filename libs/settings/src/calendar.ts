import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { WorkCalendar, type CalendarYear } from '@huiying/domain';
import { BadConfig, pathShown, readConfigFile } from './config-file.js';
import { localDate } from './rules.js';

const named = z.object({ name: z.string().trim().min(1), days: z.array(localDate).min(1) }).strict();

/** config/calendar/YYYY.yaml: what one year's notice lays down. */
function calendarFile(year: number) {
  return z
    .object({
      year: z.literal(year, `must be ${year}, as the file's name says`),
      source: z.string().trim().min(1).nullable(),
      sourceNote: z.string().trim().min(1),
      holidays: z.array(named).min(1),
      workdays: z.array(named),
    })
    .strict()
    .superRefine((file, context) => {
      try {
        new WorkCalendar([file]);
      } catch (cause) {
        context.addIssue({ code: 'custom', path: ['year'], message: (cause as Error).message });
      }
    });
}

/**
 * The working-day calendar of config/calendar, one file per year. A year without a file is provisional, never an error:
 * its notice may not be out yet.
 * @throws BadConfig when a file is unusable, or two files speak of one day
 */
export function readCalendar(folder: string): WorkCalendar {
  const calendar = join(folder, 'calendar');
  const years: CalendarYear[] = (existsSync(calendar) ? readdirSync(calendar) : [])
    .map((name) => /^(\d{4})\.yaml$/.exec(name))
    .filter((match) => match !== null)
    .map((match) => readConfigFile(folder, `calendar/${match[0]}`, calendarFile(Number(match[1]))));
  if (years.length === 0)
    throw new BadConfig(pathShown(folder, 'calendar'), ['holds no YYYY.yaml: without any year nothing could be counted']);
  try {
    return new WorkCalendar(years);
  } catch (cause) {
    throw new BadConfig(pathShown(folder, 'calendar'), [(cause as Error).message]);
  }
}
