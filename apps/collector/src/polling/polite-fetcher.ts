import type { SourceCause } from '@huiying/contracts';
import type { Clock } from '@huiying/domain';
import type { FetchAnswer, FetchedDocument, Fetcher, FetchFailure, Validators } from '@huiying/fetching';
import type { CollectorSource } from '../sources/index.js';
import { robotRules, type RobotRules } from './robots.js';

/** RFC 9309 2.4: not kept for longer than a day. */
const KEPT_MS = 24 * 3_600_000;
/** A site that could not say is asked again after so long. */
const ASK_AGAIN_MS = 10 * 60_000;
const MOST_SITES = 5_000;

/** Answers of a fetch with our manners kept. `cause` is set where we ourselves held back. */
export type PoliteAnswer = FetchedDocument | { outcome: 'not-modified' } | PoliteFailure;
export interface PoliteFailure extends Omit<FetchFailure, 'kind'> {
  kind: FetchFailure['kind'] | 'robots' | 'too-soon';
  cause?: SourceCause;
}

interface KnownRules {
  rules: RobotRules | FetchFailure;
  until: number;
}

export interface Manners {
  /** Between two requests to one public host. */
  spacingMs: number;
  /** Addresses of our own net are not spared, and their owner has agreed: the allow-list. */
  isOwn: (url: string) => boolean;
}

/**
 * Fetches as a guest should: where robots.txt allows, and with the pause between two requests to one host that it or we lay down.
 * Requests to one host from one process come one after another; between processes the poller's claim on the host sees to that.
 */
export class PoliteFetcher {
  private readonly sites = new Map<string, KnownRules>();
  private readonly lastAt = new Map<string, number>();

  constructor(
    private readonly fetcher: Fetcher,
    private readonly clock: Clock,
    private readonly manners: Manners,
  ) {}

  /**
   * One request, after the pause that the host is owed.
   * @param patienceMs a longer pause is not waited for: the answer is then `too-soon`
   */
  async fetch(source: Pick<CollectorSource, 'heedsRobots'>, url: string, known: Validators, patienceMs = Infinity): Promise<PoliteAnswer> {
    if (!URL.canParse(url) || this.manners.isOwn(url)) return this.fetcher.fetch(url, known);
    if (source.heedsRobots !== false) {
      const rules = await this.rulesOf(new URL(url));
      if ('outcome' in rules) return rules.kind === 'http-status' ? held('unavailable', 'unreachable') : rules;
      if (!rules.isAllowed(url)) return held('forbidden', 'blocked');
    }
    if (this.waitFor(url) > patienceMs) return held('too-soon', 'unreachable');
    return this.spaced(url, () => this.fetcher.fetch(url, known));
  }

  /** Milliseconds for which this host must be left alone after a request. */
  pauseAfter(url: string): number {
    if (this.manners.isOwn(url)) return 0;
    const rules = this.sites.get(new URL(url).origin)?.rules;
    const delay = rules === undefined || 'outcome' in rules ? null : rules.crawlDelay;
    return Math.max(this.manners.spacingMs, (delay ?? 0) * 1000);
  }

  close(): Promise<void> {
    return this.fetcher.close();
  }

  private waitFor(url: string): number {
    const last = this.lastAt.get(new URL(url).host);
    return last === undefined ? 0 : last + this.pauseAfter(url) - performance.now();
  }

  private async spaced<T>(url: string, ask: () => Promise<T>): Promise<T> {
    const { host } = new URL(url);
    const wait = this.waitFor(url);
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    try {
      return await ask();
    } finally {
      keep(this.lastAt, host, performance.now());
    }
  }

  private async rulesOf({ origin }: URL): Promise<RobotRules | FetchFailure> {
    const now = this.clock.now().getTime();
    const known = this.sites.get(origin);
    if (known && known.until > now) return known.rules;
    const url = `${origin}/robots.txt`;
    const fresh = robotRules(url, await this.spaced<FetchAnswer>(url, () => this.fetcher.fetch(url)));
    const isRefused = 'outcome' in fresh;
    // A site that cannot say now is taken at its last word, as long as there is one.
    const rules = isRefused && known !== undefined && !('outcome' in known.rules) ? known.rules : fresh;
    if (!isRefused || fresh.kind === 'http-status') keep(this.sites, origin, { rules, until: now + (isRefused ? ASK_AGAIN_MS : KEPT_MS) });
    return rules;
  }
}

/** The map forgets what was not used for longest. */
function keep<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > MOST_SITES) map.delete(map.keys().next().value!);
}

const HELD = {
  unavailable: [
    'robots',
    'robots.txt cannot be had now, so nothing may be asked for (RFC 9309 2.3.1.4)',
    '对方 robots.txt 暂时读不到，稍后再试',
  ],
  forbidden: ['robots', 'robots.txt forbids it', '对方 robots.txt 不允许抓取此地址'],
  'too-soon': ['too-soon', 'the host is owed a longer pause than can be waited for', '距上次访问该站过近，稍后再试'],
} as const;

function held(why: keyof typeof HELD, cause: SourceCause): PoliteFailure {
  const [kind, reason, said] = HELD[why];
  return { outcome: 'failed', kind, reason, said, status: null, retryAfterSeconds: null, cause };
}
