/** 待发 · 已发出（还没有回音，或将再试）· 对方邮件服务器已接收 · 未送达 · 撤回前没有发出 */
export type SendingState = 'asked' | 'sent' | 'accepted' | 'failed' | 'cancelled';

export const SENDING_STATE_WORDS: Record<SendingState, string> = {
  asked: '待发',
  sent: '已发出',
  accepted: '已接收',
  failed: '未送达',
  cancelled: '未发出即撤回',
};

/** Somebody on a list: an account, or a name and address outside. */
export type ReportReaderEntry = { personId: string } | { name: string; address: string };

/** A distribution list (分发名单): who gets which kinds of reports. */
export interface ReportList<Kind extends string = string> {
  id: string;
  name: string;
  kinds: Kind[];
  readers: ReportReaderEntry[];
  /** Off: nobody gets anything by it. */
  isOn: boolean;
}

/** Who gets a copy. */
export interface ReportAddressee {
  /** Names them for ever: the address in lower case, or person:ID of an account without one. */
  reader: string;
  personId: string | null;
  name: string;
  address: string | null;
}

/** An account as it can be reached now; those that are closed are not among them. */
export interface ReachableAccount {
  id: string;
  name: string;
  email: string | null;
}

/** Everybody whom the lists of a kind name, each address once; an account without a mail address stands without one, so that it is seen. */
export function addresseesOf<Kind extends string>(
  lists: readonly ReportList<Kind>[],
  kind: Kind,
  accounts: readonly ReachableAccount[],
): ReportAddressee[] {
  const known = new Map(accounts.map((account) => [account.id, account]));
  const found = new Map<string, ReportAddressee>();
  for (const entry of lists.filter((list) => list.isOn && list.kinds.includes(kind)).flatMap(({ readers }) => readers)) {
    const one = addresseeOf(entry, known);
    if (one !== null && !found.has(one.reader)) found.set(one.reader, one);
  }
  return [...found.values()];
}

function addresseeOf(entry: ReportReaderEntry, accounts: ReadonlyMap<string, ReachableAccount>): ReportAddressee | null {
  if ('address' in entry) return { reader: entry.address.toLowerCase(), personId: null, name: entry.name, address: entry.address };
  const account = accounts.get(entry.personId);
  if (account === undefined) return null;
  const { id: personId, name, email: address } = account;
  return { reader: address?.toLowerCase() ?? `person:${personId}`, personId, name, address };
}
