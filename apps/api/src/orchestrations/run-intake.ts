import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { OBJECT_STORAGE, SETTINGS } from '#libs/cell';
import type { Settings } from '#libs/config';
import { appError, runRequestSchema, type RunRequest } from '#libs/contracts';
import { parseIcp } from '#libs/domain';
import { storeDataset, type ObjectStorage } from '#libs/object-storage';
import { RunFlow } from '#libs/queue';
import { RunRepository, type RunRef } from '#libs/run-state';
import { DatasetsService } from '../datasets/datasets.service';
import type { CreateOrchestrationDto } from './create-orchestration.dto';

/** Takes runs in: what a client sends becomes a request, a stored dataset, a run record and its flow. */
@Injectable()
export class RunIntake {
  constructor(
    private readonly runs: RunRepository,
    private readonly flow: RunFlow,
    private readonly datasets: DatasetsService,
    @Inject(OBJECT_STORAGE) private readonly storage: ObjectStorage,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async accept(
    tenantId: string,
    body: CreateOrchestrationDto,
    idempotencyKey: string | undefined,
  ): Promise<RunRef> {
    const request = await this.toRequest(tenantId, body);
    const run = await this.runs.create(request, {
      source: 'api',
      activeRunsMax: this.settings.api.activeRunsPerTenant,
      ...(idempotencyKey !== undefined && { idempotencyKey }),
    });
    // Also for a run that existed: if its creator died before adding the flow, this adds it.
    await this.flow.addRun(run);
    return run;
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
