import { ApiProperty } from '@nestjs/swagger';
import type { TenantProfile } from '#libs/contracts';
import type { StoredDocument } from '#libs/tenancy';

/** Who the tenant is, in its own words. */
export class ProfileView {
  @ApiProperty({ type: String, maxLength: 200, nullable: true })
  name!: string | null;

  @ApiProperty({ type: String, maxLength: 500, nullable: true })
  website!: string | null;

  @ApiProperty({ type: String, maxLength: 2000, nullable: true })
  offering!: string | null;

  @ApiProperty({ type: String, maxLength: 20000, nullable: true })
  text!: string | null;

  /** Null: nothing was ever stored. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  updated_at!: string | null;
}

export function profileView({ value, updatedAt }: StoredDocument<TenantProfile>): ProfileView {
  const { name = null, website = null, offering = null, text = null } = value ?? {};
  return { name, website, offering, text, updated_at: updatedAt };
}
