import { hashOpsPassword, opsUserEntry } from '#libs/access';
import { CellKeys, closeRedis, createRedis, workerConnectionOptions } from '#libs/redis';
import {
  onlyVendors,
  postRun,
  startTestCell,
  untilRun,
  websitesOf,
  type SpawnedApp,
  type TestCell,
} from '#libs/testing';
import { RedisGateOperations } from '#libs/vendor-gate';

/** Whose vendor is closed: a run of this tenant does not end by itself. */
const HELD = 'held';
const CLOSED = 'jina';
/** Whose vendor answers rubbish: a run of this tenant ends with companies that failed. */
const FAILING = 'failing';
const BROKEN = 'lusha';
/** Of tenant acme. */
const THREAD = 'q3';
const DATASET = 'name,website\nZencoder,zencoder.com\n';

/** The one cell that all commands of the docs work in, and what stands there for the examples in their text. */
export class DocsCell {
  private runs = 0;

  private constructor(
    private readonly cell: TestCell,
    private readonly admin: SpawnedApp,
    private readonly datasetId: string,
  ) {}

  static async start(): Promise<DocsCell> {
    const cell = await startTestCell({
      api: true,
      appendOnly: true,
      tenants: {
        default: {
          waterfalls: onlyVendors({
            crawl_website: ['web'],
            enrich_company: ['apollo'],
            find_contacts: ['hunter'],
            verify_email: ['zerobounce'],
          }),
        },
        [HELD]: { waterfalls: onlyVendors({ crawl_website: [CLOSED] }) },
        [FAILING]: { waterfalls: onlyVendors({ enrich_company: [BROKEN] }) },
      },
      env: { LEADGEN_LOG_LEVEL: 'warn' },
    });
    try {
      await cell.control('POST', 'faults', { vendor: BROKEN, kind: 'garbage' });
      const redis = createRedis(cell.redis.url, workerConnectionOptions());
      await redis.connect();
      await new RedisGateOperations(redis, new CellKeys('main')).close(
        `sim-${CLOSED}`,
        3_600_000,
        'for the docs',
      );
      await closeRedis(redis);
      const passwordHash = await hashOpsPassword('correct horse battery');
      const admin = await cell.start('api', {
        LEADGEN_API_PORT: '0',
        LEADGEN_ADMIN_PORT: '0',
        LEADGEN_OPS_USERS: opsUserEntry({ name: 'ada', role: 'operator', passwordHash }),
      });
      await postThread(cell);
      return new DocsCell(cell, admin, await uploadDataset(cell));
    } catch (error) {
      await cell.stop();
      throw error;
    }
  }

  /** What the commands find in their environment. */
  get env(): Readonly<Record<string, string>> {
    return { ...this.cell.env, LEADGEN_API_PORT: '0', LEADGEN_LOG_LEVEL: 'info' };
  }

  /**
   * The text with what stands in it for something of the reader's replaced by what there is here (CONTRIBUTING.md has the
   * rules). A run is made anew for each line that names one: the line may end it.
   */
  async filledIn(text: string): Promise<string> {
    const lines = await Promise.all(text.split('\n').map((line) => this.withRun(line)));
    return [
      ['redis://127.0.0.1:6379', this.cell.redis.url],
      ['http://127.0.0.1:3000', String(this.cell.api?.ready.url)],
      ['http://127.0.0.1:9000', String(this.admin.ready.adminUrl)],
      ['LEADGEN_ADMIN_PORT=9000', 'LEADGEN_ADMIN_PORT=0'],
      ['LEADGEN_SIM_PORT=4700', 'LEADGEN_SIM_PORT=0'],
      ['/var/lib/leadgen', this.cell.dataDir],
      ['--vendor ID', '--vendor hunter'],
      ['/ops/vendors/apollo', '/ops/vendors/sim-apollo'],
      ['ds_…', this.datasetId],
    ].reduce((filled, [example = '', real = '']) => filled.replaceAll(example, real), lines.join('\n'));
  }

  stop(): Promise<void> {
    return this.cell.stop();
  }

  private async withRun(line: string): Promise<string> {
    if (!line.includes('run_01…')) return line;
    const tenant = line.includes(' retry ') ? FAILING : HELD;
    const run = await postRun(this.cell, { tenant, websites: websitesOf(`docs${++this.runs}`, 2) });
    await untilRun(this.cell, run, ({ state }) => state === (tenant === HELD ? 'paused' : 'partial'), {
      what: `the run of ${tenant} is where the docs need one`,
    });
    return line.replaceAll('run_01…', run.runId).replaceAll('--tenant-id acme', `--tenant-id ${tenant}`);
  }
}

async function uploadDataset(cell: TestCell): Promise<string> {
  const response = await fetch(`${String(cell.api?.ready.url)}/api/datasets`, {
    method: 'POST',
    headers: { ...(await cell.authorization('acme')), 'content-type': 'text/csv' },
    body: DATASET,
  });
  const { dataset_id: id } = (await response.json()) as { dataset_id?: string };
  if (id === undefined) throw new Error(`no dataset: ${response.status}`);
  return id;
}

/** The docs look at a thread of acme's. */
async function postThread(cell: TestCell): Promise<void> {
  const response = await fetch(`${String(cell.api?.ready.url)}/api/orchestrations`, {
    method: 'POST',
    headers: { ...(await cell.authorization('acme')), 'content-type': 'application/json' },
    body: JSON.stringify({
      input: 'run full pipeline',
      thread_id: THREAD,
      icp_payload: {},
      companies: [{ name: 'Zencoder', website: 'zencoder.com' }],
    }),
  });
  if (!response.ok) throw new Error(`no run in thread ${THREAD}: ${response.status}`);
}
