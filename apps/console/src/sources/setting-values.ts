import type { SaveSourceRequest, SourceSetting } from '@huiying/contracts/http';

/** A setting as the form holds it: every field there, empty ones empty. */
export interface FormValues {
  name: string;
  kind: SourceSetting['kind'];
  url: string;
  channel: SourceSetting['channel'];
  belongsToCity: boolean;
  policies: boolean;
  pollSeconds: number;
  pollSecondsMost: number | null;
  silentAfterHours: number | null;
  heedsRobots: boolean;
  zone?: string | undefined;
  page: Record<string, string | number | boolean | undefined>;
  json: Record<string, string | undefined>;
}

const NEW: Pick<FormValues, 'name' | 'kind' | 'url' | 'channel' | 'belongsToCity' | 'pollSeconds'> = {
  name: '',
  kind: 'feed',
  url: '',
  channel: 'gov-site',
  belongsToCity: true,
  pollSeconds: 600,
};

/** What the form shows of a setting; of none, what most new sources want. */
export function valuesOf(setting: SourceSetting | null): FormValues {
  const { name, kind, url, channel, belongsToCity, pollSeconds } = setting ?? NEW;
  return {
    ...{ name, kind, url: url ?? '', channel, belongsToCity, pollSeconds },
    pollSecondsMost: setting?.pollSecondsMost ?? null,
    silentAfterHours: setting?.silentAfterHours ?? null,
    heedsRobots: setting?.heedsRobots !== false,
    policies: setting?.policies === true,
    zone: setting?.zone,
    page: { pages: 1, articles: true, ...setting?.page },
    json: { ...setting?.json },
  };
}

const filled = <T extends object>(values: T): Partial<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '')) as Partial<T>;

/** The setting that the form means: what was left empty is left out. @param id null for a new one, which gets an id of its address */
export function settingOf(values: FormValues, id: string | null): SaveSourceRequest {
  const { heedsRobots, policies, page, json, pollSecondsMost, silentAfterHours, zone, ...rest } = values;
  return {
    ...rest,
    url: rest.url.trim(),
    ...filled({ pollSecondsMost, silentAfterHours, zone }),
    ...(policies ? { policies: true } : {}),
    ...(heedsRobots ? {} : { heedsRobots: false }),
    ...(rest.kind === 'page' ? { page: filled(page) } : {}),
    ...(rest.kind === 'json' ? { json: filled(json) } : {}),
    ...(id === null ? {} : { id }),
  } as SaveSourceRequest;
}
