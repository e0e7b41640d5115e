import pg, { type Client, type Submittable } from 'pg';
import { bindMessage, boundValues } from './bound-values.js';

/** One statement as the server gets it. A named one is planned once for each connection. */
export interface Statement {
  name: string | null;
  text: string;
  values: readonly unknown[];
}

/** What of the driver's connection speaks the protocol; pg-cursor stands on the same. */
interface Wire {
  stream: { cork(): void; uncork(): void; write(bytes: Buffer): unknown };
  parsedStatements: Record<string, string>;
  parse(query: { name: string; text: string; types: string[] }): void;
  describe(message: { type: 'P'; name: string }): void;
  execute(config: { portal: string; rows: number }): void;
  sync(): void;
}

interface Field {
  name: string;
  dataTypeID: number;
}

/** How the rows of a statement are read; null of one that gives none. */
type Shape = { columns: { name: string; read: (text: string) => unknown }[]; empty: Record<string, unknown> } | null;

/** Of what a connection has planned: the server tells it once. Nearly half of what a step of a case was answered were names of columns. */
const SHAPES = new WeakMap<Wire, Map<string, Shape>>();

/**
 * Statements that travel together: one packet there and one back, where each alone costs both ends a system call and a turn. They are
 * carried out in order, up to the first that fails. A Submittable of pg, as pg-cursor is one.
 */
export class Batch implements Submittable {
  private readonly rows: unknown[][];
  private readonly shapes: (Shape | undefined)[];
  private at = 0;
  private readonly fresh: Statement[] = [];
  private settle!: { done: (rows: unknown[][]) => void; failed: (error: Error) => void };

  private constructor(private readonly statements: readonly Statement[]) {
    this.rows = statements.map(() => []);
    this.shapes = statements.map(() => undefined);
  }

  /** The rows of each statement. @throws what the first that failed threw; the connection then forgets what it had just planned */
  static async run(client: Client, statements: readonly Statement[]): Promise<unknown[][]> {
    const batch = new Batch(statements);
    const rows = new Promise<unknown[][]>((done, failed) => (batch.settle = { done, failed }));
    client.query(batch);
    return rows;
  }

  submit(connection: unknown): Error | undefined {
    const wire = connection as Wire;
    let values: (string | Buffer | null)[][];
    try {
      values = this.statements.map((one) => boundValues(one.text, one.values));
    } catch (error) {
      return error as Error;
    }
    wire.stream.cork();
    try {
      this.statements.forEach((statement, i) => this.write(wire, statement, values[i]!, i));
      wire.sync();
    } finally {
      wire.stream.uncork();
    }
    return undefined;
  }

  private keepShapes(wire: Wire): void {
    const known = SHAPES.get(wire) ?? new Map<string, Shape>();
    SHAPES.set(wire, known);
    this.statements.forEach(({ name }, i) => {
      if (name !== null) known.set(name, this.shapes[i] ?? null);
    });
  }

  private write(wire: Wire, statement: Statement, values: (string | Buffer | null)[], i: number): void {
    const name = statement.name ?? '';
    const isPlanned = name !== '' && (wire.parsedStatements[name] !== undefined || this.fresh.some((one) => one.name === name));
    if (!isPlanned) {
      wire.parse({ name, text: statement.text, types: [] });
      if (name !== '') this.fresh.push(statement);
    }
    for (const piece of bindMessage(name, values)) wire.stream.write(piece);
    this.shapes[i] = isPlanned ? SHAPES.get(wire)?.get(name) : undefined;
    if (this.shapes[i] === undefined) wire.describe({ type: 'P', name: '' });
    wire.execute({ portal: '', rows: 0 });
  }

  handleRowDescription({ fields }: { fields: Field[] }): void {
    const columns = fields.map(({ name, dataTypeID }) => ({ name, read: pg.types.getTypeParser(dataTypeID) as (text: string) => unknown }));
    this.shapes[this.at] = { columns, empty: Object.fromEntries(columns.map(({ name }) => [name, null])) };
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    const { columns, empty } = this.shapes[this.at]!;
    const row = { ...empty };
    for (let i = 0; i < columns.length; i++) {
      const text = fields[i]!;
      if (text !== null) row[columns[i]!.name] = columns[i]!.read(text);
    }
    this.rows[this.at]!.push(row);
  }

  handleCommandComplete(): void {
    this.shapes[this.at] ??= null;
    this.at++;
  }

  handleEmptyQuery(): void {
    this.at++;
  }

  handlePortalSuspended(): void {
    throw new Error('a batch never asks for a part of the rows');
  }

  handleError(error: Error): void {
    // How many of the fresh ones the server planned before it failed is not told: who runs batches asks it to forget them all.
    this.settle.failed(Object.assign(error, this.fresh.length > 0 ? { [UNSURE]: true } : {}));
  }

  handleReadyForQuery(connection: unknown): void {
    const wire = connection as Wire;
    for (const { name, text } of this.fresh) wire.parsedStatements[name!] = text;
    this.keepShapes(wire);
    this.settle.done(this.rows);
  }
}

const UNSURE = Symbol('which statements are planned is not known');

/** Whether after this failure the connection's planned statements must be forgotten (forgetPlans). */
export function leavesPlansUnsure(error: unknown): boolean {
  return error instanceof Error && UNSURE in error;
}

/** Lets server and driver forget every planned statement of a connection. */
export async function forgetPlans(client: Client): Promise<void> {
  await client.query('DEALLOCATE ALL');
  (client as unknown as { connection: Wire }).connection.parsedStatements = {};
}
