import { toError } from '#libs/kernel';
import type { LaneList, LaneSpec } from '#libs/queue';
import { platformCapOf, type GateOperations } from '#libs/vendor-gate';

const LOOK_EVERY_MS = 15_000;

/**
 * Serves the lanes of tenants' own caps that other processes have opened, or this one before it was started anew: whoever waits in
 * one is served whatever became of the key.
 */
export class OwnLanes {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly gate: Pick<GateOperations, 'caps'>,
    private readonly laneOf: (capId: string) => LaneSpec | undefined,
    private readonly lanes: Pick<LaneList, 'add'>,
    private readonly onError: (error: Error) => void,
  ) {}

  start(): { stop: () => Promise<void> } {
    const look = (): void => {
      this.look().catch((error: unknown) => this.onError(toError(error)));
    };
    look();
    this.timer = setInterval(look, LOOK_EVERY_MS);
    return {
      stop: () => {
        clearInterval(this.timer);
        return Promise.resolve();
      },
    };
  }

  async look(): Promise<void> {
    for (const capId of await this.gate.caps()) {
      if (platformCapOf(capId) === capId) continue;
      const lane = this.laneOf(capId);
      if (lane) this.lanes.add(lane);
    }
  }
}
