import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { PageQueryDto } from '../paging/page-query.dto';
import { COMPANY_STANDINGS, type CompanyStanding } from './company-standing';

export class CompaniesQueryDto extends PageQueryDto {
  @ApiPropertyOptional({ enum: COMPANY_STANDINGS })
  @IsOptional()
  @IsIn(COMPANY_STANDINGS)
  standing?: CompanyStanding;
}
