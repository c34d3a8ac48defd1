import { Module, type DynamicModule } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { CellModule } from '#libs/cell';
import type { Settings } from '#libs/config';
import type { Logger } from '#libs/observability';
import { HealthController } from './health/health.controller';
import { OrchestrationsController } from './orchestrations/orchestrations.controller';
import { OrchestrationsService } from './orchestrations/orchestrations.service';

@Module({
  imports: [TerminusModule],
  controllers: [OrchestrationsController, HealthController],
  providers: [OrchestrationsService],
})
export class ApiModule {
  static forProcess(settings: Settings, logger: Logger): DynamicModule {
    return {
      module: ApiModule,
      imports: [CellModule.forProcess({ settings, logger, role: 'producer' })],
    };
  }
}
