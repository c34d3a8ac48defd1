import { Body, Controller, Get, Put, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { AuditLog } from '#libs/audit';
import type { Caller } from '#libs/contracts';
import { TenantDocuments } from '#libs/tenancy';
import { CurrentCaller } from '../../access/current-caller.decorator';
import { RequireScope } from '../../access/require-scope.decorator';
import { ApiProblems } from '../../openapi/api-problems.decorator';
import { profileView, ProfileView } from './profile.view';
import { PutProfileDto } from './put-profile.dto';
import { ApiIfMatch, expectedVersion, IfMatch, tellVersion } from './version-headers';

/** Who the tenant is and what it sells. */
@ApiTags('tenants')
@Controller('api/tenants/me/profile')
export class ProfileController {
  constructor(
    private readonly documents: TenantDocuments,
    private readonly audit: AuditLog,
  ) {}

  @Get()
  @RequireScope('tenant:read')
  @ApiOperation({ operationId: 'getProfile', summary: 'The tenant’s own profile' })
  @ApiOkResponse({ type: ProfileView })
  async find(
    @CurrentCaller() { tenantId }: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ProfileView> {
    const stored = await this.documents.read(tenantId, 'profile');
    tellVersion(response, stored);
    return profileView(stored);
  }

  @Put()
  @RequireScope('tenant:write')
  @ApiOperation({ operationId: 'putProfile', summary: 'Replace the tenant’s own profile' })
  @ApiProblems('precondition_failed')
  @ApiIfMatch()
  @ApiOkResponse({ type: ProfileView })
  async put(
    @CurrentCaller() { tenantId, actor }: Caller,
    @Body() body: PutProfileDto,
    @IfMatch() ifMatch: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ProfileView> {
    const { name = null, website = null, offering = null, text = null } = body;
    const profile = { name, website, offering, text };
    const stored = await this.documents.write(tenantId, 'profile', profile, expectedVersion(ifMatch));
    await this.audit.record({
      tenantId,
      actor,
      action: 'tenant.profile_changed',
      target: 'profile',
      details: { version: stored.version },
    });
    tellVersion(response, stored);
    return profileView(stored);
  }
}
