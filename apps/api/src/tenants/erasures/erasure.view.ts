import { ApiProperty } from '@nestjs/swagger';
import { ERASURE_STATES, type ErasureReceipt, type ErasureState } from '#libs/erasure';

const COUNT = { type: 'integer', minimum: 0 } as const;

/** What was changed, over all passes. */
class SweptView {
  /** Companies of runs. */
  @ApiProperty(COUNT)
  companies!: number;

  /** Purchases in the ledger: that they were made stays known, so that they are not made again. */
  @ApiProperty(COUNT)
  purchases!: number;

  /** Runs, their events, stored lists, jobs. */
  @ApiProperty(COUNT)
  records!: number;

  @ApiProperty(COUNT)
  files!: number;
}

/** The receipt of an erasure. Whose data it was it does not say. */
export class ErasureView {
  @ApiProperty({ type: String, pattern: '^era_[a-z2-7]{16}$' })
  id!: string;

  @ApiProperty({ enum: ERASURE_STATES })
  state!: ErasureState;

  @ApiProperty({ enum: ['email', 'domain'] })
  kind!: 'email' | 'domain';

  @ApiProperty({ type: String, format: 'date-time' })
  requested_at!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  finished_at!: string | null;

  @ApiProperty({ type: SweptView })
  swept!: SweptView;
}

export function erasureView(id: string, receipt: ErasureReceipt): ErasureView {
  const { state, kind, requested_at, finished_at = null, companies, purchases, records, files } = receipt;
  return { id, state, kind, requested_at, finished_at, swept: { companies, purchases, records, files } };
}
