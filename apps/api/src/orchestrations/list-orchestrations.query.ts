import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { RUN_SOURCES, RUN_STATES, type RunSource, type RunState } from '#libs/contracts';
import { PageQueryDto } from '../paging/page-query.dto';
import { THREAD_ID } from './create-orchestration.dto';

/** Which of the tenant's runs; filters combine with "and". */
export class ListOrchestrationsQuery extends PageQueryDto {
  @ApiPropertyOptional({ pattern: THREAD_ID.source })
  @IsOptional()
  @Matches(THREAD_ID, { message: 'must be 1–128 letters, digits, ".", "-" or "_"' })
  thread_id?: string;

  @ApiPropertyOptional({ enum: RUN_SOURCES })
  @IsOptional()
  @IsIn(RUN_SOURCES)
  source?: RunSource;

  @ApiPropertyOptional({ enum: RUN_STATES })
  @IsOptional()
  @IsIn(RUN_STATES)
  state?: RunState;
}
