import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#libs/contracts';
import { CurrentCaller } from '../access/current-caller.decorator';
import { RequireScope } from '../access/require-scope.decorator';
import { VendorsView } from './vendor.view';
import { VendorsService } from './vendors.service';

@ApiTags('vendors')
@Controller('api/vendors')
export class VendorsController {
  constructor(private readonly vendors: VendorsService) {}

  @Get()
  @RequireScope('tenant:read')
  @ApiOperation({
    operationId: 'listVendors',
    summary: 'The vendors that serve the tenant: their caps, what is used of them, and what waits',
  })
  @ApiOkResponse({ type: VendorsView })
  list(@CurrentCaller() { tenantId }: Caller): Promise<VendorsView> {
    return this.vendors.list(tenantId);
  }
}
