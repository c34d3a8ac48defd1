import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query } from '@nestjs/common';
import { appError, tenantIdSchema, threadIdSchema } from '#libs/contracts';
import { CreateOrchestrationDto } from './create-orchestration.dto';
import type { OrchestrationView } from './orchestration.view';
import { OrchestrationsService } from './orchestrations.service';

const LIST_LIMIT = 50;
const IDEMPOTENCY_KEY_LENGTH_MAX = 255;

/** Until tenants have keys, the tenant is named in the request; the API listens on loopback only. */
@Controller('api/orchestrations')
export class OrchestrationsController {
  constructor(private readonly orchestrations: OrchestrationsService) {}

  @Post()
  @HttpCode(202)
  create(
    @Body() body: CreateOrchestrationDto,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<OrchestrationView> {
    if (key !== undefined && (key === '' || key.length > IDEMPOTENCY_KEY_LENGTH_MAX)) {
      throw appError('invalid_request', 'Idempotency-Key must have 1–255 characters');
    }
    return this.orchestrations.create(body, key);
  }

  @Get()
  async list(@Query('tenant_id') tenantId: unknown): Promise<{ data: OrchestrationView[] }> {
    return { data: await this.orchestrations.list(requireTenant(tenantId), LIST_LIMIT) };
  }

  @Get(':id')
  find(@Param('id') id: string, @Query('tenant_id') tenantId: unknown): Promise<OrchestrationView> {
    const tenant = requireTenant(tenantId);
    if (!threadIdSchema.safeParse(id).success) {
      throw appError('run_not_found', 'there is no run or thread with such an id');
    }
    return this.orchestrations.find(tenant, id);
  }
}

function requireTenant(value: unknown): string {
  const tenant = tenantIdSchema.safeParse(value);
  if (!tenant.success) {
    throw appError('invalid_request', 'tenant_id: pass the tenant as ?tenant_id=…');
  }
  return tenant.data;
}
