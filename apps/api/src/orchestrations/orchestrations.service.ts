import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { OBJECT_STORAGE, SETTINGS } from '#libs/cell';
import type { Settings } from '#libs/config';
import { z } from 'zod';
import { appError, runRequestSchema, type RunRecord, type RunRequest } from '#libs/contracts';
import { parseIcp } from '#libs/domain';
import { storeDataset, type ObjectStorage } from '#libs/object-storage';
import { RunFlow } from '#libs/queue';
import { RunRepository, type RunRef } from '#libs/run-state';
import { DatasetsService } from '../datasets/datasets.service';
import type { CreateOrchestrationDto } from './create-orchestration.dto';
import { RunFinder } from './run-finder';
import { orchestrationView, type OrchestrationView } from './orchestration.view';

/** Accepts and shows runs. Foreign and unknown ids are the same answer: `run_not_found`. */
@Injectable()
export class OrchestrationsService {
  constructor(
    private readonly runs: RunRepository,
    private readonly finder: RunFinder,
    private readonly flow: RunFlow,
    private readonly datasets: DatasetsService,
    @Inject(OBJECT_STORAGE) private readonly storage: ObjectStorage,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async create(
    tenantId: string,
    body: CreateOrchestrationDto,
    idempotencyKey: string | undefined,
  ): Promise<OrchestrationView> {
    const request = await this.toRequest(tenantId, body);
    const run = await this.runs.create(request, {
      source: 'api',
      activeRunsMax: this.settings.api.activeRunsPerTenant,
      ...(idempotencyKey !== undefined && { idempotencyKey }),
    });
    // Also for a run that existed: if its creator died before adding the flow, this adds it.
    await this.flow.addRun(run);
    return this.view(run);
  }

  /** By thread id (its latest run) or run id. */
  async find(tenantId: string, id: string): Promise<OrchestrationView> {
    return this.view(await this.finder.forReading(tenantId, id));
  }

  /** A tenant's runs, newest first. */
  async list(tenantId: string, limit: number): Promise<OrchestrationView[]> {
    const ids = await this.runs.runsOfTenant(tenantId, limit);
    const views = await Promise.all(
      ids.map(async (runId) => {
        const record = await this.runs.find({ tenantId, runId });
        return record && this.viewOf(record);
      }),
    );
    // A run past its retention stays in its tenant's list until the next one is created.
    return views.filter((view) => view !== undefined);
  }

  private async view(run: RunRef): Promise<OrchestrationView> {
    return this.viewOf(await this.runs.get(run));
  }

  private async viewOf(record: RunRecord): Promise<OrchestrationView> {
    const run = { tenantId: record.request.tenant_id, runId: record.run_id };
    return orchestrationView(record, await this.runs.events(run));
  }

  private async toRequest(tenantId: string, body: CreateOrchestrationDto): Promise<RunRequest> {
    const { companies, dataset_id: datasetId, icp_payload: icp, run_mode: mode, ...rest } = body;
    const request = runRequestSchema.safeParse({
      ...rest,
      tenant_id: tenantId,
      ...(icp && { icp: parseIcp(icp) }),
      ...(mode && { mode }),
      ...(await this.companiesOf(tenantId, { companies, datasetId })),
    });
    if (!request.success) throw appError('invalid_request', z.prettifyError(request.error));
    return request.data;
  }

  /** Where the run finds its companies: those of the body, a dataset's, or none. */
  private async companiesOf(
    tenantId: string,
    { companies, datasetId }: { companies: readonly object[] | undefined; datasetId: string | undefined },
  ): Promise<Pick<RunRequest, 'dataset_key' | 'dataset_name'>> {
    if (companies && datasetId !== undefined) {
      throw appError('invalid_request', 'companies or dataset_id: a run takes one of them');
    }
    if (datasetId !== undefined) {
      const { object_key: key, name } = await this.datasets.find(tenantId, datasetId);
      return { dataset_key: key, dataset_name: name };
    }
    if (!companies) return {};
    return { dataset_key: await this.storeCompanies(tenantId, companies), dataset_name: 'companies' };
  }

  private async storeCompanies(tenantId: string, companies: readonly object[]): Promise<string> {
    const lines = companies.map((company) => `${JSON.stringify(company)}\n`);
    const stored = await storeDataset(this.storage, tenantId, Readable.from(lines), 'jsonl');
    return stored.key;
  }
}
