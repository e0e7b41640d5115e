/** One thing wrong with what came in: which field, what the rule is, what came. Never built from a secret's value. */
export interface Fault {
  field: string;
  rule: string;
  got?: unknown;
  /** The same in Chinese, for the officer. */
  message?: string;
}

/** What came in breaks a rule of form. HTTP 400, a row error in an import, a dead letter for an event. */
export class BadInput extends Error {
  readonly code: string = 'bad-input';
  constructor(readonly faults: Fault[]) {
    super(faults.map((f) => `${f.field} ${f.rule}${f.got === undefined ? '' : `; got ${show(f.got)}`}`).join('\n'));
    this.name = new.target.name;
  }
}

/** The step is well formed but not lawful now. HTTP 409 (or 403/404 for its two subclasses). */
export class Refusal extends Error {
  /**
   * @param code stable, kebab-case, e.g. already-acknowledged
   * @param detail one English sentence for the log
   * @param said the same in Chinese for the officer
   */
  constructor(
    readonly code: string,
    detail: string,
    readonly said: string,
    readonly conflict?: { by: string; at: string; what: string },
  ) {
    super(detail);
    this.name = new.target.name;
  }
}

export class NotFound extends Refusal {
  constructor(what: string, id: string) {
    super('not-found', `${what} ${id} does not exist or is not yours to see`, '没有找到，或不在您的权限范围内');
  }
}

export class Forbidden extends Refusal {
  constructor(detail: string, said = '您没有进行此操作的权限') {
    super('forbidden', detail, said);
  }
}

function show(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(JSON.stringify(value));
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
