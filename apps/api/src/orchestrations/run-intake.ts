import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { OBJECT_STORAGE, SETTINGS } from '#libs/cell';
import { failpoint, type Settings } from '#libs/config';
import { appError, runRequestSchema, type RunRequest } from '#libs/contracts';
import { parseIcp } from '#libs/domain';
import { storeDataset, type ObjectStorage } from '#libs/object-storage';
import { hashOfRequest, IdempotencyKeys, RunRepository, type CreatedRun } from '#libs/run-state';
import { DatasetsService } from '../datasets/datasets.service';
import { acceptWebhook } from '../webhooks/accept-webhook';
import type { CreateOrchestrationDto } from './create-orchestration.dto';

interface Keyed {
  key: string;
  requestHash: string;
}

interface Creation {
  keyed: Keyed | undefined;
  /** Sealed. */
  webhookSecret: string | undefined;
}

/**
 * Takes runs in: what a client sends becomes a request, a stored dataset and a run record, handed over in the same step to the
 * workers, who add its flow.
 */
@Injectable()
export class RunIntake {
  constructor(
    private readonly runs: RunRepository,
    private readonly keys: IdempotencyKeys,
    private readonly datasets: DatasetsService,
    @Inject(OBJECT_STORAGE) private readonly storage: ObjectStorage,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /**
   * The run of this body, new or, for a key that came with the same body before, the one made then. What is refused
   * leaves the key free.
   */
  async accept(
    tenantId: string,
    body: CreateOrchestrationDto,
    idempotencyKey: string | undefined,
  ): Promise<CreatedRun> {
    const request = toRequest(tenantId, body);
    const keyed =
      idempotencyKey === undefined ? undefined : { key: idempotencyKey, requestHash: hashOfRequest(body) };
    const webhookSecret = body.webhook && acceptWebhook(this.settings, tenantId, body.webhook);
    const run = await this.create(request, body, { keyed, webhookSecret });
    failpoint('api.after_record');
    return run;
  }

  private async create(
    request: RunRequest,
    body: CreateOrchestrationDto,
    creation: Creation,
  ): Promise<CreatedRun> {
    const { tenant_id: tenantId } = request;
    const { keyed } = creation;
    // Nothing is done before the run is created: the creation alone decides whose key it is.
    if (!keyed || (!body.companies && body.dataset_id === undefined)) {
      return this.createWith(await this.withCompanies(request, body), creation);
    }
    const claimed = await this.keys.claim(tenantId, keyed.key, keyed.requestHash);
    if ('run' in claimed) return claimed.run;
    failpoint('api.key_claimed');
    try {
      return await this.createWith(await this.withCompanies(request, body), creation, claimed.claim);
    } catch (error) {
      await this.keys.release(tenantId, keyed.key, claimed.claim);
      throw error;
    }
  }

  private createWith(
    request: RunRequest,
    { keyed, webhookSecret }: Creation,
    claim?: string,
  ): Promise<CreatedRun> {
    failpoint('api.before_record');
    return this.runs.create(request, {
      source: 'api',
      handOver: true,
      activeRunsMax: this.settings.api.activeRunsPerTenant,
      ...(keyed && { idempotencyKey: keyed.key, requestHash: keyed.requestHash }),
      ...(claim !== undefined && { claim }),
      ...(webhookSecret !== undefined && { webhookSecret }),
    });
  }

  private async withCompanies(request: RunRequest, body: CreateOrchestrationDto): Promise<RunRequest> {
    const { companies, dataset_id: datasetId } = body;
    return { ...request, ...(await this.companiesOf(request.tenant_id, { companies, datasetId })) };
  }

  /** Where the run finds its companies: those of the body, a dataset's, or none. */
  private async companiesOf(
    tenantId: string,
    { companies, datasetId }: { companies: readonly object[] | undefined; datasetId: string | undefined },
  ): Promise<Pick<RunRequest, 'dataset_key' | 'dataset_name'>> {
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
    failpoint('api.dataset_stored');
    return stored.key;
  }
}

/** All of the request but where its companies are. Throws `invalid_request` and `invalid_icp`. */
function toRequest(tenantId: string, body: CreateOrchestrationDto): RunRequest {
  const { companies, dataset_id: datasetId, icp_payload: icp, run_mode: mode, webhook, ...rest } = body;
  if (companies && datasetId !== undefined) {
    throw appError('invalid_request', 'companies or dataset_id: a run takes one of them');
  }
  const request = runRequestSchema.safeParse({
    ...rest,
    tenant_id: tenantId,
    ...(icp && { icp: parseIcp(icp) }),
    ...(mode && { mode }),
    ...(webhook && { webhook: { url: webhook.url } }),
  });
  if (!request.success) throw appError('invalid_request', z.prettifyError(request.error));
  return request.data;
}
