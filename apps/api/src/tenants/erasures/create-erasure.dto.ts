import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Length } from 'class-validator';

/** Body of `POST …/erasures`: one of the two. */
export class CreateErasureDto {
  /** A person, by an address. */
  @ApiPropertyOptional({
    type: String,
    minLength: 3,
    maxLength: 254,
    nullable: true,
    example: 'ada@acme.com',
  })
  @IsOptional()
  @IsString()
  @Length(3, 254)
  email?: string | null;

  /** A company, with everybody who has an address there. */
  @ApiPropertyOptional({ type: String, minLength: 3, maxLength: 500, nullable: true, example: 'acme.com' })
  @IsOptional()
  @IsString()
  @Length(3, 500)
  domain?: string | null;
}
