import type { QuietWindow } from '@huiying/domain';
import type { Queries } from '../database.js';

/** How one person wants to be reached. */
export interface TellingPreference {
  personId: string;
  /** In the order wanted. A channel that is not named follows after these, in the city's order. */
  channels: { channel: string; isOn: boolean; address: string | null }[];
  quiet: QuietWindow[];
}

export class TellingPreferences {
  constructor(private readonly on: Queries) {}

  async of(personIds: readonly string[]): Promise<Map<string, TellingPreference>> {
    const rows = await this.on.prepared<TellingPreference>(
      `SELECT person_id AS "personId", channels, quiet FROM workflow.telling_preference WHERE person_id = ANY($1)`,
      [personIds],
    );
    return new Map(rows.map((row) => [row.personId, row]));
  }

  async keep({ personId, channels, quiet }: TellingPreference, at: Date): Promise<void> {
    await this.on.query(
      `INSERT INTO workflow.telling_preference (person_id, channels, quiet, updated_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (person_id) DO UPDATE SET channels = $2, quiet = $3, updated_at = $4`,
      [personId, JSON.stringify(channels), JSON.stringify(quiet), at],
    );
  }
}
