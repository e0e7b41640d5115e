import { z } from 'zod';
import { readConfigFile } from './config-file.js';

const name = z.string().trim().min(2, 'must have at least two characters: a single one is found everywhere');
const names = z.array(name).default([]);
/** Six digits for a district, nine for a street or town, as GB/T 2260 and its extension write them. */
const districtCode = z.string().regex(/^\d{6}$/, 'must be six digits in quotes');
const townCode = z.string().regex(/^\d{9}$/, 'must be nine digits in quotes');

const town = z
  .object({
    name,
    code: townCode,
    aliases: names,
    /** 村和社区. */
    villages: names,
    /** A name that many cities have: alone it is no evidence. */
    common: z.boolean().default(false),
  })
  .strict();

const district = z.object({ name, code: districtCode, aliases: names, towns: z.array(town).min(1) }).strict();

const landmark = z
  .object({
    name,
    /** 道路 学校 医院 小区 …, as staff call it. */
    kind: z.string().min(1),
    district: districtCode.optional(),
    aliases: names,
    common: z.boolean().default(false),
  })
  .strict();

interface Named {
  name: string;
  aliases: readonly string[];
}

/** What of the configuration names places. */
interface CityPlaces {
  city: Named;
  districts: readonly (Named & { towns: readonly (Named & { villages: readonly string[] })[] })[];
  landmarks: readonly Named[];
}

const schema = z
  .object({
    city: z
      .object({
        name,
        code: districtCode,
        aliases: names,
        /** 我市 and the like: they mean this city only in a source of this city. */
        selfNames: names,
        /** Strings that hold a place name by accident. */
        notPlaces: names,
        /** Names of villages, streets or landmarks that many cities have, as `common` says it of one. */
        commonNames: names,
        /** Places elsewhere that bear a name of ours, and words that tell that they are meant. */
        namesakes: z.array(z.object({ name, is: z.string().min(2), near: z.array(name).min(1) }).strict()).default([]),
        /** Bodies of the city: 望川市政府. */
        organs: names,
        /** 兜底单位: id of departments.yaml; takes what is disputed and not ruled on in time. */
        fallbackDepartment: z.string().min(1).optional(),
        /** 政策解读: `deploy` within 3 working days (PI-01), `publish` at once with the document (PI-03). */
        interpretationSync: z.enum(['deploy', 'publish']).default('deploy'),
      })
      .strict(),
    districts: z.array(district).min(1),
    landmarks: z.array(landmark).default([]),
  })
  .strict()
  .superRefine((file, ctx) => {
    const seen = new Set<string>();
    const claim = (code: string, path: (string | number)[]) => {
      if (seen.has(code)) ctx.addIssue({ code: 'custom', path, message: `code ${code} is given twice` });
      seen.add(code);
    };
    file.districts.forEach((d, i) => {
      claim(d.code, ['districts', i, 'code']);
      d.towns.forEach((t, j) => {
        claim(t.code, ['districts', i, 'towns', j, 'code']);
        if (!t.code.startsWith(d.code)) {
          ctx.addIssue({
            code: 'custom',
            path: ['districts', i, 'towns', j, 'code'],
            message: `code ${t.code} must start with ${d.code}, the code of ${d.name}`,
          });
        }
      });
    });
    const called = new Set(placeNamesOf(file));
    const known = (one: string, path: (string | number)[]) => {
      if (!called.has(one)) ctx.addIssue({ code: 'custom', path, message: `${one} is no name of a place of this city` });
    };
    file.city.commonNames.forEach((one, i) => known(one, ['city', 'commonNames', i]));
    file.city.namesakes.forEach((one, i) => known(one.name, ['city', 'namesakes', i, 'name']));
    const districts = new Set(file.districts.map((d) => d.code));
    file.landmarks.forEach((l, i) => {
      if (l.district !== undefined && !districts.has(l.district)) {
        ctx.addIssue({ code: 'custom', path: ['landmarks', i, 'district'], message: `names the unknown district ${l.district}` });
      }
    });
  });

export type CityConfig = z.infer<typeof schema>;

/** Every name of the city and its places, official ones and those that people use. */
export function placeNamesOf({ city, districts, landmarks }: CityPlaces): string[] {
  const towns = districts.flatMap((one) => one.towns);
  const named = [city, ...districts, ...towns, ...landmarks].flatMap((one) => [one.name, ...one.aliases]);
  return [...named, ...towns.flatMap((one) => one.villages)];
}

/** The places of the city, from config/city.yaml or a file like it. @throws BadConfig with line, field and rule of every fault */
export function readCity(folder: string, file = 'city.yaml'): Readonly<CityConfig> {
  return readConfigFile(folder, file, schema);
}
