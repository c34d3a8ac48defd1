import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsNumber, IsOptional, Max, Min } from 'class-validator';
import { BUCKETS, type ListedLead } from '#libs/contracts';
import { PageQueryDto } from '../paging/page-query.dto';

const LEAD_FORMATS = ['json', 'csv'] as const;

/** Which leads of a run, and how. */
export class LeadsQueryDto extends PageQueryDto {
  @ApiPropertyOptional({ enum: BUCKETS })
  @IsOptional()
  @IsIn(BUCKETS)
  bucket?: ListedLead['score']['bucket'];

  @ApiPropertyOptional({
    type: Number,
    minimum: 0,
    maximum: 100,
    description: 'Leads of this score or a better one.',
  })
  @IsOptional()
  @Transform(({ value }) => (value === '' ? NaN : Number(value)))
  @IsNumber()
  @Min(0)
  @Max(100)
  min_score?: number;

  @ApiPropertyOptional({
    type: Boolean,
    default: false,
    description: 'Only companies that no export of an earlier run has had.',
  })
  @IsOptional()
  @Transform(({ obj }: { obj: Record<string, unknown> }) => booleanOf(obj.new_only))
  @IsBoolean()
  new_only = false;

  @ApiPropertyOptional({
    enum: LEAD_FORMATS,
    description: '`csv`: all leads that the filters let through, in one answer; so does `Accept: text/csv`.',
  })
  @IsOptional()
  @IsIn(LEAD_FORMATS)
  format?: (typeof LEAD_FORMATS)[number];
}

/** What is neither stays as it is, and is refused. */
function booleanOf(text: unknown): unknown {
  if (text === 'true' || text === true) return true;
  return text === 'false' || text === undefined ? false : text;
}
