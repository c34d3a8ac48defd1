import { Inject, Injectable } from '@nestjs/common';
import { OBJECT_STORAGE } from '#libs/cell';
import type { Lead, SinkName } from '#libs/contracts';
import { traced } from '#libs/observability';
import type { ObjectStorage } from '#libs/object-storage';
import type { RunRef } from '#libs/run-state';
import { createSinks } from '#libs/sinks';
import { LeadScreen, SuppressionLists } from '#libs/tenancy';
import { SinkMeter } from './metrics/sink-meter';

/** Hands the ranked leads to every sink the run asked for. Writing again replaces what was written. */
@Injectable()
export class LeadSinks {
  constructor(
    @Inject(OBJECT_STORAGE) private readonly storage: ObjectStorage,
    private readonly suppressions: SuppressionLists,
    private readonly meter: SinkMeter,
  ) {}

  /** Whether a lead may go to a sink: nothing of who is on the tenant's suppression list may. */
  screenFor({ tenantId }: RunRef): LeadScreen {
    return new LeadScreen(this.suppressions, tenantId);
  }

  /** Answers file kind → object key. */
  async write(
    run: RunRef,
    wanted: readonly SinkName[],
    leads: AsyncIterable<Lead>,
    signal: AbortSignal,
  ): Promise<Record<string, string>> {
    const sinks = createSinks(this.storage);
    const files: Record<string, string> = {};
    for (const name of wanted) {
      const { key } = await traced(
        () => ({ name: `sink ${name}`, fields: { sink: name } }),
        () =>
          this.meter.measure(name, leads, signal, (counted) =>
            sinks[name].write(counted, { ...run, signal }),
          ),
      );
      files[`leads_${name}`] = key;
    }
    return files;
  }
}
