import { startOwnPostgres } from '../../../test/support/event-log/own-postgres.js';
import { UNSAFE_BUT_QUICK } from '../../../test/support/event-log/harness.js';
import { openLogOf } from '../../../test/support/event-log/open-log.js';
import { eventLogSuite } from './event-log.suite.js';

const LOG = { LOG: 'postgres' };

eventLogSuite('PostgreSQL', async () => {
  const postgres = await startOwnPostgres(UNSAFE_BUT_QUICK);
  return {
    postgres,
    openLog: (database, voice) => openLogOf(LOG, database, voice),
    childEnvironment: LOG,
    restartBroker: (between) => postgres.restart(between),
    stop: () => postgres.stop(),
  };
});
