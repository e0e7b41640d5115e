import type { Child } from '../../../../test/support/event-log/child.js';
import type { LogHarness } from '../../../../test/support/event-log/harness.js';
import type { SuiteProcess } from '../../../../test/support/event-log/suite-process.js';

/** What every part of the contract suite is given. */
export interface SuiteGiven {
  harness: () => LogHarness;
  /** A process of a service; closed after the test. */
  process: () => Promise<SuiteProcess>;
  /** A real child process; killed after the test. */
  child: (script: string, environment: Record<string, string>) => Child;
  /** A name that no other test has, for topics and readers. */
  name: (what: string) => string;
}
