import type { CallRequest, CapWindow, Settlement } from '../src/gate.port';

/** One grant and what became of it. */
export interface ModelGrant {
  readonly request: CallRequest;
  readonly at: number;
  readonly resumes: boolean;
  expires: number;
  sent: boolean;
  /** Its units are no longer held: settled, given back, or repaired after its lease. */
  ended: { at: number; counts: boolean } | null;
  /** Repaired after its lease, and no verb has looked at its windows since: until then its units count as in flight. */
  unseen: boolean;
  settled: { at: number; sent: boolean } | null;
  /** Charged at its most after its lease, until it settles. */
  doubtful: boolean;
}

interface Purchase {
  status: 'free' | 'reserved' | 'settled' | 'pending' | 'doubt';
  holder: ModelGrant | null;
  dueAt: number;
  resume: boolean;
}

const LEASE_MARGIN_MS = 3_000;
const DAY_MS = 86_400_000;

/**
 * The gate as one would write it without caring for speed: it remembers every grant there ever was and counts them anew for
 * every question. Runs are always running, and no call asks for more than a window holds. Calendars are in UTC.
 */
export class GateModel {
  readonly grants: ModelGrant[] = [];
  private readonly purchases = new Map<string, Purchase>();
  spent = 0;

  get reserved(): number {
    const holding = this.grants.filter(({ ended, settled }) => !ended && !settled);
    return holding.reduce((sum, { request }) => sum + request.maxCostMicro, 0);
  }

  /** Every answer that is right, as `kind` or `kind:reason`; a grant is to be told with `granted`. */
  answers(request: CallRequest, now: number): string[] {
    const first = this.answersOnce(request, now);
    const stale = this.grants.some((grant) => this.lapsed(grant, now) && capOf(grant) === request.cap.id);
    if (!stale || !first.some((answer) => answer.startsWith('wait') && answer !== 'wait:pending'))
      return first;
    this.reap(request.cap.id, now);
    return this.answersOnce(request, now);
  }

  granted(request: CallRequest, now: number): ModelGrant {
    const purchase = this.purchase(request);
    const grant: ModelGrant = {
      request,
      at: now,
      resumes: purchase.resume,
      expires: now + request.deadlineMs + LEASE_MARGIN_MS,
      sent: false,
      ended: null,
      unseen: false,
      settled: null,
      doubtful: false,
    };
    this.grants.push(grant);
    purchase.status = 'reserved';
    purchase.holder = grant;
    return grant;
  }

  maySend(grant: ModelGrant, now: number, sendByMs: number): boolean {
    const purchase = this.purchase(grant.request);
    if (purchase.status !== 'reserved' || purchase.holder !== grant || grant.ended) return false;
    if (now > grant.at + sendByMs) {
      this.settle(grant, { kind: 'free', sent: false }, now);
      return false;
    }
    grant.sent = true;
    return true;
  }

  settle(grant: ModelGrant, settlement: Settlement, now: number): void {
    if (grant.settled) return;
    this.look(capOf(grant), now);
    const most = grant.request.maxCostMicro;
    this.spent += costOf(settlement, most) - (grant.doubtful ? most : 0);
    const sent = settlement.kind !== 'free' || settlement.sent;
    grant.settled = { at: now, sent };
    grant.ended ??= { at: now, counts: sent };
    const purchase = this.purchase(grant.request);
    const mine = purchase.holder === grant && ['reserved', 'doubt'].includes(purchase.status);
    if (settlement.kind === 'keep') purchase.status = 'settled';
    else if (settlement.kind === 'pending') {
      if (!mine && purchase.status !== 'free' && purchase.status !== 'pending') return;
      Object.assign(purchase, { status: 'pending', dueAt: now + settlement.inMs, resume: true });
    } else if (mine && purchase.resume) Object.assign(purchase, { status: 'pending', dueAt: now });
    else if (mine) purchase.status = settlement.kind === 'free' ? 'free' : 'doubt';
  }

  reap(capId: string, now: number): void {
    for (const grant of this.grants)
      if (capOf(grant) === capId && this.lapsed(grant, now)) this.lapse(grant, now);
  }

  private answersOnce(request: CallRequest, now: number): string[] {
    const known = this.fromLedger(request, now);
    if (known) return [known];
    const { run } = request.budgets;
    if (run !== null && this.spent + request.maxCostMicro > run) return ['denied:budget_run'];
    if (run !== null && this.spent + this.reserved + request.maxCostMicro > run) return ['wait:budget'];
    const ofCap = this.grants.filter((grant) => capOf(grant) === request.cap.id);
    const flying = ofCap.filter((grant) => !grant.ended && grant.expires > now).length;
    if (flying >= request.cap.concurrency) return ['wait:concurrency'];
    this.look(request.cap.id, now);
    const free = request.cap.windows.every((window) => fits(window, ofCap, now));
    return free ? ['granted'] : ['wait:window', 'wait:window_guard'];
  }

  private fromLedger(request: CallRequest, now: number): string | null {
    const purchase = this.purchase(request);
    const { status, holder } = purchase;
    if (status === 'settled') return 'cached';
    if (status === 'doubt') return 'in_doubt';
    if (status === 'pending') return purchase.dueAt > now ? 'wait:pending' : null;
    if (status !== 'reserved' || !holder) return null;
    if (holder.expires > now) {
      if (holder.sent || holder.request.callId !== request.callId) return 'in_flight';
      if (!request.repeatable) this.lapse(holder, now);
      return null;
    }
    if (holder.sent && !request.repeatable && !purchase.resume) return 'in_doubt';
    this.lapse(holder, now);
    return null;
  }

  private look(capId: string, now: number): void {
    for (const grant of this.grants) {
      if (capOf(grant) !== capId || !grant.unseen || !grant.ended) continue;
      grant.unseen = false;
      grant.ended.at = now;
    }
  }

  private lapsed(grant: ModelGrant, now: number): boolean {
    return !grant.ended && grant.expires <= now;
  }

  private lapse(grant: ModelGrant, now: number): void {
    const purchase = this.purchase(grant.request);
    const current = purchase.holder === grant && purchase.status === 'reserved';
    const sent = grant.request.repeatable || (current && grant.sent);
    grant.ended = { at: now, counts: sent };
    grant.unseen = sent;
    grant.doubtful = sent && (grant.request.maxCostMicro > 0 || !grant.request.repeatable);
    if (grant.doubtful) this.spent += grant.request.maxCostMicro;
    if (!current) return;
    if (purchase.resume) Object.assign(purchase, { status: 'pending', dueAt: now });
    else purchase.status = sent && !grant.request.repeatable ? 'doubt' : 'free';
  }

  private purchase({ tenantId, input }: CallRequest): Purchase {
    const key = `${tenantId} ${JSON.stringify(input)}`;
    const known = this.purchases.get(key) ?? { status: 'free', holder: null, dueAt: 0, resume: false };
    this.purchases.set(key, known);
    return known;
  }
}

function costOf(settlement: Settlement, most: number): number {
  if (settlement.kind === 'keep' || settlement.kind === 'pending') return settlement.costMicro;
  return settlement.kind === 'doubt' ? most : 0;
}

const capOf = ({ request }: ModelGrant): string => request.cap.id;

export const guardOf = ({ lengthMs }: CapWindow): number => Math.min(1_000, Math.floor(lengthMs / 20));

/** The end of the stretch of the vendor's clock in which `at` lies. */
function edgeAfter(window: CapWindow, at: number): number {
  const length = window.kind === 'calendar' ? DAY_MS : window.lengthMs;
  return (Math.floor(at / length) + 1) * length;
}

function fits(window: CapWindow, grants: readonly ModelGrant[], now: number): boolean {
  const used = (counts: (grant: ModelGrant) => boolean): number =>
    grants.reduce((sum, grant) => (counts(grant) ? sum + window.units : sum), 0);
  if (window.kind === 'sliding' || window.kind === 'anchored') {
    return used((grant) => slidingEnd(grant, window.lengthMs) > now) + window.units <= window.limit;
  }
  const guard = guardOf(window);
  return [edgeAfter(window, now - guard), edgeAfter(window, now + guard)].every((edge) => {
    const touching = used(({ ended, unseen }) => {
      if (!ended || unseen) return true;
      return (
        ended.counts && [ended.at - guard, ended.at + guard].some((at) => edgeAfter(window, at) === edge)
      );
    });
    return touching + window.units <= window.limit;
  });
}

function slidingEnd({ ended, expires, settled }: ModelGrant, lengthMs: number): number {
  if (settled) return settled.sent ? settled.at + lengthMs + 1 : 0;
  return ended?.counts === false ? 0 : expires + lengthMs;
}
