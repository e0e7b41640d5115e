import type { CityConfig } from '@huiying/settings';
import { fold } from '@huiying/text';
import type { AddTerm, Place } from './lexicon.js';

/** 澄溪县 is also called 澄溪; 青石铺镇 also 青石铺 where the config says so. */
export function addCity(config: Readonly<CityConfig>, add: AddTerm): void {
  const { city, districts, landmarks } = config;
  const own = new Set([city.name, ...districts.flatMap((d) => [d.name, ...d.towns.map((t) => t.name)])]);
  const common = new Set(city.commonNames);
  const names = (given: Omit<Place, 'namesakes'>, aliases: readonly string[]) => {
    const place = { ...given, common: given.common || common.has(given.name), namesakes: namesakesOf(config, [given.name, ...aliases]) };
    add(place.name, { kind: 'place', place, full: true });
    for (const alias of aliases) add(alias, { kind: 'place', place, full: own.has(alias) });
  };
  names({ name: city.name, rank: 'city', district: null, common: false }, city.aliases);
  for (const organ of city.organs) add(organ, { kind: 'organ' });
  for (const self of city.selfNames) add(self, { kind: 'self' });
  for (const mistake of city.notPlaces) add(mistake, { kind: 'exception', of: 'place' });
  for (const district of districts) {
    names({ name: district.name, rank: 'district', district: district.code, common: false }, district.aliases);
    for (const town of district.towns) {
      names({ name: town.name, rank: 'town', district: district.code, common: town.common }, town.aliases);
      for (const name of town.villages) names({ name, rank: 'village', district: district.code, common: false }, []);
    }
  }
  for (const { name, district, common, aliases } of landmarks)
    names({ name, rank: 'landmark', district: district ?? null, common }, aliases);
}

function namesakesOf({ city }: Readonly<CityConfig>, called: readonly string[]): Place['namesakes'] {
  return city.namesakes
    .filter(({ name }) => called.includes(name))
    .map(({ name, is, near }) => ({ called: fold(name), is, near: near.map(fold) }));
}
