import type { SchemeChangedV1 } from '@huiying/contracts';
import type { Queries } from '../database.js';

/** A keyword scheme as the classifier knows it from the log. */
export interface KnownScheme {
  schemeId: string;
  revision: number;
  name: string;
  text: string;
  effect: 'mark' | 'alert';
}

/** The keyword schemes that opinions are matched with. */
export class KnownSchemes {
  constructor(private readonly on: Queries) {}

  /** Keeps the newest revision of each; an older one never replaces it. */
  async put(events: readonly SchemeChangedV1[]): Promise<void> {
    for (const { data } of events) {
      await this.on.query(
        `INSERT INTO classifier.keyword_scheme (scheme_id, revision, name, text, effect, state, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (scheme_id) DO UPDATE SET revision = excluded.revision, name = excluded.name, text = excluded.text,
           effect = excluded.effect, state = excluded.state, changed_at = excluded.changed_at
         WHERE excluded.revision > keyword_scheme.revision`,
        [data.schemeId, data.revision, data.name, data.text, data.effect, data.state, data.changedAt],
      );
    }
    await this.on.query(`UPDATE classifier.keyword_scheme_state SET version = version + 1`);
  }

  /** Changes whenever a scheme does. */
  async version(): Promise<string> {
    const [row] = await this.on.query<{ version: string }>(`SELECT version::text FROM classifier.keyword_scheme_state`);
    return row!.version;
  }

  active(): Promise<KnownScheme[]> {
    return this.on.query<KnownScheme>(
      `SELECT scheme_id AS "schemeId", revision, name, text, effect FROM classifier.keyword_scheme WHERE state = 'active' ORDER BY name, scheme_id`,
    );
  }
}
