import { ApiProperty } from '@nestjs/swagger';

class OwnVendorView {
  /** The vendor's. */
  @ApiProperty({ type: String })
  id!: string;

  /** Whether the tenant has a key of its own, which is used in place of the platform's. Nothing of it is told. */
  @ApiProperty({ type: Boolean })
  has_credential!: boolean;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  set_at!: string | null;
}

export class OwnVendorsView {
  /** Every vendor that takes a key, by id. */
  @ApiProperty({ type: [OwnVendorView] })
  data!: OwnVendorView[];
}

export class CredentialView {
  /** The vendor's. */
  @ApiProperty({ type: String })
  id!: string;

  @ApiProperty({ type: Boolean })
  has_credential!: boolean;

  @ApiProperty({ type: String, format: 'date-time' })
  set_at!: string;
}
