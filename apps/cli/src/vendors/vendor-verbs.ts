import { appError } from '#libs/contracts';
import { durationText } from '#libs/domain';
import { counted, formatUsd, readableUsd } from '#libs/kernel';
import type { ConnectedCell } from '../cell/connected-cell';
import type { ActorOptions } from '../audit/actor';
import type { CommandContext } from '../command-context';
import type { Verb as VerbOf } from '../output/verb';
import { doubtsTable } from './doubts-table';
import { explainRun, runScopeOf } from './explain-run';
import { listedCaps, namedCap } from './vendor-caps';
import { vendorLine } from './vendor-line';
import { vendorState, type VendorStateSources } from './vendor-state';
import { withVendors } from './vendors-cell';
import { typedTenant } from '../typed/tenant-id';
import { actorOf } from '../audit/actor';
import { closureOf, resolutionOf } from './vendors-options';
import { vendorsTable } from './vendors-table';
import { whyWaiting } from './why-waiting';

/** What may be typed behind the verbs, not checked yet. */
export interface VendorsOptions extends ActorOptions {
  json?: boolean;
  vendor?: string;
  tenantId?: string;
  runId?: string;
  for?: string;
  why?: string;
  call?: string;
  as?: string;
  window?: string;
  limit?: string;
  weight?: string;
  clear?: boolean;
}
/** One verb of `leadgen vendors`. */
export type Verb = VerbOf<VendorsOptions>;

export const list: Verb = (_options, context) =>
  withVendors(context, async (cell, view) => {
    const sources = sourcesOf(cell, context);
    const states = await Promise.all(listedCaps(view).map((cap) => vendorState(cap, sources)));
    return {
      text: vendorsTable(states),
      message: counted(states.length, 'vendor'),
      vendors: states.map(vendorLine),
    };
  });

export const explain: Verb = (options, context) => {
  const run = runScopeOf(options);
  return withVendors(context, async (cell, view) => {
    const named = namedCap('--vendor', options.vendor, view);
    const { scope, holds } = run
      ? await explainRun(cell, run, named.cap.id)
      : { scope: undefined, holds: [] };
    const state = await vendorState(named, sourcesOf(cell, context), scope);
    const all = [...holds, ...whyWaiting(state)];
    const { id } = named.standing.descriptor;
    const message =
      all.length === 0
        ? `A call of ${id} would be let through: nothing holds it up`
        : `A call of ${id} waits: ${all.map(({ text }) => text).join('; ')}`;
    return {
      text:
        all.length === 0
          ? message
          : [`A call of ${id} waits:`, ...all.map(({ text }) => `  • ${text}`)].join('\n'),
      message,
      waits_for: all.map(({ what, text, forMs }) => ({ what, text, for_ms: forMs })),
      vendor: vendorLine(state),
    };
  });
};

export const close: Verb = (options, context) => {
  const { forMs, why } = closureOf(options);
  const actor = actorOf(options);
  return withVendors(context, async (cell, view) => {
    const { cap } = namedCap('--vendor', options.vendor, view);
    const changed = await cell.gate.close(cap.id, forMs, why);
    const details = { why, for_ms: forMs, changed };
    await cell.audit.record({ tenantId: null, actor, action: 'vendor.closed', target: cap.id, details });
    const message = changed
      ? `${cap.id} is closed for ${durationText(forMs / 1_000)}: ${why}`
      : `${cap.id} is closed for longer than that already: leadgen vendors reopen opens it`;
    return { text: message, message, cap: cap.id, changed };
  });
};

export const reopen: Verb = (options, context) => {
  const actor = actorOf(options);
  return withVendors(context, async (cell, view) => {
    const { cap } = namedCap('--vendor', options.vendor, view);
    const changed = await cell.gate.reopen(cap.id, actor);
    // Its workers sleep as long as the lane is closed, whatever the gate says.
    await cell.flow.lanes.reopen(cap.id);
    const details = { changed };
    await cell.audit.record({ tenantId: null, actor, action: 'vendor.reopened', target: cap.id, details });
    const message = changed ? `${cap.id} is open` : `${cap.id} was open already`;
    return { text: message, message, cap: cap.id, changed };
  });
};

export const doubts: Verb = (options, context) => {
  const tenant = typedTenant(options.tenantId);
  return withVendors(context, async ({ gate }) => {
    const found = await gate.doubts(tenant);
    return {
      text: doubtsTable(tenant, found),
      message: `${counted(found.length, 'call')} of ${tenant} in doubt`,
      doubts: found.map(({ callId, since }) => ({ call: callId, since: new Date(since).toISOString() })),
    };
  });
};

export const resolve: Verb = (options, context) => {
  const tenant = typedTenant(options.tenantId);
  const { call, verdict } = resolutionOf(options);
  const actor = actorOf(options);
  return withVendors(context, async ({ gate, audit }) => {
    const resolved = await gate.resolveDoubt(tenant, call, verdict);
    if (!resolved) {
      throw appError(
        'usage',
        `--call ${call}: tenant ${tenant} has no such call in doubt; leadgen vendors doubts --tenant-id ${tenant} lists them`,
      );
    }
    if (!resolved.resolvedBefore) {
      await audit.record({
        tenantId: tenant,
        actor,
        action: 'doubt.resolved',
        target: call,
        details: { outcome: verdict, refunded_micro_usd: resolved.refundedMicro },
      });
    }
    const message =
      verdict === 'bought'
        ? 'Resolved: it was bought; its charge stands and it is never made again'
        : `Resolved: it was not bought; $${readableUsd(resolved.refundedMicro)} taken back, it may be made`;
    return { text: message, message, call, refunded_usd: formatUsd(resolved.refundedMicro) };
  });
};

function sourcesOf({ gate, flow }: ConnectedCell, { settings }: CommandContext): VendorStateSources {
  return { gate, lanes: flow.lanes, vendorOverrides: settings.vendorOverrides };
}
