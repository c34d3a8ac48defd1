import { Inject, Injectable } from '@nestjs/common';
import { METRICS } from '#libs/cell';
import type { Metrics } from '#libs/observability';
import { ReconcilerDuty } from '../duties/reconciler.duty';
import { CellFigures } from './cell-figures';

/** Tells of the cell as long as this process holds the reconciler’s lease, so that nothing is told twice. */
@Injectable()
export class LeaderFigures {
  constructor(@Inject(METRICS) metrics: Metrics, figures: CellFigures, reconciler: ReconcilerDuty) {
    metrics.leadBy(async () => {
      if (!reconciler.isLeading()) return null;
      const samples = await figures.samples();
      // The lease may have ended while Redis was asked.
      return reconciler.isLeading() ? samples : null;
    });
  }
}
