import { Module } from '@nestjs/common';
import { AddCompaniesStage } from './add-companies.stage';
import { CapPauseDuty } from './duties/cap-pause.duty';
import { ReaperDuty } from './duties/reaper.duty';
import { ReconcilerDuty } from './duties/reconciler.duty';
import { NormalizeStage } from './normalize.stage';
import { PlanStage } from './plan/plan.stage';
import { RunEstimator } from './plan/run-estimator';
import { TenantWishes } from './plan/tenant-wishes';
import { vendorsProvider } from './plan/vendors.provider';

const providers = [
  AddCompaniesStage,
  NormalizeStage,
  PlanStage,
  RunEstimator,
  TenantWishes,
  ReconcilerDuty,
  CapPauseDuty,
  ReaperDuty,
  vendorsProvider,
];

@Module({ providers, exports: providers })
export class NormalizeModule {}
