import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ERROR_CATALOGUE } from '#libs/contracts';

/** Codes the API says; docs/errors.md explains each. */
const CODES = Object.entries(ERROR_CATALOGUE)
  .filter(([, { http }]: [string, { http?: number }]) => http !== undefined)
  .map(([code]) => code)
  .sort();

class ProblemMemberView {
  @ApiProperty({ description: 'Which member or parameter, by its path.' })
  path!: string;

  @ApiProperty({ description: 'What it must be.' })
  message!: string;
}

/** An error as the API answers it: RFC 9457, `application/problem+json`. */
export class ProblemView {
  @ApiProperty({ pattern: '^urn:leadgen:problem:[a-z_]+$' })
  type!: string;

  @ApiProperty()
  title!: string;

  @ApiProperty({ type: 'integer', minimum: 400, maximum: 599 })
  status!: number;

  @ApiProperty({ enum: CODES })
  code!: string;

  @ApiProperty({ description: 'What is wrong, and for errors of the caller what to do about it.' })
  detail!: string;

  @ApiPropertyOptional({
    type: [ProblemMemberView],
    description: 'Every member of a body or query that is refused.',
  })
  errors?: ProblemMemberView[];
}
