import type { CityConfig } from '@huiying/settings';
import type { AddTerm, Place } from './lexicon.js';

/** 澄溪县 is also called 澄溪; 青石铺镇 also 青石铺 where the config says so. */
export function addCity(config: Readonly<CityConfig>, add: AddTerm): void {
  const { city, districts, landmarks } = config;
  const own = new Set([city.name, ...districts.flatMap((d) => [d.name, ...d.towns.map((t) => t.name)])]);
  const names = (place: Place, aliases: readonly string[]) => {
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

/** Every name of the city and its places, official ones and those that people use. */
export function placeNamesOf({ city, districts, landmarks }: CityConfig): string[] {
  const towns = districts.flatMap((district) => district.towns);
  const named = [city, ...districts, ...towns, ...landmarks].flatMap(({ name, aliases }) => [name, ...aliases]);
  return [...named, ...towns.flatMap((town) => town.villages)];
}
