import { Injectable } from '@nestjs/common';
import type { Judgement, OpinionCollectedV1, SchemeChangedV1 } from '@huiying/contracts';
import { KnownSchemes, type KnownScheme, type Store } from '@huiying/persistence';
import { parseScheme, SchemeMatcher, type SchemeHit } from '@huiying/text';

/** The inbox and reader group. */
export const SCHEME_READER = 'classifier-schemes';
/** The console lights a few words. */
const MOST_MATCHES = 8;

/** The keyword schemes that opinions are matched with; read again when one look at the database says that one changed. */
@Injectable()
export class SchemeBook {
  private version: string | null = null;
  private matcher = new SchemeMatcher<KnownScheme>([]);

  constructor(private readonly store: Store) {}

  async take(events: readonly SchemeChangedV1[]): Promise<void> {
    await this.store.once(SCHEME_READER, events, (tx, fresh) => new KnownSchemes(tx).put(fresh));
  }

  /** The matcher as the schemes stand now, whichever process read of the change. */
  async current(): Promise<SchemeMatcher<KnownScheme>> {
    const schemes = new KnownSchemes(this.store.database);
    const version = await schemes.version();
    if (version !== this.version) {
      // A scheme that this version can no longer read is left out: the others must go on.
      const readable = (await schemes.active()).map((key) => ({ key, ...parseScheme(key.text) })).filter((s) => s.faults.length === 0);
      this.matcher = new SchemeMatcher(readable);
      this.version = version;
    }
    return this.matcher;
  }
}

/** The schemes that an opinion matches, as the judgement tells them. */
export function matchSchemes(
  { title, text }: OpinionCollectedV1['data'],
  matcher: SchemeMatcher<KnownScheme>,
): NonNullable<Judgement['schemes']> {
  return matcher.find(title, text).map((hit) => ({
    schemeId: hit.key.schemeId,
    name: hit.key.name,
    revision: hit.key.revision,
    effect: hit.key.effect,
    reasons: [reasonOf(hit, { title, text })],
  }));
}

function reasonOf({ key, group, shown, spans }: SchemeHit<KnownScheme>, words: { title: string; text: string }) {
  const said = [...new Set(shown)].map((word) => `“${word}”`).join('');
  const matches = new Map(spans.map(({ field, start, end }) => [words[field].slice(start, end), { field, start, end }]));
  return {
    text: `命中方案“${key.name}”${group === null ? '' : `的“${group}”组`}：${said}`,
    matches: [...matches].slice(0, MOST_MATCHES).map(([term, place]) => ({ ...place, term })),
  };
}
