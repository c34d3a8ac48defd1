import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import {
  appError,
  EXCLUSION_KINDS,
  EXCLUSIONS_MAX,
  type Exclusion,
  type ExclusionKind,
} from '#libs/contracts';
import { canonicalExclusion } from '#libs/domain';

const ADDED_MAX = 1_000;
const PROBLEMS_SHOWN = 20;

/** An entry as the tenant writes it: a domain, a name, or both. */
export class ExclusionDto {
  @ApiProperty({ enum: EXCLUSION_KINDS })
  @IsIn(EXCLUSION_KINDS)
  kind!: ExclusionKind;

  /** In any spelling of a web address; subdomains count with it. */
  @ApiPropertyOptional({ type: String, maxLength: 500, nullable: true, example: 'acme.com' })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  domain?: string | null;

  /** Without case, accents and legal form. */
  @ApiPropertyOptional({ type: String, maxLength: 300, nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(300)
  name?: string | null;
}

/** Body of `PUT …/exclusions`: the whole list, as far as a body may be long. */
export class PutExclusionsDto {
  @ApiProperty({ type: [ExclusionDto], maxItems: EXCLUSIONS_MAX })
  @IsArray()
  @ArrayMaxSize(EXCLUSIONS_MAX)
  // A list in the list would pass as one without entries.
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ExclusionDto)
  entries!: ExclusionDto[];
}

/** Body of `POST …/exclusions`: entries to add, or to replace where domain and name are there already. */
export class AddExclusionsDto {
  @ApiProperty({ type: [ExclusionDto], minItems: 1, maxItems: ADDED_MAX })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(ADDED_MAX)
  // A list in the list would pass as one without entries.
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ExclusionDto)
  entries!: ExclusionDto[];
}

/** The entries as they are stored. Throws `invalid_request` naming each that cannot be. */
export function exclusionsOf(entries: readonly ExclusionDto[]): Exclusion[] {
  const problems: string[] = [];
  const list = entries.flatMap((entry, i) => {
    const made = canonicalExclusion(entry);
    if (!('problem' in made)) return [made];
    problems.push(`entries.${i}: ${made.problem}`);
    return [];
  });
  if (problems.length === 0) return list;
  const more = problems.length - PROBLEMS_SHOWN;
  const shown = problems.slice(0, PROBLEMS_SHOWN).join('; ');
  throw appError('invalid_request', more > 0 ? `${shown}; and ${more} more` : shown);
}
