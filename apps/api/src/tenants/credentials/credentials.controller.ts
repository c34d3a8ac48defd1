import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#libs/contracts';
import { CurrentCaller } from '../../access/current-caller.decorator';
import { RequireScope } from '../../access/require-scope.decorator';
import { ApiProblems } from '../../openapi/api-problems.decorator';
import { CredentialsService } from './credentials.service';
import { CredentialView, OwnVendorsView } from './own-vendors.view';
import { PutCredentialDto } from './put-credential.dto';

/** The tenant's own keys for vendors. */
@ApiTags('tenants')
@Controller('api/tenants/me/vendors')
export class CredentialsController {
  constructor(private readonly credentials: CredentialsService) {}

  @Get()
  @RequireScope('tenant:read')
  @ApiOperation({
    operationId: 'listOwnCredentials',
    summary: 'For which vendors the tenant has its own key',
  })
  @ApiOkResponse({ type: OwnVendorsView })
  list(@CurrentCaller() { tenantId }: Caller): Promise<OwnVendorsView> {
    return this.credentials.list(tenantId);
  }

  @Put(':vendor/credential')
  @RequireScope('tenant:write')
  @ApiOperation({
    operationId: 'putOwnCredential',
    summary: 'Store the tenant’s own key for a vendor, encrypted',
  })
  @ApiOkResponse({ type: CredentialView })
  @ApiProblems('not_found', 'sealing_not_configured')
  put(
    @CurrentCaller() caller: Caller,
    @Param('vendor') vendor: string,
    @Body() { api_key: apiKey }: PutCredentialDto,
  ): Promise<CredentialView> {
    return this.credentials.set(caller, vendor, apiKey);
  }

  @Delete(':vendor/credential')
  @HttpCode(204)
  @RequireScope('tenant:write')
  @ApiOperation({
    operationId: 'removeOwnCredential',
    summary: 'Take the tenant’s own key back; none is no error',
  })
  @ApiNoContentResponse()
  @ApiProblems('not_found')
  async remove(@CurrentCaller() caller: Caller, @Param('vendor') vendor: string): Promise<void> {
    await this.credentials.remove(caller, vendor);
  }
}
