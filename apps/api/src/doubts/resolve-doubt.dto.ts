import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { DOUBT_OUTCOMES, type DoubtOutcome } from './doubt.view';

/** What the vendor's own account says of the call. */
export class ResolveDoubtDto {
  @ApiProperty({
    enum: DOUBT_OUTCOMES,
    description:
      '`charged`: its charge stands, and it is never made again; `not_charged`: the charge is taken back, and it may be made.',
  })
  @IsIn(DOUBT_OUTCOMES)
  outcome!: DoubtOutcome;
}
