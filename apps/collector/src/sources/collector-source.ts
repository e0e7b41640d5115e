import type { SourceEntry } from '@huiying/persistence';
import type { SourceSetting } from '@huiying/settings';
import { readZone } from '../feeds/index.js';

/** A source as config/sources.yaml, the console or the demo names it. */
export type CollectorSource = Readonly<SourceSetting>;

export const HOTLINE_SOURCE_ID = 'hotline-12345';

/** The 12345 intake where the list names no hotline of its own. */
export const HOTLINE: CollectorSource = {
  id: HOTLINE_SOURCE_ID,
  name: '12345政务服务便民热线',
  kind: 'hotline',
  channel: 'hotline',
  url: null,
  pollSeconds: 300,
  belongsToCity: true,
};
/** Chinese sites leave the zone out because to them there is only one. */
const BEIJING = 480;

/** The list with a hotline in it: records are taken whether or not somebody thought of naming their source. */
export function withHotline(sources: readonly CollectorSource[]): CollectorSource[] {
  return sources.some((s) => s.kind === 'hotline') ? [...sources] : [...sources, HOTLINE];
}

export function zoneOf({ zone }: Pick<CollectorSource, 'zone'>): number {
  return zone === undefined ? BEIJING : (readZone(zone, BEIJING) ?? BEIJING);
}

export function entryOf(source: CollectorSource): SourceEntry {
  const { id, name, kind, channel, url, pollSeconds } = source;
  const host = url === null ? null : new URL(url).host;
  return { id, name, kind, channel, url, host, pollSeconds, zoneMinutes: zoneOf(source), setting: source };
}
