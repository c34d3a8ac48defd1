import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Gauge } from './metrics.port';

const RESOLUTION_MS = 20;
const INTERVAL_MS = 10_000;

/** Sets the gauge to the 99th percentile of the event loop’s delay, of every interval of 10 s anew. */
export class LoopLag {
  private readonly delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly gauge: Gauge) {
    gauge.set(0);
    this.delay.enable();
    this.timer = setInterval(() => this.tell(), INTERVAL_MS).unref();
  }

  stop(): void {
    clearInterval(this.timer);
    this.delay.disable();
  }

  /** The monitor measures from one look to the next, of which its own interval is no delay. */
  private tell(): void {
    const lagMs = this.delay.percentile(99) / 1e6 - RESOLUTION_MS;
    this.gauge.set(this.delay.count === 0 ? 0 : Math.max(0, lagMs) / 1_000);
    this.delay.reset();
  }
}
