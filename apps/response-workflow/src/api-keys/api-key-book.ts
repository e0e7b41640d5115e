import { Inject, Injectable } from '@nestjs/common';
import type { ApiKeyView, ApiSystemView } from '@huiying/contracts/http';
import { daysTo, keyState, type KeyTerms } from '@huiying/domain';
import { ApiKeyRing, ENVIRONMENT, fingerprintOf, keyDigest } from '@huiying/platform';
import { ApiKeys, type ApiKeyRow, type ApiSystemRow, type Queries } from '@huiying/persistence';
import { lastDayOf, type ApiKey, type Environment } from '@huiying/settings';

/** Characters of a key of the environment that are shown; it has sixteen or more. */
const SHOWN_OF_ENVIRONMENT = 4;

/** A key of whatever origin, as far as its end goes. */
export interface KeyEntry {
  /** Names it in notices for ever; tells nothing of it. */
  fingerprint: string;
  prefix: string;
  terms: KeyTerms;
  row: ApiKeyRow | null;
}

/** A system with all its keys. */
export interface SystemEntry {
  name: string;
  row: ApiSystemRow | null;
  keys: KeyEntry[];
}

/** Reads which systems there are and which keys each has: those of the environment, of config/hotline.yaml and of the console. */
@Injectable()
export class ApiKeyBook {
  private readonly ofEnvironment: readonly ApiKey[];

  constructor(
    @Inject(ENVIRONMENT) environment: Environment,
    @Inject(ApiKeyRing) private readonly ring: ApiKeyRing,
  ) {
    this.ofEnvironment = environment.apiKeys;
  }

  async systems(on: Queries): Promise<SystemEntry[]> {
    const stored = new ApiKeys(on);
    const [systems, rows] = [await stored.systems(), await stored.keys()];
    const names = [
      ...new Set([
        ...this.ofEnvironment.map(({ name }) => name),
        ...this.ring.listed(),
        ...systems.map(({ name }) => name),
        ...rows.map(({ system }) => system),
      ]),
    ].sort();
    return names.map((name) => ({
      name,
      row: systems.find((one) => one.name === name) ?? null,
      keys: [
        ...rows.filter(({ system }) => system === name).map(entryOfRow),
        ...this.ofEnvironment.filter((one) => one.name === name).map(entryOfEnvironment),
      ],
    }));
  }

  async find(on: Queries, name: string): Promise<SystemEntry | null> {
    return (await this.systems(on)).find((one) => one.name === name) ?? null;
  }

  async views(on: Queries, now: Date): Promise<ApiSystemView[]> {
    const [systems, uses] = [await this.systems(on), await new ApiKeys(on).uses()];
    const rows = systems.flatMap(({ row }) => row ?? []);
    return systems.map(({ name, row, keys }) => {
      const { client, from } = this.ring.termsOf(name, rows);
      const views = keys.map((key) => keyView(key, uses.get(key.fingerprint) ?? null, now));
      return {
        name,
        title: row?.title ?? null,
        ...{ scopes: client.scopes, requestsPerMinute: client.requestsPerMinute, mustSign: client.mustSign, termsFrom: from },
        keys: [...views.filter(({ state }) => state !== 'ended'), ...views.filter(({ state }) => state === 'ended')],
      };
    });
  }
}

function entryOfRow(row: ApiKeyRow): KeyEntry {
  const { lastDay, endedAt } = row;
  return { fingerprint: fingerprintOf(row.digest), prefix: row.prefix, terms: { lastDay, endedAt }, row };
}

function entryOfEnvironment({ key, endsAt }: ApiKey): KeyEntry {
  const terms = { lastDay: endsAt === null ? null : lastDayOf(endsAt), endedAt: null };
  return { fingerprint: fingerprintOf(keyDigest(key)), prefix: key.slice(0, SHOWN_OF_ENVIRONMENT), terms, row: null };
}

function keyView({ prefix, terms, row }: KeyEntry, usedAt: Date | null, now: Date): ApiKeyView {
  return {
    id: row?.id ?? null,
    prefix,
    from: row === null ? 'environment' : 'console',
    state: keyState(terms, now),
    lastDay: terms.lastDay,
    daysLeft: terms.lastDay === null ? null : daysTo(terms.lastDay, now),
    lastUsedAt: usedAt?.toISOString() ?? null,
    madeAt: row?.madeAt.toISOString() ?? null,
    madeBy: row?.madeBy ?? null,
    endedAt: row?.endedAt?.toISOString() ?? null,
    endedBy: row?.endedBy ?? null,
    endReason: row?.endReason ?? null,
  };
}
