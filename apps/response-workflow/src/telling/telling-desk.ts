import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  myTellingRequest,
  type ChannelTest,
  type ChannelView,
  type MyTelling,
  type MyTellingRequest,
  type Page,
  type ToldView,
} from '@huiying/contracts/http';
import { BadInput, dayNumber, localDateOf, NotFound, Refusal } from '@huiying/domain';
import { check } from '@huiying/platform';
import {
  AuditTrail,
  CaseFiles,
  Channels,
  Deliveries,
  People,
  TellingLedger,
  TellingPreferences,
  type ToldFilter,
  type ToldRow,
} from '@huiying/persistence';
import { scopeOf, type Actor } from '../accounts/index.js';
import { CityBook } from '../city/index.js';
import { ChannelBook, ChannelHealth } from '../notifying/index.js';
import { csvFile } from '../query/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { toldColumns } from './told-columns.js';

const PAGE = 50;
const OF_CASE = 200;
const EXPORTED_AT_MOST = 5_000;

/** Who was told what, how each wants to be told, and how the channels fare. */
@Injectable()
export class TellingDesk {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(ChannelBook) private readonly book: ChannelBook,
    @Inject(ChannelHealth) private readonly health: ChannelHealth,
    @Inject(CityBook) private readonly city: CityBook,
  ) {}

  async ledger(filter: ToldFilter, cursor: string | null): Promise<Page<ToldView>> {
    const page = await new TellingLedger(this.store.database).page(filter, cursor, PAGE);
    return { ...page, items: page.items.map((row) => this.toView(row)) };
  }

  /** What was told about a case and the alert it came from; a department sees what its own people were told. @throws NotFound */
  async ofCase(caseId: string, actor: Actor): Promise<ToldView[]> {
    const { database } = this.store;
    const scope = scopeOf(actor);
    const file = await new CaseFiles(database).find(caseId, scope);
    if (!file) throw new NotFound('case', caseId);
    const { items } = await new TellingLedger(database).page({ caseId, alertId: file.alertId }, null, OF_CASE);
    return items.filter((row) => scope === null || row.recipientDepartmentId === scope.departmentId).map((row) => this.toView(row));
  }

  /** The ledger as a table, as far as EXPORTED_AT_MOST rows. */
  async csv(filter: ToldFilter, actor: Actor, asked: readonly [string, string][]): Promise<string> {
    const rows: ToldView[] = [];
    for (let cursor: string | null = null; rows.length < EXPORTED_AT_MOST;) {
      const page: Page<ToldView> = await this.ledger(filter, cursor);
      rows.push(...page.items);
      if (page.next === null) break;
      cursor = page.next;
    }
    return csvFile({ name: '通知台账', at: this.store.now(), by: actor.name, asked }, rows, toldColumns());
  }

  async mine(actor: Actor): Promise<MyTelling> {
    const { database } = this.store;
    const person = (await new People(database).find(actor.id))!;
    const preference = (await new TellingPreferences(database).of([actor.id])).get(actor.id);
    const own = preference?.channels ?? [];
    const placeOf = (channel: string) => (own.findIndex((one) => one.channel === channel) + own.length + 1) % (own.length + 1);
    await this.book.vault.refresh();
    const channels = this.book.channels
      .filter((one) => one.setting.roles.includes(person.role) && this.book.isReady(one))
      .map(({ notifier, setting }) => {
        const { channel, name: channelName } = notifier;
        const mine = own.find((one) => one.channel === channel);
        const reaches = notifier.addressOf(person, mine?.address ?? null);
        return {
          channel,
          channelName,
          isOn: mine?.isOn ?? true,
          reaches,
          address: mine?.address ?? null,
          takesAddress: setting.kind === 'feishu',
        };
      })
      .sort((a, b) => placeOf(a.channel) - placeOf(b.channel));
    return { channels, quiet: preference?.quiet ?? [] };
  }

  /** @throws BadInput where a channel is not this city's, or a window is empty */
  async keepMine(request: MyTellingRequest, actor: Actor): Promise<MyTelling> {
    const { channels, quiet } = check(myTellingRequest, request);
    channels.forEach(({ channel }, i) => {
      if (!this.book.find(channel)) throw bad(`channels.${i}.channel`, 'must be a channel of this city', channel, '没有这个渠道');
    });
    quiet.forEach(({ from, to }, i) => {
      if (from === to) throw bad(`quiet.${i}.to`, 'must not be the beginning again', to, '起止时间不能相同');
    });
    await this.store.change(async (tx, now) => {
      await new TellingPreferences(tx).keep({ personId: actor.id, channels, quiet }, now);
      const { id: personId, name: who, origin } = actor;
      await new AuditTrail(tx).add({
        at: now,
        personId,
        who,
        action: 'telling.prefer',
        subject: `person:${personId}`,
        origin,
        detail: { quiet },
      });
    });
    return this.mine(actor);
  }

  async channels(): Promise<ChannelView[]> {
    const { database } = this.store;
    const { vault } = this.book;
    await vault.refresh();
    const rows = new Map((await new Channels(database).all()).map((row) => [row.channel, row]));
    const waiting = new Map((await new Deliveries(database).waiting()).map((row) => [row.channel, row]));
    const iso = (at: Date | null | undefined) => at?.toISOString() ?? null;
    const today = dayNumber(localDateOf(this.store.now()));
    return this.book.channels.map(({ notifier, setting }) => {
      const row = rows.get(notifier.channel);
      const { waiting: wait = 0, held = 0, refused = 0 } = waiting.get(notifier.channel) ?? {};
      const { kind, perMinute } = setting;
      const expiresAt = vault.expiresOn(setting);
      const secrets = vault.standings(setting).map((one) => ({ ...one, setAt: iso(one.setAt) }));
      return {
        ...{ channel: notifier.channel, channelName: notifier.name, kind, perMinute, expiresAt },
        daysLeft: expiresAt === null ? null : dayNumber(expiresAt) - today,
        ...{ brokenSince: iso(row?.brokenSince), brokenReason: row?.brokenReason ?? null, pausedUntil: iso(row?.pausedUntil) },
        ...{ acceptedAt: iso(row?.acceptedAt), failedAt: iso(row?.failedAt), failure: row?.failure ?? null, waiting: wait, held, refused },
        ...{ secrets, isReady: vault.isReady(setting) },
      };
    });
  }

  /** Sends the actor a message over one channel now; what came back is noted as any answer is. @throws NotFound, BadInput, Refusal no-secret */
  async test(channel: string, actor: Actor): Promise<ChannelTest> {
    const open = this.book.find(channel);
    if (!open) throw new NotFound('channel', channel);
    await this.book.vault.refresh();
    if (!this.book.isReady(open)) throw new Refusal('no-secret', `${channel} has no secret`, '该渠道还没有设置密钥');
    const { database } = this.store;
    const person = (await new People(database).find(actor.id))!;
    const own = (await new TellingPreferences(database).of([actor.id])).get(actor.id)?.channels.find((one) => one.channel === channel);
    const address = open.notifier.addressOf(person, own?.address ?? null);
    if (address === null)
      throw bad('channel', 'reaches nobody with this account', channel, '您的账号没有该渠道需要的联系方式（手机或邮箱）');
    const answer = await open.notifier
      .send({ id: randomUUID(), address, recipientName: person.name, isRepeat: false, items: [testItem(actor.name)] })
      .catch((error: Error) => ({ outcome: 'retry' as const, reason: error.message }));
    const said = answer.outcome === 'accepted' ? answer.receipt : answer.reason;
    await this.store.change(async (tx, now) => {
      await new Channels(tx).know([channel]);
      await this.health.note(tx, channel, answer, now);
      const { id: personId, name: who, origin } = actor;
      await new AuditTrail(tx).add({
        at: now,
        personId,
        who,
        action: 'channel.test',
        subject: `channel:${channel}`,
        origin,
        detail: { outcome: answer.outcome },
      });
    });
    return { outcome: answer.outcome, said };
  }

  private toView(row: ToldRow): ToldView {
    const { id, recipientId, recipientName, recipientDepartmentId, urgency, severity, title, body, link, caseId } = row;
    return {
      ...{ id, recipientId, recipientName, urgency, severity, title, body, link, caseId },
      recipientUnit: recipientDepartmentId === null ? null : this.city.departmentName(recipientDepartmentId),
      askedAt: row.requestedAt.toISOString(),
      readAt: row.readAt?.toISOString() ?? null,
      acknowledged: row.acknowledgedAt && { at: row.acknowledgedAt.toISOString(), by: row.acknowledgedBy === 'link' ? 'link' : 'console' },
      deliveries: row.deliveries.map(({ firstAttemptAt, ...one }) => ({
        ...one,
        channelName: this.book.nameOf(one.channel),
        sentAt: utc(one.sentAt ?? firstAttemptAt),
        at: utc(one.at),
        nextAttemptAt: utc(one.nextAttemptAt),
      })),
    };
  }
}

/** JSON built by PostgreSQL bears its own offset. */
const utc = (text: string | null): string | null => (text === null ? null : new Date(text).toISOString());

function testItem(by: string) {
  return {
    ...{ noticeId: randomUUID(), urgency: 'normal' as const, title: '【测试】通知渠道测试' },
    ...{ body: `${by}发送的测试消息，收到即表示渠道正常，无需处理。`, viewUrl: 'https://localhost/channels', acknowledgeUrl: null },
  };
}

function bad(field: string, rule: string, got: unknown, message: string): BadInput {
  return new BadInput([{ field, rule, got, message }]);
}
