import { Module, type DynamicModule } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { CellModule } from '#libs/cell';
import type { Settings } from '#libs/config';
import type { Logger, Metrics } from '#libs/observability';
import { AccessModule } from './access/access.module';
import { CompaniesModule } from './companies/companies.module';
import { DatasetsModule } from './datasets/datasets.module';
import { DoubtsModule } from './doubts/doubts.module';
import { EventsModule } from './events/events.module';
import { HealthController } from './health/health.controller';
import { LeadsModule } from './leads/leads.module';
import { OrchestrationsModule } from './orchestrations/orchestrations.module';
import { RetryModule } from './retry/retry.module';
import { TenantsModule } from './tenants/tenants.module';
import { UsageModule } from './usage/usage.module';
import { VendorsModule } from './vendors/vendors.module';
import { WebhooksModule } from './webhooks/webhooks.module';

@Module({
  imports: [
    TerminusModule,
    AccessModule,
    OrchestrationsModule,
    CompaniesModule,
    DatasetsModule,
    DoubtsModule,
    EventsModule,
    LeadsModule,
    RetryModule,
    TenantsModule,
    UsageModule,
    VendorsModule,
    WebhooksModule,
  ],
  controllers: [HealthController],
})
export class ApiModule {
  static forProcess(settings: Settings, logger: Logger, metrics: Metrics): DynamicModule {
    return {
      module: ApiModule,
      imports: [CellModule.forProcess({ settings, logger, role: 'producer', metrics })],
    };
  }
}
