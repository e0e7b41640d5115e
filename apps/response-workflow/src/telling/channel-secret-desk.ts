import { Inject, Injectable } from '@nestjs/common';
import { channelSecretsRequest, type ChannelSecretsRequest } from '@huiying/contracts/http';
import { BadInput, lastDayFault, NotFound, Refusal, type Fault } from '@huiying/domain';
import { AuditTrail, Channels, ChannelSecrets, type Tx } from '@huiying/persistence';
import { check } from '@huiying/platform';
import { secretsOf, type ChannelSetting } from '@huiying/settings';
import type { Actor } from '../accounts/index.js';
import { ChannelBook } from '../notifying/index.js';
import { WorkflowStore } from '../timeline/index.js';

interface Done {
  action: 'channel.secret-set' | 'channel.secret-removed';
  channel: string;
  /** Never a secret. */
  detail: Record<string, unknown>;
}

/** Secrets of channels (渠道密钥), set by an administrator. What was set is never shown again. */
@Injectable()
export class ChannelSecretDesk {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(ChannelBook) private readonly book: ChannelBook,
  ) {}

  /** Sets or replaces those that are given; the others stay. @throws BadInput, NotFound */
  async set(channel: string, request: ChannelSecretsRequest, actor: Actor): Promise<void> {
    const { secrets, expiresAt } = check(channelSecretsRequest, request);
    const setting = this.settingOf(channel);
    const names = Object.keys(secrets);
    const faults = [...faultsOf(setting, secrets), ...expiryFaults(expiresAt, this.store.now())];
    if (faults.length > 0) throw new BadInput(faults);
    await this.change(async (tx, now) => {
      const kept = new ChannelSecrets(tx);
      for (const name of names) {
        const sealed = this.book.vault.sealed(channel, name, secrets[name]!);
        await kept.set({ channel, name, sealed, expiresOn: expiresAt, setAt: now, setBy: actor.name });
      }
      await this.probeSoon(tx, channel, now);
      await this.audit(tx, now, actor, { action: 'channel.secret-set', channel, detail: { names, expiresAt } });
    });
  }

  /** Takes back what was set here: those of the environment count again, where there are any. @throws NotFound, Refusal nothing-set */
  async remove(channel: string, actor: Actor): Promise<void> {
    this.settingOf(channel);
    await this.change(async (tx, now) => {
      const names = await new ChannelSecrets(tx).remove(channel);
      if (names.length === 0)
        throw new Refusal('nothing-set', `no secret of ${channel} was set on the console`, '该渠道没有在控制台设置密钥');
      await this.probeSoon(tx, channel, now);
      await this.audit(tx, now, actor, { action: 'channel.secret-removed', channel, detail: { names } });
    });
  }

  private settingOf(channel: string): ChannelSetting {
    const open = this.book.find(channel);
    if (!open) throw new NotFound('channel', channel);
    return open.setting;
  }

  private async change(work: (tx: Tx, now: Date) => Promise<void>): Promise<void> {
    await this.store.change(work);
    this.book.vault.forget();
  }

  /** A broken channel is tried at once with what is new. */
  private async probeSoon(tx: Tx, channel: string, now: Date): Promise<void> {
    const channels = new Channels(tx);
    const row = await channels.lock(channel);
    if (row !== null && row.brokenSince !== null) await channels.change(channel, { probeAt: now });
  }

  private async audit(tx: Tx, at: Date, actor: Actor, done: Done): Promise<void> {
    const { id: personId, name: who, origin } = actor;
    const { action, channel, detail } = done;
    await new AuditTrail(tx).add({ at, personId, who, action, subject: `channel:${channel}`, origin, detail });
  }
}

/** What came is never in a fault. */
function faultsOf(setting: ChannelSetting, secrets: Record<string, string>): Fault[] {
  const known = secretsOf(setting);
  return Object.entries(secrets).flatMap(([name, value]): Fault[] => {
    const field = `secrets.${name}`;
    if (!known.includes(name))
      return [{ field, rule: `must be one of ${known.join(', ')}`, message: `该渠道没有这一项，只有 ${known.join('、')}` }];
    if (/^\s|\s$|\p{Cc}/u.test(value))
      return [
        { field, rule: 'must hold no line break and begin and end with no blank', message: '不能有换行，首尾不能有空格，请重新粘贴' },
      ];
    if (setting.kind === 'email' && !isSmtp(value))
      return [
        { field, rule: 'must be smtp://user:password@host:port or smtps://…', message: '应为 smtp://账号:密码@主机:端口 或 smtps:// 开头' },
      ];
    return [];
  });
}

function isSmtp(value: string): boolean {
  return URL.canParse(value) && /^smtps?:$/.test(new URL(value).protocol) && new URL(value).hostname !== '';
}

function expiryFaults(expiresAt: string | null, now: Date): Fault[] {
  const fault = expiresAt === null ? null : lastDayFault(expiresAt, now);
  return fault === null ? [] : [{ field: 'expiresAt', rule: fault.rule, got: expiresAt, message: '有效期须在今天和五年之间' }];
}
