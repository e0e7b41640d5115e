/** How a column of a written row is read, and its type. */
export type SourceColumn<R> = readonly [read: (row: R) => unknown, type: string];

/** So few rows are written out one by one: the server sees how many they are, so its plan for one text holds for ever. */
const WRITTEN_OUT = 4;

/**
 * Rows to insert or join, as what stands behind FROM.
 * @param place notes a parameter and gives its placeholder
 */
export function rowSource<R>(rows: readonly R[], columns: readonly SourceColumn<R>[], place: (value: unknown) => string): string {
  if (rows.length > WRITTEN_OUT) {
    return `unnest(${columns.map(([read, type]) => `${place(rows.map(read))}::${type}[]`).join(', ')})`;
  }
  const written = rows.map((row) => `(${columns.map(([read, type]) => `${place(read(row))}::${type}`).join(', ')})`);
  return `(VALUES ${written.join(', ')})`;
}
