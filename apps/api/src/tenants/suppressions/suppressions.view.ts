import { ApiProperty } from '@nestjs/swagger';

export const SUPPRESSION_ID = /^(k1\.)?[A-Za-z0-9_-]{43}$/;
const ID = { type: String, pattern: SUPPRESSION_ID.source } as const;

/** The list cannot be read, only asked. */
export class SuppressionsView {
  @ApiProperty({ type: 'integer', minimum: 0 })
  count!: number;
}

class AddedSuppressionView {
  /** The keyed hash that is kept in place of the value. */
  @ApiProperty(ID)
  id!: string;

  /** False: it was on the list already. */
  @ApiProperty({ type: Boolean })
  added!: boolean;
}

export class AddedSuppressionsView {
  /** In the order of the entries. */
  @ApiProperty({ type: [AddedSuppressionView] })
  data!: AddedSuppressionView[];

  /** Entries of the whole list. */
  @ApiProperty({ type: 'integer', minimum: 0 })
  count!: number;
}

class CheckedSuppressionView {
  @ApiProperty(ID)
  id!: string;

  @ApiProperty({ type: Boolean })
  suppressed!: boolean;
}

export class CheckedSuppressionsView {
  /** In the order of the entries. */
  @ApiProperty({ type: [CheckedSuppressionView] })
  data!: CheckedSuppressionView[];
}
