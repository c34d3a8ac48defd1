import { Injectable } from '@nestjs/common';
import { TERMINAL_RUN_STATES } from '#libs/contracts';
import { RunEventFeed, type RunRef } from '#libs/run-state';

/** Requests that wait until their run is at rest: ended, asking something, or paused. They share one connection of the process. */
@Injectable()
export class RunWaiter {
  constructor(private readonly feed: RunEventFeed) {}

  /** Resolves when the run is at rest, after `seconds`, when the client is `gone`, or when this process stops. Throws `run_not_found`. */
  async untilAtRest(run: RunRef, seconds: number, gone: AbortSignal): Promise<void> {
    const signal = AbortSignal.any([gone, AbortSignal.timeout(seconds * 1000)]);
    for (;;) {
      const { state, lastEventId } = await this.feed.standing(run);
      if (state === 'paused' || TERMINAL_RUN_STATES.includes(state)) return;
      if (!(await this.feed.untilEvent(run, lastEventId, signal))) return;
    }
  }
}
