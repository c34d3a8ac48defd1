import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { WebhookDto } from '../webhooks/webhook.dto';
import { DATASET_ID, RUN_MODES, SINKS, type RunMode, type SinkName } from '#libs/contracts';

const INPUT_LENGTH_MAX = 4000;
const USER_ID_LENGTH_MAX = 128;
const COMPANIES_MAX = 1000;
const LIMIT_MAX = 1_000_000;
export const THREAD_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/** Body of `POST /api/orchestrations`; whose run it is, the key says. */
export class CreateOrchestrationDto {
  @ApiProperty({
    minLength: 1,
    maxLength: INPUT_LENGTH_MAX,
    pattern: '\\S',
    description: 'What is wanted, in words.',
    example: 'run full pipeline',
  })
  @IsString()
  @Length(1, INPUT_LENGTH_MAX)
  input!: string;

  @ApiPropertyOptional({
    pattern: THREAD_ID.source,
    description: 'The series this run belongs to; left out: a new one.',
  })
  @IsOptional()
  @Matches(THREAD_ID, { message: 'must be 1–128 letters, digits, ".", "-" or "_"' })
  thread_id?: string;

  @ApiPropertyOptional({
    minLength: 1,
    maxLength: USER_ID_LENGTH_MAX,
    description: 'For whom; noted with the run.',
  })
  @IsOptional()
  @IsString()
  @Length(1, USER_ID_LENGTH_MAX)
  user_id?: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'The ideal-customer profile (docs/icp.md); checked by its own rules: `invalid_icp`.',
    example: { industries: ['software'] },
  })
  @IsOptional()
  @IsObject()
  icp_payload?: Record<string, unknown>;

  @ApiPropertyOptional({ enum: RUN_MODES, default: 'full' })
  @IsOptional()
  @IsIn(RUN_MODES)
  run_mode?: RunMode;

  @ApiPropertyOptional({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    minItems: 1,
    maxItems: COMPANIES_MAX,
    description: 'Companies as records, in any usual spelling of the fields.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(COMPANIES_MAX)
  @IsObject({ each: true })
  companies?: Record<string, unknown>[];

  @ApiPropertyOptional({
    pattern: DATASET_ID.source,
    description: 'Companies uploaded by POST /api/datasets; not together with `companies`.',
  })
  @IsOptional()
  @IsString()
  @Length(1, 128)
  dataset_id?: string;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: LIMIT_MAX,
    default: 50,
    description: 'Most companies the run enriches.',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(LIMIT_MAX)
  limit?: number;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: Number.MAX_SAFE_INTEGER,
    description: 'Most the run may spend; the tenant’s own budget counts where it is smaller.',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  budget_micro_usd?: number;

  @ApiPropertyOptional({ type: 'array', items: { type: 'string', enum: [...SINKS] }, minItems: 1 })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @IsIn(SINKS, { each: true })
  export?: SinkName[];

  @ApiPropertyOptional({
    type: Boolean,
    default: false,
    description:
      'The run’s leads, and its files, are only those that no export of an earlier run has had; `output.delivered_before` ' +
      'says how many were left out.',
  })
  @IsOptional()
  @IsBoolean()
  new_only?: boolean;

  @ApiPropertyOptional({
    type: WebhookDto,
    description: 'Told when the run has ended. Left out: the tenant’s default webhook is, if there is one.',
  })
  // Not IsOptional, which lets null pass.
  @ValidateIf((body: CreateOrchestrationDto) => body.webhook !== undefined)
  @IsObject()
  @ValidateNested()
  @Type(() => WebhookDto)
  webhook?: WebhookDto;
}
