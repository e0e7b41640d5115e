import type { AskedExtension, AskedReturn, OrderHandling, OrderVisit } from '@huiying/domain';
import type { Queries } from '../database.js';
import type { RowScope } from './case-files.js';
import { COUNTED_AT_MOST, Conditions, readCursor, totalOf, writeCursor } from './conditions.js';
import type { RowPage } from './opinions.js';
import { searchQuery } from './search-words.js';
import { WORK_ORDER_SELECT, WORK_ORDER_UPSERT } from './work-order-columns.js';

/** What the hotline hands in and nobody here changes; the caller masked. */
export interface OrderAppeal {
  keywords: string[];
  attachments: { name: string; url: string }[];
  isAnonymous: boolean;
  isConfidential: boolean;
  consentsToPublish: boolean | null;
  /** WGS84, coarse; absent from orders that came in before it was kept. */
  location?: { longitude: number; latitude: number } | null;
  caller: { name: string | null; phone: string | null; gender: string | null };
  sha256: string;
}

/** A work order (工单). */
export interface WorkOrderRow extends OrderHandling {
  orderNo: string;
  opinionId: string;
  /** As the hotline counts. */
  version: number;
  /** Of the last thing that happened to it, from 1. */
  seq: number;
  changedAt: Date;
  source: string | null;
  channelRef: string | null;
  appealType: string | null;
  urgency: string | null;
  title: string;
  content: string;
  receivedAt: Date;
  occurredAt: Date | null;
  regionCode: string | null;
  region: string | null;
  address: string | null;
  categoryCode: string | null;
  category: string | null;
  isRepeat: boolean;
  risk: string | null;
  appeal: OrderAppeal;
  coDepartmentIds: string[];
  nextDueAt: Date | null;
}

/** Something that happened to a work order. */
export interface OrderEventRow {
  orderNo: string;
  seq: number;
  at: Date;
  /** An OrderAction, or `record` where a version of the hotline's record came in. */
  action: string;
  actor: string;
  /** Name of the key of the system that did it; null = a person here, or the clock. */
  client: string | null;
  stateBefore: string | null;
  state: string;
  text: string;
  detail: Record<string, unknown>;
}

export interface OrderFilter {
  q?: string;
  state?: string[];
  departmentId?: string;
  appealType?: string[];
  urgency?: string[];
  region?: string;
  /** Open orders whose next clock has run out. */
  overdueAt?: Date;
  /** 有待审批的退单或延期 */
  asked?: boolean;
  supervised?: boolean;
  receivedFrom?: Date;
  receivedTo?: Date;
  storyId?: string;
  orderNos?: string[];
}

/** Orders of some services: by the hotline's code of the matter, else by its word; `rest` is whatever is of none. */
export interface ServiceFilter {
  codes: string[];
  categories: string[];
  /** Every code and word that is of a service. */
  known: { codes: string[]; categories: string[] };
  rest: boolean;
}

export interface ReceivedFilter {
  from: Date;
  to: Date;
  states?: string[] | undefined;
  service?: ServiceFilter | undefined;
}

export type OrderSort = 'due' | 'newest';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DUE = `COALESCE(w.next_due_at, 'infinity'::timestamptz)`;

/** 12345 work orders and what happened to them. Whoever changes one has locked it. */
export class WorkOrders {
  constructor(private readonly on: Queries) {}

  /** Those that exist, locked until the transaction ends; always in one order, so that nobody waits in a circle. */
  async lock(orderNos: readonly string[]): Promise<Map<string, WorkOrderRow>> {
    const rows = await this.on.query<WorkOrderRow>(
      `SELECT ${WORK_ORDER_SELECT} FROM workflow.work_order w WHERE w.order_no = ANY($1::text[]) ORDER BY w.order_no FOR NO KEY UPDATE`,
      [orderNos],
    );
    return new Map(rows.map((row) => [row.orderNo, readDates(row)]));
  }

  async save(orders: readonly WorkOrderRow[]): Promise<void> {
    if (orders.length > 0) await this.on.query(WORK_ORDER_UPSERT, [JSON.stringify(orders)]);
  }

  async addEvents(events: readonly OrderEventRow[]): Promise<void> {
    if (events.length === 0) return;
    await this.on.query(
      `INSERT INTO workflow.work_order_event (order_no, seq, at, action, actor, client, state_before, state, text, detail)
       SELECT t."orderNo", t.seq, t.at, t.action, t.actor, t.client, t."stateBefore", t.state, t.text, t.detail
       FROM jsonb_to_recordset($1::jsonb) AS t("orderNo" text, seq int, at timestamptz, action text, actor text, client text,
         "stateBefore" text, state text, text text, detail jsonb)`,
      [JSON.stringify(events)],
    );
  }

  /** By its number, or by the id of its opinion, which its clocks are named by. */
  async find(key: string, scope: RowScope): Promise<WorkOrderRow | null> {
    const conditions = scoped(scope).add(key, (p) => (UUID.test(key) ? `w.opinion_id = ${p}` : `w.order_no = ${p}`));
    const [row] = await this.on.query<WorkOrderRow>(
      `SELECT ${WORK_ORDER_SELECT} FROM workflow.work_order w ${conditions.where}`,
      conditions.parameters,
    );
    return row ? readDates(row) : null;
  }

  /** What happened to an order, in order; only what came after `afterSeq`. */
  events(orderNo: string, afterSeq = 0): Promise<OrderEventRow[]> {
    return this.on.query<OrderEventRow>(
      `SELECT order_no AS "orderNo", seq, at, action, actor, client, state_before AS "stateBefore", state, text, detail
       FROM workflow.work_order_event WHERE order_no = $1 AND seq > $2 ORDER BY seq`,
      [orderNo, afterSeq],
    );
  }

  /** Numbers of the orders that were joined to this one (并单). */
  async joinedTo(orderNo: string): Promise<string[]> {
    const rows = await this.on.query<{ no: string }>(`SELECT order_no AS no FROM workflow.work_order WHERE parent_no = $1 ORDER BY 1`, [
      orderNo,
    ]);
    return rows.map((row) => row.no);
  }

  /** The story that the order's text was joined to (同源合并); null until it was judged. */
  async storyOf(opinionId: string): Promise<string | null> {
    const [row] = await this.on.query<{ id: string }>(`SELECT story_id AS id FROM workflow.opinion WHERE opinion_id = $1`, [opinionId]);
    return row?.id ?? null;
  }

  /** How many orders are in each state, of those the filter leaves. */
  async countByState(filter: OrderFilter, scope: RowScope): Promise<Record<string, number>> {
    const conditions = filtered(filter, scope);
    const rows = await this.on.query<{ state: string; n: number }>(
      `SELECT w.state, count(*)::int AS n FROM workflow.work_order w ${conditions.where} GROUP BY w.state`,
      conditions.parameters,
    );
    return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
  }

  async page(filter: OrderFilter, scope: RowScope, sort: OrderSort, cursor: string | null, most: number): Promise<RowPage<WorkOrderRow>> {
    const conditions = filtered(filter, scope);
    const [counted] = await this.on.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM (SELECT 1 FROM workflow.work_order w ${conditions.where} LIMIT ${COUNTED_AT_MOST + 1}) x`,
      conditions.parameters,
    );
    const [key, order, sign] =
      sort === 'due' ? [DUE, `${DUE}, w.order_no`, '>'] : [`w.received_at`, `w.received_at DESC, w.order_no DESC`, '<'];
    const after = readCursor(cursor, 'instant', 'text');
    if (after) {
      const [at, no] = after.map((value) => conditions.parameter(value));
      conditions.always(`(${key}, w.order_no) ${sign} (${at}::timestamptz, ${no})`);
    }
    const rows = await this.on.query<WorkOrderRow & { keyText: string }>(
      `SELECT ${WORK_ORDER_SELECT}, (${key})::text AS "keyText" FROM workflow.work_order w ${conditions.where} ORDER BY ${order} LIMIT ${most + 1}`,
      conditions.parameters,
    );
    const last = rows[most - 1];
    return {
      items: rows.slice(0, most).map(({ keyText: _, ...row }) => readDates(row)),
      next: rows.length > most && last ? writeCursor([last.keyText, last.orderNo]) : null,
      total: totalOf(counted!.n),
    };
  }

  /** The orders that came in within a stretch of time, by number. */
  async receivedBetween(from: Date, to: Date): Promise<WorkOrderRow[]> {
    const rows = await this.on.query<WorkOrderRow>(
      `SELECT ${WORK_ORDER_SELECT} FROM workflow.work_order w WHERE w.received_at >= $1 AND w.received_at < $2 ORDER BY w.order_no`,
      [from, to],
    );
    return rows.map(readDates);
  }

  /** A page of the orders received in a stretch of time, the newest first. */
  async receivedPage({ from, to, states, service }: ReceivedFilter, offset: number, most: number): Promise<WorkOrderRow[]> {
    const conditions = new Conditions()
      .add(from, (p) => `w.received_at >= ${p}`)
      .add(to, (p) => `w.received_at <= ${p}`)
      .add(states, (p) => `w.state = ANY(${p}::text[])`);
    if (service !== undefined) ofServices(conditions, service);
    const rows = await this.on.query<WorkOrderRow>(
      `SELECT ${WORK_ORDER_SELECT} FROM workflow.work_order w ${conditions.where}
       ORDER BY w.received_at DESC, w.order_no DESC OFFSET ${conditions.parameter(offset)} LIMIT ${conditions.parameter(most)}`,
      conditions.parameters,
    );
    return rows.map(readDates);
  }

  async byNumbers(orderNos: readonly string[]): Promise<WorkOrderRow[]> {
    const rows = await this.on.query<WorkOrderRow>(
      `SELECT ${WORK_ORDER_SELECT} FROM workflow.work_order w WHERE w.order_no = ANY($1::text[]) ORDER BY w.received_at DESC, w.order_no DESC`,
      [orderNos],
    );
    return rows.map(readDates);
  }

  /** The last thing that happened to each of these orders. */
  async lastEvents(orderNos: readonly string[]): Promise<Map<string, OrderEventRow>> {
    const rows = await this.on.query<OrderEventRow>(
      `SELECT e.order_no AS "orderNo", e.seq, e.at, e.action, e.actor, e.client, e.state_before AS "stateBefore", e.state, e.text, e.detail
       FROM workflow.work_order w JOIN workflow.work_order_event e ON e.order_no = w.order_no AND e.seq = w.seq
       WHERE w.order_no = ANY($1::text[])`,
      [orderNos],
    );
    return new Map(rows.map((row) => [row.orderNo, row]));
  }

  /** Orders by when they last changed, for systems that ask instead of being told. */
  async changedPage(
    { since, state }: { since: Date | null; state?: string[] },
    cursor: string | null,
    most: number,
  ): Promise<{ items: WorkOrderRow[]; next: string | null }> {
    const conditions = new Conditions().add(since, (p) => `w.changed_at >= ${p}`).add(state, (p) => `w.state = ANY(${p}::text[])`);
    const after = readCursor(cursor, 'instant', 'text');
    if (after) {
      const [at, no] = after.map((value) => conditions.parameter(value));
      conditions.always(`(w.changed_at, w.order_no) > (${at}::timestamptz, ${no})`);
    }
    const rows = await this.on.query<WorkOrderRow & { keyText: string }>(
      `SELECT ${WORK_ORDER_SELECT}, w.changed_at::text AS "keyText" FROM workflow.work_order w ${conditions.where}
       ORDER BY w.changed_at, w.order_no LIMIT ${most + 1}`,
      conditions.parameters,
    );
    const last = rows[most - 1];
    return {
      items: rows.slice(0, most).map(({ keyText: _, ...row }) => readDates(row)),
      next: rows.length > most && last ? writeCursor([last.keyText, last.orderNo]) : null,
    };
  }
}

function filtered(filter: OrderFilter, scope: RowScope): Conditions {
  const conditions = scoped(scope)
    .add(filter.state, (p) => `w.state = ANY(${p}::text[])`)
    .add(filter.departmentId, (p) => `w.department_id = ${p}`)
    .add(filter.appealType, (p) => `w.appeal_type = ANY(${p}::text[])`)
    .add(filter.urgency, (p) => `w.urgency = ANY(${p}::text[])`)
    .add(filter.region, (p) => `w.region = ${p}`)
    .add(filter.overdueAt, (p) => `w.next_due_at <= ${p}`)
    .add(filter.receivedFrom, (p) => `w.received_at >= ${p}`)
    .add(filter.receivedTo, (p) => `w.received_at < ${p}`)
    .add(filter.orderNos, (p) => `w.order_no = ANY(${p}::text[])`)
    .add(filter.storyId, (p) => `w.opinion_id IN (SELECT o.opinion_id FROM workflow.opinion o WHERE o.story_id = ${p})`);
  if (filter.asked) conditions.always(`(w.asked_return IS NOT NULL OR w.asked_extension IS NOT NULL)`);
  if (filter.supervised) conditions.always(`w.supervision IS NOT NULL`);
  return filter.q === undefined ? conditions : searched(conditions, filter.q);
}

function ofServices(conditions: Conditions, { codes, categories, known, rest }: ServiceFilter): void {
  const [code, word, anyCode, anyWord] = [codes, categories, known.codes, known.categories].map((list) => conditions.parameter(list));
  const hasCode = `COALESCE(w.category_code = ANY(${anyCode}::text[]), false)`;
  const hasWord = `COALESCE(w.category = ANY(${anyWord}::text[]), false)`;
  conditions.always(
    `(w.category_code = ANY(${code}::text[]) OR (NOT ${hasCode} AND w.category = ANY(${word}::text[])) OR (${rest} AND NOT (${hasCode} OR ${hasWord})))`,
  );
}

/** By number as it begins, or by the words of the text, which stand in the opinion that came with the order. */
function searched(conditions: Conditions, typed: string): Conditions {
  const number = `${typed.replace(/[\\%_]/g, '\\$&')}%`;
  const query = searchQuery(typed);
  if (query === null) return conditions.add(number, (p) => `w.order_no ILIKE ${p}`);
  const words = conditions.parameter(query.tsquery);
  return conditions.add(
    number,
    (p) =>
      `(w.order_no ILIKE ${p} OR w.opinion_id IN (SELECT o.opinion_id FROM workflow.opinion o WHERE o.words @@ ${words}::tsquery AND o.order_no IS NOT NULL))`,
  );
}

/** A department sees the orders it leads or helps with. */
function scoped(scope: RowScope): Conditions {
  return new Conditions().add(scope?.departmentId, (p) => `(w.department_id = ${p} OR w.co_department_ids ? ${p})`);
}

/** Instants inside JSON come as text. */
function readDates(row: WorkOrderRow): WorkOrderRow {
  const asked = <T extends AskedReturn | AskedExtension>(one: T | null): T | null => one && { ...one, at: new Date(one.at) };
  const visit: OrderVisit | null = row.visit && { ...row.visit, at: new Date(row.visit.at) };
  return { ...row, askedReturn: asked(row.askedReturn), askedExtension: asked(row.askedExtension), visit };
}
