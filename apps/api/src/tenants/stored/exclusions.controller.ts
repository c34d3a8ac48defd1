import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { AuditLog } from '#libs/audit';
import { exclusionSchema, type Caller } from '#libs/contracts';
import { ExclusionLists, type ExclusionsChange } from '#libs/tenancy';
import { CurrentCaller } from '../../access/current-caller.decorator';
import { RequireScope } from '../../access/require-scope.decorator';
import { ApiProblems } from '../../openapi/api-problems.decorator';
import { decodeCursor, encodeCursor } from '../../paging/cursor';
import { PageQueryDto } from '../../paging/page-query.dto';
import { AddExclusionsDto, exclusionsOf, PutExclusionsDto } from './exclusions.dto';
import {
  ExclusionsChangeView,
  exclusionsChangeView,
  ExclusionsPageView,
  exclusionView,
} from './exclusions.view';
import { ApiIfMatch, expectedVersion, IfMatch, tellVersion } from './version-headers';

/** Whom the tenant's runs leave out: customers, competitors, partners. */
@ApiTags('tenants')
@Controller('api/tenants/me/exclusions')
export class ExclusionsController {
  constructor(
    private readonly lists: ExclusionLists,
    private readonly audit: AuditLog,
  ) {}

  @Get()
  @RequireScope('tenant:read')
  @ApiOperation({ operationId: 'listExclusions', summary: 'The exclusion list, a page at a time' })
  @ApiOkResponse({ type: ExclusionsPageView })
  async list(
    @CurrentCaller() { tenantId }: Caller,
    @Query() { limit, cursor }: PageQueryDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ExclusionsPageView> {
    const after = cursor === undefined ? undefined : decodeCursor(cursor, exclusionSchema.shape.id);
    const standing = await this.lists.standing(tenantId);
    const found = await this.lists.page(tenantId, {
      limit: limit + 1,
      ...(after !== undefined && { after }),
    });
    const data = found.slice(0, limit);
    const last = data.at(-1);
    tellVersion(response, standing);
    return {
      data: data.map(exclusionView),
      next_cursor: found.length > limit && last ? encodeCursor(last.id) : null,
      count: standing.count,
      updated_at: standing.updatedAt,
    };
  }

  @Put()
  @RequireScope('tenant:write')
  @ApiOperation({ operationId: 'putExclusions', summary: 'Replace the exclusion list' })
  @ApiProblems('precondition_failed')
  @ApiIfMatch()
  @ApiOkResponse({ type: ExclusionsChangeView })
  async put(
    @CurrentCaller() caller: Caller,
    @Body() { entries }: PutExclusionsDto,
    @IfMatch() ifMatch: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ExclusionsChangeView> {
    const list = exclusionsOf(entries);
    const change = await this.lists.replace(caller.tenantId, list, expectedVersion(ifMatch));
    return this.changed(caller, response, change);
  }

  @Post()
  @HttpCode(200)
  @RequireScope('tenant:write')
  @ApiOperation({ operationId: 'addExclusions', summary: 'Add entries to the exclusion list' })
  @ApiProblems('precondition_failed')
  @ApiIfMatch()
  @ApiOkResponse({ type: ExclusionsChangeView })
  async add(
    @CurrentCaller() caller: Caller,
    @Body() { entries }: AddExclusionsDto,
    @IfMatch() ifMatch: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ExclusionsChangeView> {
    const list = exclusionsOf(entries);
    const change = await this.lists.add(caller.tenantId, list, expectedVersion(ifMatch));
    return this.changed(caller, response, change);
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireScope('tenant:write')
  @ApiOperation({
    operationId: 'removeExclusion',
    summary: 'Remove an entry; one that is not there is no error',
  })
  @ApiNoContentResponse()
  async remove(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    if (!exclusionSchema.shape.id.safeParse(id).success) return;
    await this.changed(caller, response, await this.lists.remove(caller.tenantId, id));
  }

  private async changed(
    { tenantId, actor }: Caller,
    response: Response,
    change: ExclusionsChange,
  ): Promise<ExclusionsChangeView> {
    const { version, count, removed } = change;
    await this.audit.record({
      tenantId,
      actor,
      action: 'tenant.exclusions_changed',
      target: 'exclusions',
      details: { version, count, removed },
    });
    tellVersion(response, change);
    return exclusionsChangeView(change);
  }
}
