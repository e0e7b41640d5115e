/** Every refusal of the HTTP API, after RFC 9457 (application/problem+json). */
export interface Problem {
  /** Stable code the console translates, e.g. bad-input, already-acknowledged, not-found, forbidden. */
  code: string;
  status: number;
  /** One English sentence: what was refused and why. */
  detail: string;
  /** The same for the officer, in Chinese. */
  message: string;
  /** For bad-input: each field, its rule and what came. Secrets are never echoed. */
  faults?: { field: string; rule: string; got?: unknown; message: string }[];
  /** For a conflict: who did what, when ("张伟 已于 14:05 签收"). */
  conflict?: { by: string; at: string; what: string };
}

/** One page of a list. `next` is an opaque cursor, null on the last page. */
export interface Page<T> {
  items: T[];
  next: string | null;
  /** Exact up to 10,000, then null. */
  total: number | null;
}
