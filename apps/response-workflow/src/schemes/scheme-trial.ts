import { createHash } from 'node:crypto';
import type { TrialResult } from '@huiying/contracts/http';
import type { KeywordSchemes, TriedRow } from '@huiying/persistence';
import { SchemeMatcher, type Scheme, type SchemeHit } from '@huiying/text';

const PAGE = 1_000;
/** Newest opinions looked at; beyond them a trial would take longer than somebody waits. */
const MOST = 100_000;
const SAMPLE = 20;
const SNIPPET = 60;

/** What a trial is of. */
export interface TrialQuestion {
  scheme: Scheme;
  text: string;
  effect: 'mark' | 'alert';
  from: Date;
  to: Date;
}

/** Tries a scheme on what was judged in a stretch of time, page by page; nothing is kept. */
export async function tryScheme(schemes: KeywordSchemes, question: TrialQuestion): Promise<TrialResult> {
  const matcher = new SchemeMatcher([{ key: 'tried', scheme: question.scheme }]);
  const tally = new Tally();
  let after: TriedRow | null = null;
  while (tally.opinions < MOST) {
    const page = await schemes.tried(question.from, question.to, after, PAGE);
    for (const row of page) tally.enter(row, matcher.find(row.title, row.text)[0]);
    after = page.at(-1) ?? after;
    if (page.length < PAGE) break;
  }
  return { from: question.from.toISOString(), to: question.to.toISOString(), ...tally.result(), tried: trialMark(question) };
}

/** The same words with the same effect have the same mark: what is saved was tried as it stands. */
export function trialMark({ text, effect }: Pick<TrialQuestion, 'text' | 'effect'>): string {
  return createHash('sha256')
    .update(JSON.stringify([text, effect]))
    .digest('hex')
    .slice(0, 32);
}

/** Beijing's day of an instant, YYYY-MM-DD. */
function dayOf(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
}

class Tally {
  opinions = 0;
  private matched = 0;
  private readonly stories = new Set<string>();
  private readonly days = new Map<string, number>();
  private readonly words = new Map<string, number>();
  private readonly sample: TrialResult['sample'] = [];

  enter(row: TriedRow, hit: SchemeHit<string> | undefined): void {
    this.opinions++;
    if (hit === undefined) return;
    this.matched++;
    // As decideAlert has it: never for matters of other cities, once a story, not where its alert is there.
    if (row.jurisdiction !== 'not-ours' && !row.alerted) this.stories.add(row.storyId);
    const day = dayOf(row.capturedAt);
    this.days.set(day, (this.days.get(day) ?? 0) + 1);
    for (const word of new Set(hit.shown)) this.words.set(word, (this.words.get(word) ?? 0) + 1);
    if (this.sample.length < SAMPLE) this.sample.push(sampleOf(row, hit));
  }

  result() {
    return {
      opinions: this.opinions,
      cut: this.opinions >= MOST,
      matched: this.matched,
      alerts: this.stories.size,
      perDay: [...this.days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, matched]) => ({ day, matched })),
      perWord: [...this.words].sort((a, b) => b[1] - a[1]).map(([word, matched]) => ({ word, matched })),
      sample: this.sample,
    };
  }
}

function sampleOf(row: TriedRow, hit: SchemeHit<string>): TrialResult['sample'][number] {
  const inText = hit.spans.find((span) => span.field === 'text');
  const from = Math.max(0, (inText?.start ?? 0) - 20);
  const cut = row.text.slice(from, from + SNIPPET).replace(/\s+/g, ' ');
  return {
    id: row.id,
    title: row.title,
    snippet: `${from > 0 ? '…' : ''}${cut}${row.text.length > from + SNIPPET ? '…' : ''}`,
    sourceName: row.sourceName,
    capturedAt: row.capturedAt.toISOString(),
    flagged: row.flagged,
    alerted: row.alerted,
    words: [...new Set(hit.shown)],
  };
}
