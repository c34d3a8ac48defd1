import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Icp } from '#libs/contracts';
import type { StoredDocument } from '#libs/tenancy';

class RangeView {
  @ApiPropertyOptional({ type: 'integer', minimum: 0 })
  min?: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 0 })
  max?: number;
}

/** The members that are stored, in the tenant's own words. */
class IcpMembersView {
  @ApiPropertyOptional({ type: [String] })
  industries?: string[];

  @ApiPropertyOptional({ type: [String] })
  exclude_industries?: string[];

  @ApiPropertyOptional({ type: [String] })
  countries?: string[];

  @ApiPropertyOptional({ type: [String] })
  exclude_countries?: string[];

  @ApiPropertyOptional({ type: RangeView })
  employees?: RangeView;

  @ApiPropertyOptional({ type: RangeView })
  founded?: RangeView;

  @ApiPropertyOptional({ type: [String] })
  keywords?: string[];

  @ApiPropertyOptional({ type: [String] })
  exclude_keywords?: string[];

  @ApiPropertyOptional({ type: [String] })
  exclude_domains?: string[];

  @ApiPropertyOptional({ type: [String] })
  titles?: string[];
}

/** A tenant's stored ideal-customer profile. */
export class IcpView {
  /** Null: none is stored. */
  @ApiProperty({ type: IcpMembersView, nullable: true })
  icp!: IcpMembersView | null;

  /** Null: nothing was ever stored. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  updated_at!: string | null;
}

export function icpView({ value, updatedAt }: StoredDocument<Icp>): IcpView {
  return { icp: value && membersOf(value), updated_at: updatedAt };
}

function membersOf(icp: Icp): IcpMembersView {
  const { industries, exclude_industries, countries, exclude_countries, employees, founded } = icp;
  const { keywords, exclude_keywords, exclude_domains, titles } = icp;
  return {
    ...(industries && { industries }),
    ...(exclude_industries && { exclude_industries }),
    ...(countries && { countries }),
    ...(exclude_countries && { exclude_countries }),
    ...(employees && { employees: rangeView(employees) }),
    ...(founded && { founded: rangeView(founded) }),
    ...(keywords && { keywords }),
    ...(exclude_keywords && { exclude_keywords }),
    ...(exclude_domains && { exclude_domains }),
    ...(titles && { titles }),
  };
}

function rangeView({ min, max }: NonNullable<Icp['employees']>): RangeView {
  return { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
}
