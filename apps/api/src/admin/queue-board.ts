import { dirname } from 'node:path';
import { createBullBoard } from '@bull-board/api';
import { ExpressAdapter } from '@bull-board/express';
import type { Application, NextFunction, Response } from 'express';
import type { BoardQueues } from '#libs/queue';
import type { GateOperations } from '#libs/vendor-gate';
import { boardAccess } from './board-actions';
import { refuse, type OpsRequest } from './ops-access';
import type { OpsAudit } from './ops-audit';

export const BOARD_PATH = '/ops/queues';

/** How long the list of lanes may be old. */
const LANES_MS = 2_000;

type Access = 'look' | 'change';

/**
 * Bull Board for those who run the cell: one for viewers, which changes nothing, and one for operators, which changes only
 * what `boardAccess` lists. Lanes appear as their caps come into use.
 */
export class QueueBoard {
  private readonly boards: Readonly<Record<Access, Board>>;
  private lanes: readonly string[] = [];
  private looked: Promise<void> = Promise.resolve();
  private lookedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly queues: BoardQueues,
    private readonly gate: Pick<GateOperations, 'caps'>,
    private readonly audit: OpsAudit,
  ) {
    this.boards = { look: createBoard(queues, 'look'), change: createBoard(queues, 'change') };
  }

  /** To be mounted at `BOARD_PATH`, behind `OpsAccess`. */
  readonly middleware = async (
    request: OpsRequest,
    response: Response,
    next: NextFunction,
  ): Promise<void> => {
    const { ops } = request;
    if (!ops) throw new Error('the board stands behind the admin port’s own middleware');
    const access = boardAccess(request.method, request.path);
    if (access.kind === 'refused') {
      refuse(
        response,
        'forbidden',
        'this queue or action is read-only: docs/ops.md says what may be changed',
      );
      return;
    }
    // Written before it is done: an action that nobody can write down is not done.
    if (access.kind === 'change') {
      await this.audit.record(ops, access.action, access.target, {});
    }
    await this.refreshLanes();
    this.boards[ops.role === 'operator' ? 'change' : 'look'].handle(request, response, next);
  };

  private refreshLanes(): Promise<void> {
    if (performance.now() - this.lookedAt < LANES_MS) return this.looked;
    this.lookedAt = performance.now();
    this.looked = this.readLanes();
    return this.looked;
  }

  private async readLanes(): Promise<void> {
    const lanes = await this.gate.caps();
    if (lanes.length === this.lanes.length && lanes.every((lane) => this.lanes.includes(lane))) return;
    this.lanes = lanes;
    for (const access of ['look', 'change'] as const) {
      this.boards[access].replaceQueues(this.queues.adapters(lanes, access));
    }
  }
}

interface Board extends Pick<ReturnType<typeof createBullBoard>, 'replaceQueues'> {
  handle: (request: OpsRequest, response: Response, next: NextFunction) => void;
}

function createBoard(queues: BoardQueues, access: Access): Board {
  const serverAdapter = new ExpressAdapter();
  serverAdapter.setBasePath(BOARD_PATH);
  const { replaceQueues } = createBullBoard({
    queues: queues.adapters([], access),
    serverAdapter,
    options: {
      uiBasePath: dirname(require.resolve('@bull-board/ui/package.json')),
      // Looking for workers is a CLIENT LIST per queue and poll, which many managed Redis services forbid.
      uiConfig: { boardTitle: 'leadgen queues', showWorkers: false, hideDocsLink: true },
      handlerHooks: { after: (_context, result) => ({ ...result, body: withoutReasons(result.body) }) },
    },
  });
  const app = serverAdapter.getRouter() as Board['handle'] & Pick<Application, 'disable'>;
  app.disable('x-powered-by');
  return { replaceQueues, handle: app };
}

/** The tree of a flow tells why children failed in words of their own, which no formatter sees. */
function withoutReasons<Body>(body: Body): Body {
  if (body === null || typeof body !== 'object') return body;
  if (Array.isArray(body)) return body.map((item: unknown) => withoutReasons(item)) as Body;
  const kept = Object.entries(body).filter(([name]) => name !== 'ignoredChildFailureReasons');
  return Object.fromEntries(kept.map(([name, value]) => [name, withoutReasons(value as unknown)])) as Body;
}
