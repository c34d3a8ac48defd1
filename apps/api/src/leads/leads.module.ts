import { Module } from '@nestjs/common';
import { OrchestrationsModule } from '../orchestrations/orchestrations.module';
import { TenantsModule } from '../tenants/tenants.module';
import { LeadReader } from './lead-reader';
import { LeadsController } from './leads.controller';
import { LeadsService } from './leads.service';

@Module({
  imports: [OrchestrationsModule, TenantsModule],
  controllers: [LeadsController],
  providers: [LeadsService, LeadReader],
})
export class LeadsModule {}
