import { Controller, Delete, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { datasetIdSchema, type Caller } from '#libs/contracts';
import { CurrentCaller } from '../access/current-caller.decorator';
import { RequireScope } from '../access/require-scope.decorator';
import { ApiProblems } from '../openapi/api-problems.decorator';
import { decodeCursor, encodeCursor } from '../paging/cursor';
import { PageQueryDto } from '../paging/page-query.dto';
import { DatasetPageView, datasetView, DatasetView } from './dataset.view';
import { DatasetsService } from './datasets.service';
import { UploadDatasetQueryDto } from './upload-dataset-query.dto';
import { UPLOAD_MEDIA_TYPES } from './uploaded-file';

/** Companies that a tenant uploads once and starts runs with. */
@ApiTags('datasets')
@Controller('api/datasets')
export class DatasetsController {
  constructor(private readonly datasets: DatasetsService) {}

  @Post()
  @RequireScope('datasets:write')
  @ApiOperation({ operationId: 'uploadDataset', summary: 'Upload companies as CSV or JSON lines' })
  @ApiConsumes(...UPLOAD_MEDIA_TYPES)
  @ApiBody({
    required: true,
    description: 'The file itself, or a form with it as its only part. Compressed bodies are refused.',
    schema: { type: 'string', format: 'binary' },
  })
  @ApiCreatedResponse({ type: DatasetView, headers: { Location: { schema: { type: 'string' } } } })
  @ApiProblems('input_empty', 'request_timeout', 'dataset_too_large', 'unsupported_media_type')
  async upload(
    @CurrentCaller() { tenantId }: Caller,
    @Query() query: UploadDatasetQueryDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DatasetView> {
    try {
      const dataset = await this.datasets.upload(tenantId, request, query);
      response.setHeader('location', `/api/datasets/${dataset.dataset_id}`);
      return datasetView(dataset);
    } finally {
      if (!request.readableEnded) response.setHeader('connection', 'close');
    }
  }

  @Get()
  @RequireScope('orchestrations:read')
  @ApiOperation({ operationId: 'listDatasets', summary: 'List datasets, newest first' })
  @ApiOkResponse({ type: DatasetPageView })
  async list(
    @CurrentCaller() { tenantId }: Caller,
    @Query() { limit, cursor }: PageQueryDto,
  ): Promise<DatasetPageView> {
    const before = cursor === undefined ? undefined : decodeCursor(cursor, datasetIdSchema);
    const { datasets, last } = await this.datasets.list(tenantId, { limit, before });
    return { data: datasets.map(datasetView), next_cursor: last === undefined ? null : encodeCursor(last) };
  }

  @Get(':id')
  @RequireScope('orchestrations:read')
  @ApiOperation({ operationId: 'getDataset', summary: 'Show a dataset' })
  @ApiOkResponse({ type: DatasetView })
  @ApiProblems('dataset_not_found')
  async find(@CurrentCaller() { tenantId }: Caller, @Param('id') id: string): Promise<DatasetView> {
    return datasetView(await this.datasets.find(tenantId, id));
  }

  @Delete(':id')
  @RequireScope('datasets:write')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteDataset', summary: 'Remove a dataset with its content' })
  @ApiNoContentResponse()
  @ApiProblems('dataset_not_found', 'dataset_in_use')
  async remove(@CurrentCaller() { tenantId }: Caller, @Param('id') id: string): Promise<void> {
    await this.datasets.remove(tenantId, id);
  }
}
