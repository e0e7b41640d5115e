/** GET /api/auditor: whether the clocks' engine is watched, and what the watching found. */
export interface AuditorView {
  /** null until the first pass. */
  passedAt: string | null;
  isClean: boolean | null;
  findings: { at: string; kind: string; text: string; repaired: boolean }[];
}
