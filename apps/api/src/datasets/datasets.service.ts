import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { SETTINGS } from '#libs/cell';
import type { Settings } from '#libs/config';
import { appError, datasetIdSchema, type Dataset } from '#libs/contracts';
import { DatasetRepository, tooLarge } from '#libs/datasets';
import { RunRepository } from '#libs/run-state';
import { liftBodyDeadline } from '../edge/body-time';
import { discardRest, requestBody } from './request-body';
import { uploadedFile } from './uploaded-file';
import type { UploadDatasetQueryDto } from './upload-dataset-query.dto';

const IDLE_MS = 30_000;
/** What a form adds to its file: boundaries and the headers of a part. */
const FORM_BYTES = 64 * 1024;

/** Takes, shows and removes datasets. Foreign, unknown and malformed ids are the same answer: `dataset_not_found`. */
@Injectable()
export class DatasetsService {
  constructor(
    private readonly datasets: DatasetRepository,
    private readonly runs: RunRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** After an error the rest of the body is still on its way: the connection is good for nothing more. */
  async upload(tenantId: string, request: Request, query: UploadDatasetQueryDto): Promise<Dataset> {
    const { bytesMax, uploadMsMax } = this.settings.datasets;
    liftBodyDeadline(request);
    try {
      if (Number(request.headers['content-length'] ?? 0) > bytesMax + FORM_BYTES) throw tooLarge(bytesMax);
      const limits = { bytesMax: bytesMax + FORM_BYTES, idleMs: IDLE_MS, totalMs: uploadMsMax };
      const file = await uploadedFile(request, requestBody(request, limits), query);
      return await this.datasets.add(tenantId, file, bytesMax);
    } catch (error) {
      await discardRest(request);
      throw error;
    }
  }

  async find(tenantId: string, id: string): Promise<Dataset> {
    const dataset = datasetIdSchema.safeParse(id).success
      ? await this.datasets.find(tenantId, id)
      : undefined;
    if (!dataset) throw notFound();
    return dataset;
  }

  list(
    tenantId: string,
    page: { limit: number; before: string | undefined },
  ): Promise<{ datasets: Dataset[]; last: string | undefined }> {
    return this.datasets.list(tenantId, page);
  }

  /** Throws `dataset_in_use` while a run is still to read it. */
  async remove(tenantId: string, id: string): Promise<void> {
    const dataset = await this.find(tenantId, id);
    const runId = await this.runToRead(tenantId, dataset.object_key);
    if (runId !== undefined) throw appError('dataset_in_use', `run ${runId} has not read the dataset yet`);
    await this.datasets.remove(tenantId, id);
  }

  private async runToRead(tenantId: string, objectKey: string): Promise<string | undefined> {
    for (const run of await this.runs.activeRuns()) {
      if (run.tenantId !== tenantId) continue;
      const hash = await this.runs.hash(run);
      // Once its rows are counted, a run has read its companies.
      if (hash?.request?.includes(`"${objectKey}"`) === true && hash.input === undefined) return run.runId;
    }
    return undefined;
  }
}

function notFound(): Error {
  return appError('dataset_not_found', 'this tenant has no dataset of that id');
}
