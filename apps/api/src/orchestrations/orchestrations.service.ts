import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { LOGGER } from '#libs/cell';
import { runIdSchema } from '#libs/contracts';
import type { Logger } from '#libs/observability';
import { RunList, RunSnapshots, type RunRef } from '#libs/run-state';
import { decodeCursor, encodeCursor } from '../paging/cursor';
import { entityTag } from './entity-tag';
import type { ListOrchestrationsQuery } from './list-orchestrations.query';
import {
  orchestrationSummaryView,
  orchestrationView,
  STATUS_HISTORY_MAX,
  type OrchestrationListView,
  type OrchestrationView,
} from './orchestration.view';
import { runNotFound } from './run-finder';

const positionSchema = z.tuple([z.int().min(0), runIdSchema]);

/** Shows runs. Foreign and unknown ids are the same answer: `run_not_found`. */
@Injectable()
export class OrchestrationsService {
  constructor(
    private readonly snapshots: RunSnapshots,
    private readonly list: RunList,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async show(run: RunRef): Promise<{ view: OrchestrationView; tag: string }> {
    const snapshot = await this.snapshots.take(run, { eventsMax: STATUS_HISTORY_MAX });
    if (!snapshot) throw runNotFound();
    return { view: orchestrationView(run.tenantId, snapshot), tag: entityTag(snapshot.version) };
  }

  /** The tag alone, without reading the run. */
  async tag(run: RunRef): Promise<string> {
    const version = await this.snapshots.version(run);
    if (version === undefined) throw runNotFound();
    return entityTag(version);
  }

  /** A page of the tenant's runs, newest first. A record that cannot be read is left out and logged: it must not hide the others. */
  async page(tenantId: string, query: ListOrchestrationsQuery): Promise<OrchestrationListView> {
    const after = query.cursor === undefined ? null : decodeCursor(query.cursor, positionSchema);
    const { runs, next, unreadable } = await this.list.page(
      tenantId,
      { threadId: query.thread_id, source: query.source, state: query.state },
      { limit: query.limit, after: after && { createdMs: after[0], runId: after[1] } },
    );
    for (const { runId, error } of unreadable) {
      this.logger.error(
        { event: 'run_unreadable', tenant_id: tenantId, run_id: runId, err: error.message },
        'a run was left out of a list',
      );
    }
    return {
      data: runs.map((run) => orchestrationSummaryView(tenantId, run)),
      next_cursor: next && encodeCursor([next.createdMs, next.runId]),
    };
  }
}
