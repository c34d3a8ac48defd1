import { Body, Controller, Get, Put, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { AuditLog } from '#libs/audit';
import type { Caller } from '#libs/contracts';
import { parseIcp } from '#libs/domain';
import { TenantDocuments } from '#libs/tenancy';
import { CurrentCaller } from '../../access/current-caller.decorator';
import { RequireScope } from '../../access/require-scope.decorator';
import { ApiProblems } from '../../openapi/api-problems.decorator';
import { icpView, IcpView } from './icp.view';
import { PutIcpDto } from './put-icp.dto';
import { ApiIfMatch, expectedVersion, IfMatch, tellVersion } from './version-headers';

/** The ideal-customer profile that the tenant's runs take where they bring none. */
@ApiTags('tenants')
@Controller('api/tenants/me/icp')
export class IcpController {
  constructor(
    private readonly documents: TenantDocuments,
    private readonly audit: AuditLog,
  ) {}

  @Get()
  @RequireScope('tenant:read')
  @ApiOperation({ operationId: 'getStoredIcp', summary: 'The stored ideal-customer profile' })
  @ApiOkResponse({ type: IcpView })
  async find(
    @CurrentCaller() { tenantId }: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<IcpView> {
    const stored = await this.documents.read(tenantId, 'icp');
    tellVersion(response, stored);
    return icpView(stored);
  }

  @Put()
  @RequireScope('tenant:write')
  @ApiOperation({ operationId: 'putStoredIcp', summary: 'Replace the stored ideal-customer profile' })
  @ApiProblems('precondition_failed')
  @ApiIfMatch()
  @ApiOkResponse({ type: IcpView })
  async put(
    @CurrentCaller() { tenantId, actor }: Caller,
    @Body() body: PutIcpDto,
    @IfMatch() ifMatch: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<IcpView> {
    const expected = expectedVersion(ifMatch);
    const icp = body.icp === null ? null : parseIcp(body.icp);
    const stored = await this.documents.write(tenantId, 'icp', icp, expected);
    await this.audit.record({
      tenantId,
      actor,
      action: 'tenant.icp_changed',
      target: 'icp',
      details: { version: stored.version, members: icp === null ? 'none' : Object.keys(icp).join(' ') },
    });
    tellVersion(response, stored);
    return icpView(stored);
  }
}
