import { ApiProperty } from '@nestjs/swagger';
import { IsObject, ValidateIf } from 'class-validator';

/** Body of `PUT /api/tenants/me/icp`. */
export class PutIcpDto {
  /** The ideal-customer profile, checked by its own rules; null takes it back. */
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  @ValidateIf(({ icp }: PutIcpDto) => icp !== null)
  @IsObject()
  icp!: Record<string, unknown> | null;
}
