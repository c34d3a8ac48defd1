import { Module } from '@nestjs/common';
import { LeadReader } from '#libs/run-leads';
import { CompanyRepository, LeadRanks } from '#libs/run-state';
import { SuppressionLists } from '#libs/tenancy';
import { OrchestrationsModule } from '../orchestrations/orchestrations.module';
import { TenantsModule } from '../tenants/tenants.module';
import { LeadsController } from './leads.controller';
import { LeadsService } from './leads.service';

@Module({
  imports: [OrchestrationsModule, TenantsModule],
  controllers: [LeadsController],
  providers: [
    LeadsService,
    {
      provide: LeadReader,
      useFactory: (companies: CompanyRepository, ranks: LeadRanks, suppressions: SuppressionLists) =>
        new LeadReader(companies, ranks, suppressions),
      inject: [CompanyRepository, LeadRanks, SuppressionLists],
    },
  ],
})
export class LeadsModule {}
