import { Module } from '@nestjs/common';
import { RunFinder } from '../orchestrations/run-finder';
import { TenantsModule } from '../tenants/tenants.module';
import { LeadReader } from './lead-reader';
import { LeadsController } from './leads.controller';
import { LeadsService } from './leads.service';

@Module({
  imports: [TenantsModule],
  controllers: [LeadsController],
  providers: [RunFinder, LeadsService, LeadReader],
})
export class LeadsModule {}
