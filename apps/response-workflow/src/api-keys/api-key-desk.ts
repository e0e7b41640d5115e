import { randomBytes, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { TOPICS } from '@huiying/contracts';
import {
  systemName,
  type ApiSystemView,
  type changeSystemRequest,
  type endKeyRequest,
  type KeyMade,
  type lastDayRequest,
  type newKeyRequest,
  type newSystemRequest,
} from '@huiying/contracts/http';
import { BadInput, keyState, lastDayFault, MOST_LIVING_KEYS, NotFound, Refusal } from '@huiying/domain';
import { outgoing } from '@huiying/messaging';
import { ApiKeyRing, keyDigest } from '@huiying/platform';
import { ApiKeys, AuditTrail, type ApiKeyRow, type Tx } from '@huiying/persistence';
import type { z } from 'zod';
import type { Actor } from '../accounts/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { ApiKeyBook, type SystemEntry } from './api-key-book.js';

/** Begins every key that we make, so that one that leaked into a file is recognised. */
const KEY_MARK = 'hyk_';
const SECRET_MARK = 'hys_';
const RANDOM_BYTES = 32;
/** The mark and as much as tells one key from another. */
const SHOWN = KEY_MARK.length + 6;

type Act = 'made' | 'last-day-set' | 'ended' | 'system-changed';
interface Change {
  act: Act;
  system: string;
  keyId: string | null;
  lastDay: string | null;
  reason: string | null;
  /** What else the audit trail keeps. Never the key or its secret. */
  detail: Record<string, unknown>;
}

/** Keys of other systems (接口密钥): made, changed over and ended by an administrator. */
@Injectable()
export class ApiKeyDesk {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(ApiKeyBook) private readonly book: ApiKeyBook,
    @Inject(ApiKeyRing) private readonly ring: ApiKeyRing,
  ) {}

  list(): Promise<ApiSystemView[]> {
    return this.book.views(this.store.database, this.store.now());
  }

  /** A system that nobody knew, with its first key. @throws BadInput name, lastDay; Refusal system-known */
  addSystem(request: z.output<typeof newSystemRequest>, actor: Actor): Promise<KeyMade> {
    const { lastDay, ...system } = request;
    return this.change(async (tx, now) => {
      assertName(system.name);
      assertLastDay(lastDay, now);
      await new ApiKeys(tx).lockSystem(system.name);
      if (await this.book.find(tx, system.name))
        throw new Refusal('system-known', `${system.name} is there already`, `已有名为“${system.name}”的系统，请在它下面增加密钥`);
      await new ApiKeys(tx).saveSystem(system);
      return this.make(tx, system.name, lastDay, actor, now);
    });
  }

  /** What a system may do from now on. @throws NotFound; Refusal set-by-config */
  changeSystem(name: string, request: z.output<typeof changeSystemRequest>, actor: Actor): Promise<void> {
    const { reason, ...terms } = request;
    return this.change(async (tx, now) => {
      const { row: before } = await this.lockSystem(tx, name);
      if (this.ring.listed().includes(name))
        throw new Refusal(
          'set-by-config',
          `what ${name} may do stands in config/hotline.yaml`,
          '该系统的权限由 config/hotline.yaml 设置，请在那里修改',
        );
      await new ApiKeys(tx).saveSystem({ name, ...terms });
      await this.tell(
        tx,
        { act: 'system-changed', system: name, keyId: null, lastDay: null, reason, detail: { before, after: terms } },
        actor,
        now,
      );
    });
  }

  /** One more key of a system, so that it changes over without a gap. @throws BadInput lastDay; NotFound; Refusal too-many-keys */
  addKey(name: string, { lastDay }: z.output<typeof newKeyRequest>, actor: Actor): Promise<KeyMade> {
    return this.change(async (tx, now) => {
      assertLastDay(lastDay, now);
      const { keys } = await this.lockSystem(tx, name);
      if (keys.filter(({ terms }) => keyState(terms, now) !== 'ended').length >= MOST_LIVING_KEYS)
        throw new Refusal(
          'too-many-keys',
          `${name} has ${MOST_LIVING_KEYS} living keys`,
          `“${name}”已有 ${MOST_LIVING_KEYS} 个有效密钥，请先停用不再使用的`,
        );
      return this.make(tx, name, lastDay, actor, now);
    });
  }

  /** @throws BadInput lastDay; NotFound; Refusal key-ended */
  setLastDay(id: string, { lastDay }: z.output<typeof lastDayRequest>, actor: Actor): Promise<void> {
    return this.change(async (tx, now) => {
      const row = await this.lockLiving(tx, id, now);
      if (row.lastDay === lastDay) return;
      assertLastDay(lastDay, now);
      await new ApiKeys(tx).setLastDay(id, lastDay);
      const { system, prefix, lastDay: before } = row;
      await this.tell(tx, { act: 'last-day-set', system, keyId: id, lastDay, reason: null, detail: { prefix, before } }, actor, now);
    });
  }

  /** From now on nobody gets in with it. @throws NotFound; Refusal key-ended */
  end(id: string, { reason }: z.output<typeof endKeyRequest>, actor: Actor): Promise<void> {
    return this.change(async (tx, now) => {
      const { system, prefix, lastDay } = await this.lockLiving(tx, id, now);
      await new ApiKeys(tx).end(id, now, actor.name, reason);
      await this.tell(tx, { act: 'ended', system, keyId: id, lastDay, reason, detail: { prefix } }, actor, now);
    });
  }

  private async change<T>(work: (tx: Tx, now: Date) => Promise<T>): Promise<T> {
    const result = await this.store.change(work);
    this.ring.forget();
    return result;
  }

  private async make(tx: Tx, system: string, lastDay: string | null, actor: Actor, now: Date): Promise<KeyMade> {
    const id = randomUUID();
    const key = KEY_MARK + randomBytes(RANDOM_BYTES).toString('base64url');
    const signingSecret = SECRET_MARK + randomBytes(RANDOM_BYTES).toString('base64url');
    const prefix = key.slice(0, SHOWN);
    const sealedSecret = this.ring.sealSecret(signingSecret, id);
    await new ApiKeys(tx).addKey({ id, system, prefix, digest: keyDigest(key), sealedSecret, lastDay, madeAt: now, madeBy: actor.name });
    await this.tell(tx, { act: 'made', system, keyId: id, lastDay, reason: null, detail: { prefix } }, actor, now);
    return { id, system, key, signingSecret, lastDay };
  }

  private async lockSystem(tx: Tx, name: string): Promise<SystemEntry> {
    await new ApiKeys(tx).lockSystem(name);
    const system = await this.book.find(tx, name);
    if (!system) throw new NotFound('system', name);
    return system;
  }

  private async lockLiving(tx: Tx, id: string, now: Date): Promise<ApiKeyRow> {
    const row = await new ApiKeys(tx).lock(id);
    if (!row) throw new NotFound('key', id);
    if (row.endedAt !== null) {
      const conflict = { by: row.endedBy!, at: row.endedAt.toISOString(), what: '停用了该密钥' };
      throw new Refusal('key-ended', `key ${row.prefix} of ${row.system} was ended`, '该密钥已停用，需要时请增加新密钥', conflict);
    }
    if (keyState(row, now) === 'ended')
      throw new Refusal(
        'key-ended',
        `key ${row.prefix} of ${row.system} ended on ${row.lastDay}`,
        `该密钥已于 ${row.lastDay} 到期，需要时请增加新密钥`,
      );
    return row;
  }

  /** The audit and the event, in the commit of the change. */
  private async tell(tx: Tx, { act, system, keyId, lastDay, reason, detail }: Change, actor: Actor, now: Date): Promise<void> {
    await new AuditTrail(tx).add({
      at: now,
      personId: actor.id,
      who: actor.name,
      action: `api-key.${act}`,
      subject: `api-system:${system}`,
      origin: actor.origin,
      detail: { keyId, lastDay, ...detail, ...(reason === null ? {} : { reason }) },
    });
    const { client } = this.ring.termsOf(system, await new ApiKeys(tx).systems());
    // A person's act, committed once: nothing finds this fact a second time.
    const about = { id: randomUUID(), occurredAt: now, causedBy: null };
    tx.send(outgoing(TOPICS.apiKeyChanged, system, about, { system, keyId, act, lastDay, scopes: client.scopes, by: actor.name, reason }));
  }
}

/** @throws BadInput */
function assertName(name: string): void {
  const read = systemName.safeParse(name);
  if (read.success) return;
  const rule = read.error.issues[0]!.message;
  throw new BadInput([{ field: 'name', rule, got: name, message: '系统名应为小写字母、数字、-，以字母开头' }]);
}

/** @throws BadInput */
function assertLastDay(lastDay: string | null, now: Date): void {
  const fault = lastDay === null ? null : lastDayFault(lastDay, now);
  if (fault) throw new BadInput([{ field: 'lastDay', rule: fault.rule, got: lastDay, message: fault.said }]);
}
