import { ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  Max,
  Min,
} from 'class-validator';
import { RETRY_CAUSES, type RetryCause } from '#libs/domain';

/** Body of `POST /api/orchestrations/{id}/retry`; empty: whatever failed or is in doubt, at any price. */
export class RetryDto {
  @ApiPropertyOptional({ default: false, description: 'Say what it would take, and start nothing.' })
  @IsOptional()
  @IsBoolean()
  dry_run?: boolean;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: Number.MAX_SAFE_INTEGER,
    description:
      'Refused if the retry is expected to cost more (`retry_too_expensive`). What the run may spend in all stays what it was.',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  max_cost_micro_usd?: number;

  @ApiPropertyOptional({
    type: 'array',
    items: { type: 'string', enum: [...RETRY_CAUSES] },
    minItems: 1,
    uniqueItems: true,
    description: 'Which companies: those with an error, those in doubt; left out: both.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(RETRY_CAUSES, { each: true })
  include?: RetryCause[];
}
