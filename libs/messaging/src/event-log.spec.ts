import { startOwnPostgres } from '../../../test/support/event-log/own-postgres';
import { UNSAFE_BUT_QUICK } from '../../../test/support/event-log/harness';
import { openLogOf } from '../../../test/support/event-log/open-log';
import { eventLogSuite } from './event-log.suite';

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
