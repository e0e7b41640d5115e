import type { Judgement } from '@huiying/contracts';
import { foreignHits } from './elsewhere.js';
import type { CompiledLexicon, Place } from './lexicon.js';
import { namesakeHits, namesakeReasons } from './namesakes.js';
import { longest, quoted, reasonOf, type Hit, type OpinionData, type Reading } from './reading.js';

export type Jurisdiction = Judgement['jurisdiction'];

/** How much one mention says that the text is about this city. From ENOUGH on it is. */
const WEIGHTS: Record<Place['rank'], { full: number; alias: number }> = {
  city: { full: 3, alias: 2 },
  district: { full: 3, alias: 2 },
  town: { full: 2, alias: 1.5 },
  village: { full: 1.5, alias: 1.5 },
  landmark: { full: 1.5, alias: 1.5 },
};
const COMMON_WEIGHT = 0.5;
const FOREIGN_WEIGHT = 1.5;
const ENOUGH = 1.5;
/** A foreign name from here on in a title is a comparison, not the subject. */
const TITLE_HEAD = 4;
const RANKS: Place['rank'][] = ['landmark', 'village', 'town', 'district', 'city'];

/** Whether the opinion is about this city (是否属于本市), from the places and bodies named, the source and the hotline order. */
export function judgeJurisdiction(reading: Reading, lexicon: CompiledLexicon): Jurisdiction {
  const ours = ourPlaces(reading);
  const places = placeNames(reading.data, ours, lexicon);
  const { order, channel } = reading.data;
  if (order !== null || channel === 'hotline') {
    const region = order?.region ? `，登记区域为${order.region}` : '';
    return { verdict: 'ours', places, reasons: [reasonOf(reading, `12345热线由本市受理的工单${region}`, ours)] };
  }
  const organs = [...reading.hits('organ'), ...selfNames(reading, lexicon)];
  const same = meantElsewhere(reading, ours);
  const foreign = [...foreignHits(reading, lexicon), ...same];
  const weight = weigh(ours, organs);
  const named = ours.length + organs.length > 0;
  const verdict = named
    ? verdictWhereNamed(weight, [...ours, ...organs], foreign, reading, lexicon)
    : verdictWhereNotNamed(foreign, reading, lexicon);
  return {
    verdict: verdict.verdict,
    places: verdict.verdict === 'not-ours' ? [] : places,
    reasons: [...verdict.reasons, ...namesakeReasons(reading, same)],
  };
}

type Verdict = Pick<Jurisdiction, 'verdict' | 'reasons'>;
type Spot = Pick<Hit, 'field' | 'start' | 'end'>;

function verdictWhereNamed(weight: number, ours: Spot[], foreign: readonly Spot[], reading: Reading, lexicon: CompiledLexicon): Verdict {
  const isLocal = isFromCity(reading, lexicon);
  const names = reasonOf(reading, `提到本市地名、单位${quoted(reading, ours)}`, ours);
  const abroad = reasonOf(reading, `同时提到外地${quoted(reading, foreign)}`, foreign);
  const inTitle = (spots: readonly Spot[]) => spots.some((spot) => spot.field === 'title');
  const against = foreign.length * FOREIGN_WEIGHT;
  if (foreign.length > 0 && !inTitle(ours) && (inTitle(foreign) || against > 2 * weight)) {
    const tells = reasonOf(reading, `主要说的是外地${quoted(reading, foreign)}，只附带提到本市`, foreign);
    return { verdict: isLocal || weight >= against ? 'unsure' : 'not-ours', reasons: [tells, names] };
  }
  if (weight >= ENOUGH) return { verdict: 'ours', reasons: foreign.length > 0 ? [names, abroad] : [names] };
  if (isLocal) return { verdict: 'ours', reasons: [names, reasonOf(reading, `来自本地信源“${reading.data.sourceName}”`)] };
  return {
    verdict: foreign.length > 0 ? 'not-ours' : 'unsure',
    reasons: [reasonOf(reading, `只提到${quoted(reading, ours)}，各地重名较多，不足以认定`, ours)],
  };
}

/** The collector knows the sources that staff added on the console; events from before it said so are told by the configuration. */
function isFromCity({ data }: Reading, lexicon: CompiledLexicon): boolean {
  return data.fromCity ?? lexicon.citySources.has(data.sourceId);
}

function verdictWhereNotNamed(foreign: readonly Spot[], reading: Reading, lexicon: CompiledLexicon): Verdict {
  const { sourceName, channel } = reading.data;
  const tells = reasonOf(reading, `说的是外地${quoted(reading, foreign)}，未提到本市`, foreign);
  if (!isFromCity(reading, lexicon)) {
    if (foreign.length > 0) return { verdict: 'not-ours', reasons: [tells] };
    return { verdict: 'unsure', reasons: [reasonOf(reading, `文中没有本市地名，信源“${sourceName}”也不是本地信源，无法确定属地`)] };
  }
  if (foreign.length === 0) {
    return { verdict: 'ours', reasons: [reasonOf(reading, `来自本地信源“${sourceName}”，文中没有写外地地名，按本市的事研判`)] };
  }
  if (channel === 'news') return { verdict: 'not-ours', reasons: [tells] };
  // Citizens of ours compare with other cities; a title that begins with another city is about that city.
  if (foreign.some((hit) => hit.field === 'title' && hit.start <= TITLE_HEAD)) return { verdict: 'unsure', reasons: [tells] };
  return {
    verdict: 'ours',
    reasons: [reasonOf(reading, `来自本地信源“${sourceName}”，只附带提到外地${quoted(reading, foreign)}`, foreign)],
  };
}

/** Mentions of our places, without those that are another's: “杭州市临浦镇”, “临浦镇” where ours is a district. */
export function ourPlaces(reading: Reading): Hit<'place'>[] {
  const named = namedPlaces(reading);
  const namesakes = namesakeHits(reading, named);
  if (namesakes.length === 0) return named;
  const sure = named.filter((hit) => !namesakes.some((one) => one.field === hit.field && one.start === hit.start));
  // What else is named of ours tells that this one is ours too.
  return weigh(sure, reading.hits('organ')) >= ENOUGH ? named : sure;
}

function namedPlaces(reading: Reading): Hit<'place'>[] {
  const elsewhere = reading.hits('elsewhere');
  return longest(reading.hits('place')).filter((hit) => !isUnderForeign(reading, hit, elsewhere) && !isOtherUnit(reading, hit));
}

/** Mentions of a name of ours that mean a place elsewhere. */
function meantElsewhere(reading: Reading, ours: readonly Hit<'place'>[]) {
  return namesakeHits(reading, namedPlaces(reading)).filter((hit) => !ours.some((o) => o.field === hit.field && o.start === hit.start));
}

const UNITS = /^(?!乡镇|区县|县区)[省市区县镇乡州盟](?![域划块属内里外委管直])/;
const OWN_UNIT = /[省市区县镇乡州盟]$|街道$/;

/** An alias with a unit that is not ours: 望川县, 临浦镇. */
function isOtherUnit(reading: Reading, hit: Hit<'place'>): boolean {
  const { folded } = reading[hit.field];
  if (OWN_UNIT.test(folded.slice(hit.start, hit.end))) return false;
  const { rank, name } = hit.use.place;
  if (rank === 'village' || rank === 'landmark') return false;
  const follows = folded.slice(hit.end, hit.end + 2);
  return UNITS.test(follows) && !name.endsWith(follows[0]!);
}

/** “浙江省杭州市萧山区” directly before the name: the same name elsewhere. */
const CHAIN = /^[省市]?(?:[\u4e00-\u9fa5]{1,4}?[市区县州盟旗])?[的·\s]?$/;
const LONGEST_CHAIN = 7;

function isUnderForeign(reading: Reading, hit: Hit<'place'>, elsewhere: readonly Hit<'elsewhere'>[]): boolean {
  const { folded } = reading[hit.field];
  return elsewhere.some((e) => {
    if (e.field !== hit.field || e.end > hit.start || hit.start - e.end > LONGEST_CHAIN) return false;
    return CHAIN.test(folded.slice(e.end, hit.start));
  });
}

function selfNames(reading: Reading, lexicon: CompiledLexicon): readonly Hit<'self'>[] {
  return isFromCity(reading, lexicon) ? reading.hits('self') : [];
}

/** Each place counts once, however often it is named. */
function weigh(places: readonly Hit<'place'>[], organs: readonly Spot[]): number {
  const best = new Map<string, number>();
  for (const { use } of places) {
    const weight = use.place.common ? COMMON_WEIGHT : WEIGHTS[use.place.rank][use.full ? 'full' : 'alias'];
    best.set(use.place.name, Math.max(weight, best.get(use.place.name) ?? 0));
  }
  return [...best.values()].reduce((sum, weight) => sum + weight, 0) + (organs.length > 0 ? WEIGHTS.city.full : 0);
}

/** Most specific first; the district of a street or landmark is added where it was not named. */
function placeNames(data: OpinionData, ours: readonly Hit<'place'>[], lexicon: CompiledLexicon): string[] {
  const places = new Map(ours.map((hit) => [hit.use.place.name, hit.use.place]));
  const names = [...places.values()].sort((a, b) => RANKS.indexOf(a.rank) - RANKS.indexOf(b.rank)).map((p) => p.name);
  const districts = [...places.values()].flatMap((p) => (p.district === null ? [] : [lexicon.districtNames.get(p.district)!]));
  const region = data.order?.region;
  const registered = [...lexicon.districtNames.values()].filter((name) => region?.includes(name));
  return [...new Set([...names, ...districts, ...registered])];
}
