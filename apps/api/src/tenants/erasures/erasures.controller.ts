import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { AuditLog } from '#libs/audit';
import { appError, type Caller } from '#libs/contracts';
import { suppressedSubject, type ErasureSubject } from '#libs/domain';
import { Erasures } from '#libs/erasure';
import { SuppressionLists } from '#libs/tenancy';
import { CurrentCaller } from '../../access/current-caller.decorator';
import { RequireScope } from '../../access/require-scope.decorator';
import { ApiProblems } from '../../openapi/api-problems.decorator';
import { CreateErasureDto } from './create-erasure.dto';
import { ErasureView, erasureView } from './erasure.view';

/** Takes people and companies out of all that is kept of the tenant, in the background, and out of what comes after. */
@ApiTags('tenants')
@Controller('api/tenants/me/erasures')
export class ErasuresController {
  constructor(
    private readonly erasures: Erasures,
    private readonly suppressions: SuppressionLists,
    private readonly audit: AuditLog,
  ) {}

  @Post()
  @HttpCode(202)
  @RequireScope('tenant:write')
  @ApiOperation({ operationId: 'createErasure', summary: 'Erase a person or a company, and suppress them' })
  @ApiAcceptedResponse({ type: ErasureView })
  async create(
    @CurrentCaller() { tenantId, actor }: Caller,
    @Body() body: CreateErasureDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ErasureView> {
    const subject = subjectOf(body);
    // First: nobody asks about them while they are erased, nor after.
    await this.suppressions.add(tenantId, [subject]);
    const erasureId = await this.erasures.request(tenantId, subject);
    await this.audit.record({
      tenantId,
      actor,
      action: 'erasure.requested',
      target: erasureId,
      details: { kind: subject.kind },
    });
    response.setHeader('location', `/api/tenants/me/erasures/${erasureId}`);
    return erasureView(erasureId, await this.erasures.receipt({ tenantId, erasureId }));
  }

  @Get(':id')
  @RequireScope('tenant:read')
  @ApiOperation({ operationId: 'getErasure', summary: 'How far an erasure is, and what it found' })
  @ApiOkResponse({ type: ErasureView })
  @ApiProblems('erasure_not_found')
  async find(@CurrentCaller() { tenantId }: Caller, @Param('id') id: string): Promise<ErasureView> {
    return erasureView(id, await this.erasures.receipt({ tenantId, erasureId: id }));
  }
}

function subjectOf({ email = null, domain = null }: CreateErasureDto): ErasureSubject {
  const given = [
    ...(email === null ? [] : [{ kind: 'email' as const, value: email }]),
    ...(domain === null ? [] : [{ kind: 'domain' as const, value: domain }]),
  ];
  const [one, other] = given;
  if (!one || other) throw appError('invalid_request', 'give either email or domain');
  const read = suppressedSubject(one.kind, one.value);
  if ('problem' in read) throw appError('invalid_request', `${one.kind}: ${read.problem}`);
  return { kind: one.kind, value: read.subject };
}
