import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';

const DAY = /^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const MESSAGE = { message: 'must be a day of this century, YYYY-MM-DD' };

/** From the first to the last day, both counted in. */
export class UsageQueryDto {
  @ApiPropertyOptional({ format: 'date', pattern: DAY.source, description: 'Left out: 29 days before `to`.' })
  @IsOptional()
  @Matches(DAY, MESSAGE)
  from?: string;

  @ApiPropertyOptional({ format: 'date', pattern: DAY.source, description: 'Left out: today.' })
  @IsOptional()
  @Matches(DAY, MESSAGE)
  to?: string;
}
