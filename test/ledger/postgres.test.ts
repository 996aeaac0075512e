import { openPostgresLedger } from '../../src/ledger/postgres.ts';
import { systemClock } from '../../src/util/clock.ts';
import { createIds } from '../../src/util/ids.ts';
import { ledgerWritingContract } from '../contracts/ledger.ts';
import { ledgerAuditContract } from '../contracts/ledger-audit.ts';
import { ledgerExceptionContract } from '../contracts/ledger-exceptions.ts';
import { ledgerMessagesContract } from '../contracts/ledger-messages.ts';
import { ledgerOutboundContract } from '../contracts/ledger-outbound.ts';
import { ledgerPurgeContract } from '../contracts/ledger-purges.ts';
import { ledgerReadingContract } from '../contracts/ledger-reading.ts';
import { ledgerReplayContract } from '../contracts/ledger-replays.ts';
import { ledgerWorkContract } from '../contracts/ledger-work.ts';
import { POSTGRES } from '../support/servers/postgres.ts';
import { withServer } from '../support/servers/server.ts';

const ids = createIds(systemClock);

describe('the PostgreSQL ledger', function () {
  this.timeout(60_000);
  const server = withServer(POSTGRES);
  const open = async () => openPostgresLedger({ url: await server().createDatabase(), ids });

  ledgerWritingContract('PostgreSQL', open);
  ledgerWorkContract('PostgreSQL', open);
  ledgerMessagesContract('PostgreSQL', open);
  ledgerReadingContract('PostgreSQL', open);
  ledgerAuditContract('PostgreSQL', open);
  ledgerReplayContract('PostgreSQL', open);
  ledgerPurgeContract('PostgreSQL', open);
  ledgerExceptionContract('PostgreSQL', open);
  ledgerOutboundContract('PostgreSQL', open);
});
