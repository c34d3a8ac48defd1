import { Readable } from 'node:stream';
import { Controller, Get, Param, Query, Req, Res, StreamableFile } from '@nestjs/common';
import {
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
  getSchemaPath,
  ApiExtraModels,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Caller } from '#libs/contracts';
import { CurrentCaller } from '../access/current-caller.decorator';
import { RequireScope } from '../access/require-scope.decorator';
import { ApiProblems } from '../openapi/api-problems.decorator';
import { LeadPageView } from './lead-page.view';
import { LeadsQueryDto } from './leads-query.dto';
import { LeadsService } from './leads.service';

const CSV = 'text/csv';

@ApiTags('leads')
@ApiExtraModels(LeadPageView)
@Controller('api/orchestrations/:id/leads')
export class LeadsController {
  constructor(private readonly leads: LeadsService) {}

  @Get()
  @RequireScope('orchestrations:read')
  @ApiOperation({
    operationId: 'listLeads',
    summary: 'Leads of a run, best first; of one that goes on, those that are finished',
  })
  @ApiParam({ name: 'id', description: 'Run id or thread id.' })
  @ApiOkResponse({
    content: {
      'application/json': { schema: { $ref: getSchemaPath(LeadPageView) } },
      [CSV]: { schema: { type: 'string', description: 'As leads.csv of an export.' } },
    },
  })
  @ApiProblems('run_not_found')
  async list(
    @CurrentCaller() { tenantId }: Caller,
    @Param('id') id: string,
    @Query() query: LeadsQueryDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<LeadPageView | StreamableFile> {
    response.vary('accept');
    const format = query.format ?? (request.accepts(['application/json', CSV]) === CSV ? 'csv' : 'json');
    if (format === 'json') return this.leads.page(tenantId, id, query);
    const { runId, text } = await this.leads.csv(tenantId, id, query);
    const file = new StreamableFile(Readable.from(text, { objectMode: false }), {
      type: `${CSV}; charset=utf-8`,
      disposition: `attachment; filename="leads-${runId}.csv"`,
    });
    // A list that breaks off must not look like a short one: the connection ends before the answer does.
    return file.setErrorHandler(() => response.destroy());
  }
}
