import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { ClaimedBundle } from '@huiying/persistence';
import { ENVIRONMENT } from '@huiying/platform';
import type { Environment } from '@huiying/settings';
import type { SendOutcome } from './notifier.js';

interface Mark {
  firstAttemptAt: string;
  receipt: string;
}

/**
 * What another end has taken and the database was not told yet: a small file a message in the data folder, written in the very turn that
 * hears the answer. A process that is killed before it commits leaves it behind, and who finds the message unsettled takes the answer from
 * there in place of sending it once more. It outlives the process, not the machine's power.
 */
@Injectable()
export class SentMarks {
  private readonly logger = new Logger('notifying');
  private readonly folder: string;

  constructor(@Inject(ENVIRONMENT) environment: Environment) {
    this.folder = join(environment.dataFolder, 'sent');
  }

  put(bundle: ClaimedBundle, receipt: string): void {
    const mark: Mark = { firstAttemptAt: begunAt(bundle), receipt };
    try {
      mkdirSync(this.folder, { recursive: true });
      writeFileSync(this.pathOf(bundle), JSON.stringify(mark), { mode: 0o600 });
    } catch (error) {
      // The message is out, and that is still to be committed: without the mark only a kill within the next milliseconds repeats it.
      this.logger.warn(`${this.folder} takes no marks of what was sent: ${(error as Error).message}`);
    }
  }

  /** The answer that a process before us heard and could not commit; null where none is known. */
  find(bundle: ClaimedBundle): SendOutcome | null {
    if (!bundle.isRepeat) return null;
    try {
      const mark = JSON.parse(readFileSync(this.pathOf(bundle), 'utf8')) as Mark;
      return mark.firstAttemptAt === begunAt(bundle) ? { outcome: 'accepted', receipt: mark.receipt } : null;
    } catch {
      return null; // no mark, or one whose writing was cut off: as far as anybody knows, nothing was answered
    }
  }

  drop(bundle: ClaimedBundle): void {
    try {
      rmSync(this.pathOf(bundle), { force: true });
    } catch (error) {
      this.logger.warn(`a mark of what was sent stays: ${(error as Error).message}`);
    }
  }

  private pathOf({ bundleId, channel }: ClaimedBundle): string {
    return join(this.folder, `${bundleId}.${encodeURIComponent(channel)}`);
  }
}

/** Tells a message from one of the same id in another database on the same folder. */
function begunAt({ notices }: ClaimedBundle): string {
  return notices.map(({ firstAttemptAt }) => firstAttemptAt.toISOString()).join(' ');
}
