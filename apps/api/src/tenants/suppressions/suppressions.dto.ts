import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsObject,
  IsString,
  Length,
  ValidateNested,
} from 'class-validator';
import { SUPPRESSION_KINDS, type SuppressionKind } from '#libs/contracts';

const ENTRIES_MAX = 1_000;
const VALUE_MAX = 500;

/** Somebody who must not be looked up nor written to. */
export class SuppressionDto {
  @ApiProperty({ enum: SUPPRESSION_KINDS })
  @IsIn(SUPPRESSION_KINDS)
  kind!: SuppressionKind;

  /** An e-mail address, a company's domain, or its name. */
  @ApiProperty({ type: String, minLength: 1, maxLength: VALUE_MAX, example: 'acme.com' })
  @IsString()
  @Length(1, VALUE_MAX)
  value!: string;
}

/** Body of `POST …/suppressions` and `POST …/suppressions/check`. */
export class SuppressionsDto {
  @ApiProperty({ type: [SuppressionDto], minItems: 1, maxItems: ENTRIES_MAX })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(ENTRIES_MAX)
  // A list in the list would pass as one without entries.
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => SuppressionDto)
  entries!: SuppressionDto[];
}
