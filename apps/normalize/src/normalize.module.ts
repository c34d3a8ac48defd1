import { Module } from '@nestjs/common';
import { AddCompaniesStage } from './add-companies.stage';
import { NormalizeStage } from './normalize.stage';
import { PlanStage } from './plan/plan.stage';
import { vendorsProvider } from './plan/vendors.provider';
import { ReconcilerDuty } from './reconciler/reconciler.duty';

const providers = [AddCompaniesStage, NormalizeStage, PlanStage, ReconcilerDuty, vendorsProvider];

@Module({ providers, exports: providers })
export class NormalizeModule {}
