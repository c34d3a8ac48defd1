import { Module } from '@nestjs/common';
import { REDIS, SETTINGS, tuningProvider } from '#libs/cell';
import type { Settings } from '#libs/config';
import { CellKeys, type RedisClient } from '#libs/redis';
import { CellTuning, RedisGateOperations } from '#libs/vendor-gate';
import type { VendorRegistry } from '#libs/vendors';
import { AddCompaniesStage } from './add-companies.stage';
import { CapPauseDuty } from './duties/cap-pause.duty';
import { CountingDuty } from './duties/counting.duty';
import { GateCapWatch } from './duties/gate-cap-watch';
import { DatasetsDuty } from './duties/datasets.duty';
import { RunFilesDuty } from './duties/run-files.duty';
import { ErasureDuty } from './duties/erasure.duty';
import { HandoverDuty } from './duties/handover.duty';
import { JanitorDuty } from './duties/janitor.duty';
import { ReaperDuty } from './duties/reaper.duty';
import { ReconcilerDuty } from './duties/reconciler.duty';
import { reconcilerProvider } from './duties/reconciler.provider';
import { ScheduleDuty } from './duties/schedule.duty';
import { CellFigures } from './metrics/cell-figures';
import { LeaderFigures } from './metrics/leader-figures';
import { NormalizeStage } from './normalize.stage';
import { PlanStage } from './plan/plan.stage';
import { RetryStage } from './retry.stage';
import { RunEstimator } from './plan/run-estimator';
import { TenantWishes } from './plan/tenant-wishes';
import { VENDORS, vendorsProvider } from './plan/vendors.provider';

const providers = [
  AddCompaniesStage,
  NormalizeStage,
  PlanStage,
  RunEstimator,
  RetryStage,
  TenantWishes,
  HandoverDuty,
  reconcilerProvider,
  ReconcilerDuty,
  CapPauseDuty,
  CountingDuty,
  ReaperDuty,
  ErasureDuty,
  JanitorDuty,
  DatasetsDuty,
  RunFilesDuty,
  ScheduleDuty,
  CellFigures,
  LeaderFigures,
  vendorsProvider,
  tuningProvider,
  {
    provide: GateCapWatch,
    useFactory: (
      redis: RedisClient,
      keys: CellKeys,
      vendors: VendorRegistry,
      { runtime }: Settings,
      tuning: CellTuning,
    ) => new GateCapWatch(new RedisGateOperations(redis, keys), vendors, runtime.offline, tuning),
    inject: [REDIS, CellKeys, VENDORS, SETTINGS, CellTuning],
  },
];

@Module({ providers, exports: providers })
export class NormalizeModule {}
