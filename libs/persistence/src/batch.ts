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

/** How a row of a statement is read; null of one that gives none. */
type Shape = ((fields: (string | null)[]) => unknown) | null;

/** Of what a connection has planned: the server tells it once. Nearly half of what a step of a case was answered were names of columns. */
const SHAPES = new WeakMap<Wire, Map<string, Shape>>();

/** Readers by the names and types of the columns: all connections share one, so that it is soon compiled. */
const READERS = new Map<string, NonNullable<Shape>>();
/** Texts that vary without end must not fill the memory. */
const MOST_READERS = 2_000;
/** What reads a column whose type the driver leaves as it came. */
const AS_IT_CAME = pg.types.getTypeParser(pg.types.builtins.TEXT);

/**
 * Written as source, so that the engine knows the rows of each statement by their own shape: filled column by column, every row of every
 * statement went one slow common way. Of what the server answered only the names of columns enter it, as strings.
 */
function rowReader(fields: readonly Field[]): NonNullable<Shape> {
  const key = JSON.stringify(fields.map(({ name, dataTypeID }) => [name, dataTypeID]));
  const known = READERS.get(key);
  if (known) return known;
  const parsers = fields.map(({ dataTypeID }) => pg.types.getTypeParser(dataTypeID));
  const value = (i: number) => (parsers[i] === AS_IT_CAME ? `v[${i}]` : `v[${i}] === null ? null : parsers[${i}](v[${i}])`);
  // Of two columns of one name the later counts.
  const columns = new Map(fields.map(({ name }, i) => [name, `${JSON.stringify(name)}: ${value(i)}`]));
  const make = new Function('parsers', `return (v) => ({ ${[...columns.values()].join(', ')} })`) as (of: unknown[]) => NonNullable<Shape>;
  if (READERS.size >= MOST_READERS) READERS.clear();
  const reader = make(parsers);
  READERS.set(key, reader);
  return reader;
}

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
    this.shapes[this.at] = rowReader(fields);
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    this.rows[this.at]!.push(this.shapes[this.at]!(fields));
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
