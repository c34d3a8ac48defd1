import { CellKeys } from './keys';

describe('CellKeys', () => {
  const keys = new CellKeys('main');

  it('never changes a key that is already in somebody’s Redis', () => {
    expect({
      bullPrefix: keys.bullPrefix(),
      queue: keys.queue('enrich.v', 'prioritized'),
      fairness: keys.fairness('enrich.v'),
      run: keys.run('acme', 'run_1'),
      events: keys.events('acme', 'run_1'),
      fence: keys.fence('acme', 'run_1'),
      companies: keys.companies('acme', 'run_1'),
      parked: keys.parked('acme', 'run_1'),
      held: keys.held('acme', 'run_1'),
      company: keys.company('acme', 'run_1', 'c_1'),
      thread: keys.thread('acme', 'thr_1'),
      tenantRuns: keys.tenantRuns('acme'),
      idempotency: keys.idempotency('acme', 'k'),
      activeRuns: keys.activeRuns(),
      workers: keys.workers('enrich'),
      lease: keys.lease('reconciler'),
      ledger: keys.ledger('acme', 'v', 'op', 'h'),
      leases: keys.leases('v'),
      window: keys.window('v', 'minute'),
      cap: keys.cap('v'),
    }).toEqual({
      bullPrefix: 'lg:{main}:bull',
      queue: 'lg:{main}:bull:enrich.v:prioritized',
      fairness: 'lg:{main}:fair1:enrich.v',
      run: 'lg:{main}:acme:run1:run_1',
      events: 'lg:{main}:acme:events1:run_1',
      fence: 'lg:{main}:acme:fence1:run_1',
      companies: 'lg:{main}:acme:companies1:run_1',
      parked: 'lg:{main}:acme:parked1:run_1',
      held: 'lg:{main}:acme:held1:run_1',
      company: 'lg:{main}:acme:company1:run_1:c_1',
      thread: 'lg:{main}:acme:thread1:thr_1',
      tenantRuns: 'lg:{main}:acme:runs1',
      idempotency: 'lg:{main}:acme:idem1:k',
      activeRuns: 'lg:{main}:active-runs1',
      workers: 'lg:{main}:workers1:enrich',
      lease: 'lg:{main}:lease1:reconciler',
      ledger: 'lg:{main}:acme:ledger1:v:op:h',
      leases: 'lg:{main}:leases1:v',
      window: 'lg:{main}:window1:v:minute',
      cap: 'lg:{main}:cap1:v',
    });
  });
});
