import { Module } from '@nestjs/common';
import { OrchestrationsModule } from '../orchestrations/orchestrations.module';
import { CompaniesController } from './companies.controller';
import { CompaniesService } from './companies.service';
import { InputRows } from './input-rows';

@Module({
  imports: [OrchestrationsModule],
  controllers: [CompaniesController],
  providers: [CompaniesService, InputRows],
})
export class CompaniesModule {}
