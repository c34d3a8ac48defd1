import { CallLedger } from './call-ledger';
import { CallTimeline } from './call-timeline';
import { FaultPlan } from './fault-plan';
import { LatencyPlan } from './latency-plan';
import { RequestMeter } from './request-meter';

/** All that the simulator remembers, and all that a test can turn. */
export class SimulatorControls {
  readonly ledger = new CallLedger();
  readonly timeline = new CallTimeline();
  readonly faults = new FaultPlan();
  readonly latency = new LatencyPlan();
  readonly meter = new RequestMeter();
}
