import { ApiProperty } from '@nestjs/swagger';
import { EXCLUSION_KINDS, EXCLUSIONS_MAX, type Exclusion, type ExclusionKind } from '#libs/contracts';
import type { ExclusionsChange } from '#libs/tenancy';

export class ExclusionView {
  @ApiProperty({ type: String, pattern: '^x_[a-z2-7]{16}$' })
  id!: string;

  @ApiProperty({ enum: EXCLUSION_KINDS })
  kind!: ExclusionKind;

  /** Registrable domain. */
  @ApiProperty({ type: String, nullable: true })
  domain!: string | null;

  @ApiProperty({ type: String, nullable: true })
  name!: string | null;
}

/** A page of the exclusion list, by id. */
export class ExclusionsPageView {
  @ApiProperty({ type: [ExclusionView] })
  data!: ExclusionView[];

  @ApiProperty({ type: String, nullable: true })
  next_cursor!: string | null;

  /** Entries of the whole list. */
  @ApiProperty({ type: 'integer', minimum: 0, maximum: EXCLUSIONS_MAX })
  count!: number;

  /** Null: nothing was ever stored. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  updated_at!: string | null;
}

/** The list after a change. */
export class ExclusionsChangeView {
  @ApiProperty({ type: 'integer', minimum: 0, maximum: EXCLUSIONS_MAX })
  count!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  updated_at!: string | null;
}

export function exclusionView({ id, kind, domain, name }: Exclusion): ExclusionView {
  return { id, kind, domain, name };
}

export function exclusionsChangeView({ count, updatedAt }: ExclusionsChange): ExclusionsChangeView {
  return { count, updated_at: updatedAt };
}
