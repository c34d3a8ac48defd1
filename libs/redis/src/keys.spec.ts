import { tenantIdSchema } from '#libs/contracts';
import { CellKeys } from './keys';

/** What of it makes no key. */
const NO_KEYS = new Set(['constructor', 'partsOfTenantKey', 'ledgerParts', 'tenantOf']);

describe('CellKeys', () => {
  const keys = new CellKeys('main');

  it('never changes a key that is already in somebody’s Redis', () => {
    expect({
      bullPrefix: keys.bullPrefix(),
      queue: keys.queue('enrich.v', 'prioritized'),
      fairness: keys.fairness('enrich.v'),
      run: keys.run('acme', 'run_1'),
      events: keys.events('acme', 'run_1'),
      runHandover: keys.runHandover(),
      webhookOutbox: keys.webhookOutbox(),
      webhookLog: keys.webhookLog('acme', 'run_1'),
      webhookRedeliveries: keys.webhookRedeliveries('acme', 'run_1'),
      eventReaderWake: keys.eventReaderWake('host-1'),
      fence: keys.fence('acme', 'run_1'),
      companies: keys.companies('acme', 'run_1'),
      parked: keys.parked('acme', 'run_1'),
      held: keys.held('acme', 'run_1'),
      company: keys.company('acme', 'run_1', 'c_1'),
      thread: keys.thread('acme', 'thr_1'),
      tenantRuns: keys.tenantRuns('acme'),
      idempotency: keys.idempotency('acme', 'k'),
      leadRanks: keys.leadRanks('acme', 'run_1'),
      newLeadRanks: keys.newLeadRanks('acme', 'run_1'),
      handedOver: keys.handedOver('acme', false),
      handedOverSimulated: keys.handedOver('acme', true),
      usage: keys.usage('acme', '2026-11'),
      resolvedDoubt: keys.resolvedDoubt('acme', 'dbt_1'),
      ledgerParts: keys.ledgerParts('acme', keys.ledger('acme', 'v', 'op', 'h')),
      dataset: keys.dataset('acme', 'ds_1'),
      datasets: keys.datasets('acme'),
      datasetExpiries: keys.datasetExpiries(),
      tenantDocument: keys.tenantDocument('acme', 'icp'),
      exclusions: keys.exclusions('acme'),
      vendorCredentials: keys.vendorCredentials('acme'),
      tenantWebhook: keys.tenantWebhook('acme'),
      ofTenant: keys.ofTenant('acme'),
      ofCell: keys.ofCell(),
      ofJobs: keys.ofJobs(),
      erasure: keys.erasure('acme', 'era_1'),
      erasures: keys.erasures(),
      activeRuns: keys.activeRuns(),
      tenantActiveRuns: keys.tenantActiveRuns('acme'),
      apiKey: keys.apiKey('k'),
      tenantApiKeys: keys.tenantApiKeys('acme'),
      requestBucket: keys.requestBucket('key:k', 'runs'),
      badKeys: keys.badKeys('127.0.0.1'),
      audit: keys.audit(),
      auditEnds: keys.auditEnds(),
      workers: keys.workers('enrich'),
      workerSkews: keys.workerSkews('enrich'),
      uncountedTransitions: keys.uncountedTransitions(),
      cronStarts: keys.cronStarts(),
      cronSuccesses: keys.cronSuccesses(),
      openQuestions: keys.openQuestions(),
      tenantsAtWork: keys.tenantsAtWork(),
      doubtLists: keys.doubtLists(),
      lease: keys.lease('reconciler'),
      schedule: keys.schedule('acme', 'nightly'),
      schedules: keys.schedules('acme'),
      schedulesDue: keys.schedulesDue(),
      ledger: keys.ledger('acme', 'v', 'op', 'h'),
      leases: keys.leases('v'),
      window: keys.window('v', 'minute'),
      cap: keys.cap('v'),
      doubts: keys.doubts('acme'),
      suppressed: keys.suppressed('acme'),
      suppressionKeyId: keys.suppressionKeyId(),
      tenantBudget: keys.tenantBudget('acme'),
      vendorBudget: keys.vendorBudget('v'),
      caps: keys.caps(),
      capEvents: keys.capEvents(),
      tuning: keys.tuning(),
      laneQueue: keys.laneQueue('v'),
    }).toEqual({
      bullPrefix: 'lg:{main}:bull',
      queue: 'lg:{main}:bull:enrich.v:prioritized',
      fairness: 'lg:{main}:fair1:enrich.v',
      run: 'lg:{main}:acme:run1:run_1',
      events: 'lg:{main}:acme:events1:run_1',
      runHandover: 'lg:{main}:run-handover1',
      webhookOutbox: 'lg:{main}:webhook-outbox1',
      webhookLog: 'lg:{main}:acme:webhook-log1:run_1',
      webhookRedeliveries: 'lg:{main}:acme:webhook-again1:run_1',
      eventReaderWake: 'lg:{main}:event-wake1:host-1',
      fence: 'lg:{main}:acme:fence1:run_1',
      companies: 'lg:{main}:acme:companies1:run_1',
      parked: 'lg:{main}:acme:parked1:run_1',
      held: 'lg:{main}:acme:held1:run_1',
      company: 'lg:{main}:acme:company1:run_1:c_1',
      thread: 'lg:{main}:acme:thread1:thr_1',
      tenantRuns: 'lg:{main}:acme:runs1',
      idempotency: 'lg:{main}:acme:idem2:k',
      leadRanks: 'lg:{main}:acme:ranks1:run_1',
      newLeadRanks: 'lg:{main}:acme:newranks1:run_1',
      handedOver: 'lg:{main}:acme:handedover1',
      handedOverSimulated: 'lg:{main}:acme:handedover1:simulated',
      usage: 'lg:{main}:acme:usage1:2026-11',
      resolvedDoubt: 'lg:{main}:acme:resolved1:dbt_1',
      ledgerParts: { vendor: 'v', op: 'op' },
      dataset: 'lg:{main}:acme:dataset1:ds_1',
      datasets: 'lg:{main}:acme:datasets1',
      datasetExpiries: 'lg:{main}:datasetexpiries1',
      tenantDocument: 'lg:{main}:acme:document1:icp',
      exclusions: 'lg:{main}:acme:exclusions1',
      vendorCredentials: 'lg:{main}:acme:credentials1',
      tenantWebhook: 'lg:{main}:acme:webhook1',
      ofTenant: 'lg:{main}:acme:*',
      ofCell: 'lg:{main}:*',
      ofJobs: 'lg:{main}:bull:*',
      erasure: 'lg:{main}:acme:erasure1:era_1',
      erasures: 'lg:{main}:erasures1',
      activeRuns: 'lg:{main}:active-runs1',
      tenantActiveRuns: 'lg:{main}:acme:active-runs1',
      apiKey: 'lg:{main}:apikey1:k',
      tenantApiKeys: 'lg:{main}:acme:apikeys1',
      requestBucket: 'lg:{main}:bucket1:runs:key:k',
      badKeys: 'lg:{main}:bad-keys1:127.0.0.1',
      audit: 'lg:{main}:audit1',
      auditEnds: 'lg:{main}:audit-ends1',
      workers: 'lg:{main}:workers1:enrich',
      workerSkews: 'lg:{main}:worker-skews1:enrich',
      uncountedTransitions: 'lg:{main}:uncounted1',
      cronStarts: 'lg:{main}:cron-starts1',
      cronSuccesses: 'lg:{main}:cron-successes1',
      openQuestions: 'lg:{main}:open-questions1',
      tenantsAtWork: 'lg:{main}:tenants-at-work1',
      doubtLists: 'lg:{main}:doubt-lists1',
      lease: 'lg:{main}:lease1:reconciler',
      schedule: 'lg:{main}:acme:schedule1:nightly',
      schedules: 'lg:{main}:acme:schedules1',
      schedulesDue: 'lg:{main}:schedules-due1',
      ledger: 'lg:{main}:acme:ledger1:v:op:h',
      leases: 'lg:{main}:leases2:v',
      window: 'lg:{main}:window2:v:minute',
      cap: 'lg:{main}:cap2:v',
      doubts: 'lg:{main}:acme:doubts1',
      suppressed: 'lg:{main}:acme:suppressed1',
      suppressionKeyId: 'lg:{main}:suppression-key1',
      tenantBudget: 'lg:{main}:acme:budget1',
      vendorBudget: 'lg:{main}:vendor-budget1:v',
      caps: 'lg:{main}:caps1',
      capEvents: 'lg:{main}:cap-events1',
      tuning: 'lg:{main}:tuning1',
      laneQueue: 'lg:{main}:bull:enrich.v:',
    });
  });

  it('has no word where a tenant’s id stands that a tenant could have as its id', () => {
    const words = Object.getOwnPropertyNames(CellKeys.prototype)
      .filter((name) => !NO_KEYS.has(name))
      .map((name) => {
        const make = Reflect.get(keys, name) as (...parts: string[]) => string;
        return make.call(keys, 'acme', 'x', 'x', 'x').split(':')[2] ?? '';
      })
      .filter((word) => word !== 'acme' && word !== '*');
    expect(words).toEqual(expect.arrayContaining(['bull', 'cap2', 'audit1', 'bucket1']));
    for (const word of words) expect([word, tenantIdSchema.safeParse(word).success]).toEqual([word, false]);
  });

  it('tells whose a key is', () => {
    expect(keys.tenantOf(keys.company('acme', 'run_1', 'c_1'))).toBe('acme');
    for (const key of [keys.caps(), keys.cap('v'), keys.apiKey('k'), keys.queue('enrich', 'wait')]) {
      expect(keys.tenantOf(key)).toBeNull();
    }
  });

  it('tells what a tenant’s key holds', () => {
    const key = keys.company('acme', 'run_1', 'c_1');
    expect(keys.partsOfTenantKey('acme', key)).toEqual({ kind: 'company1', rest: 'run_1:c_1' });
  });
});
