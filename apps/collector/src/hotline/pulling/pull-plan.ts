import type { HotlinePull } from '@huiying/settings';

/** How far a pull has come. Kept after each page, so that a process that is killed goes on where it stood. */
export interface PullState {
  /** What the hotline gave us to go on with; null before the first page, and where it gives none. */
  cursor: string | null;
  /** Everything changed before this instant was taken. */
  through: Date | null;
  /** End of the window that is being read; null between two windows. */
  windowTo: Date | null;
  /** Next page of the window. */
  page: number;
}

export interface PullRequest {
  url: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body: string | null;
}

/** What a page of the hotline's answer held. */
export interface PulledPage {
  items: readonly unknown[];
  cursor: string | null;
  /** Whether the hotline says that more follows; null where it does not say. */
  more: boolean | null;
}

export const NOTHING_YET = (setting: HotlinePull): PullState => ({ cursor: null, through: null, windowTo: null, page: setting.firstPage });

/** Opens the next window where none is open: from what was taken, up to now or the longest window. */
export function opened(setting: HotlinePull, state: PullState, now: Date): PullState {
  if (state.windowTo !== null) return state;
  const from = state.through ?? new Date(setting.startAt);
  const longest = from.getTime() + longestMs(setting);
  return { ...state, through: from, windowTo: new Date(Math.min(now.getTime(), longest)), page: setting.firstPage };
}

function longestMs({ windowHours }: HotlinePull): number {
  return windowHours * 3_600_000;
}

/**
 * The request for the page that is next. A window begins earlier than the last one ended: a record that the hotline wrote down late, or
 * with a clock that was behind, is met all the same, and one met twice changes nothing.
 * @param state with an open window
 */
export function requestFor(setting: HotlinePull, state: PullState, secret: string): PullRequest {
  const from = new Date(state.through!.getTime() - setting.overlapSeconds * 1000);
  const values: Record<string, string> = {
    from: timeText(from, setting.timeFormat),
    to: timeText(state.windowTo!, setting.timeFormat),
    page: String(state.page),
    offset: String((state.page - setting.firstPage) * setting.pageSize),
    size: String(setting.pageSize),
    cursor: state.cursor ?? '',
    secret,
  };
  const fill = (text: string) => text.replace(/\{(from|to|page|offset|size|cursor|secret)\}/g, (_, name: string) => values[name]!);
  const url = new URL(setting.url);
  for (const [name, value] of Object.entries(setting.query)) {
    const filled = fill(value);
    // A first page is asked for without a cursor rather than with an empty one, which some take for a cursor.
    if (filled !== '' || value === '') url.searchParams.set(name, filled);
  }
  const headers = Object.fromEntries(Object.entries(setting.headers).map(([name, value]) => [name.toLowerCase(), fill(value)]));
  const body = setting.body === null ? null : JSON.stringify(filledIn(setting.body, fill));
  return {
    url: url.href,
    method: setting.method,
    headers: { ...headers, ...(body === null ? {} : { 'content-type': 'application/json' }) },
    body,
  };
}

/** A number in the body stays one: {page} alone is written as 1, not "1". */
function filledIn(value: unknown, fill: (text: string) => string): unknown {
  if (typeof value === 'string') {
    const filled = fill(value);
    return /^\{(page|offset|size)\}$/.test(value) ? Number(filled) : filled;
  }
  if (Array.isArray(value)) return value.map((one) => filledIn(one, fill));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, filledIn(inner, fill)]));
}

/** The state after a page was taken, and whether to ask on at once. @throws Error when the hotline leads round in a circle */
export function afterPage(setting: HotlinePull, state: PullState, page: PulledPage): { state: PullState; goesOn: boolean } {
  const more = page.more ?? page.items.length >= setting.pageSize;
  const moved = page.cursor !== null && page.cursor !== '' && page.cursor !== state.cursor;
  if (setting.answer.cursor !== null) {
    if (more && page.items.length > 0 && !moved) throw new Error('it says that more follows and gives the same cursor again');
    const next = { ...state, cursor: moved ? page.cursor : state.cursor };
    if (more && moved) return { state: { ...next, page: state.page + 1 }, goesOn: true };
    return { state: { ...next, through: state.windowTo, windowTo: null, page: setting.firstPage }, goesOn: false };
  }
  if (more && page.items.length > 0) return { state: { ...state, page: state.page + 1 }, goesOn: true };
  // A window that ended at the present is always a little behind by now; what came since is for the next round.
  const wasCut = state.windowTo!.getTime() - state.through!.getTime() >= longestMs(setting);
  return { state: { ...state, through: state.windowTo, windowTo: null, page: setting.firstPage }, goesOn: wasCut };
}

/** Beijing is ahead of UTC by so much, all year. */
const BEIJING_MS = 8 * 3_600_000;

function timeText(at: Date, format: HotlinePull['timeFormat']): string {
  switch (format) {
    case 'iso':
      return at.toISOString();
    case 'seconds':
      return String(Math.floor(at.getTime() / 1000));
    case 'milliseconds':
      return String(at.getTime());
    case 'beijing':
      return new Date(at.getTime() + BEIJING_MS).toISOString().slice(0, 19).replace('T', ' ');
  }
}
