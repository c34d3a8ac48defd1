// Run by the rate test: callers in a process of their own, which ask the gate before each request to the vendor.
// Uses the build, as a real worker process does.
const { join } = require('node:path');
const { setTimeout: delay } = require('node:timers/promises');

const built = (lib) => require(join(__dirname, '../../../dist/libs', lib, 'src/index.js'));
const { RedisGate } = built('vendor-gate');
const { CellKeys, createRedis, workerConnectionOptions } = built('redis');

const KEEP = { kind: 'keep', answer: { kind: 'empty' }, ttlMs: 60_000, costMicro: 0 };

async function call(gate, vendorUrl, request) {
  for (;;) {
    const answer = await gate.acquire(request);
    if (answer.kind === 'wait') await delay(answer.inMs);
    else if (answer.kind !== 'granted') throw new Error(`the gate answered ${answer.kind}`);
    else if (await gate.sent(request, answer)) {
      await (await fetch(vendorUrl)).text();
      return gate.settle(request, answer, KEEP, {});
    }
  }
}

async function main([redisUrl, cell, vendorUrl, name, callers, cap]) {
  const redis = createRedis(redisUrl, workerConnectionOptions());
  const gate = new RedisGate(redis, new CellKeys(cell));
  let n = 0;
  const caller = async () => {
    while (process.connected) {
      n += 1;
      await call(gate, vendorUrl, {
        callId: `${name}-${n}`,
        tenantId: 'acme',
        runId: 'run_1',
        companyId: 'c_1',
        vendor: 'sonar',
        simulated: false,
        op: 'find_contacts',
        input: { domain: `${name}-${n}.com` },
        cap: JSON.parse(cap),
        deadlineMs: 5_000,
        repeatable: false,
        budgets: { run: null, tenantDay: null, vendorDay: null },
        maxCostMicro: 0,
        subjects: [],
        from: 'inline',
      });
    }
  };
  process.on('disconnect', () => process.exit(0));
  process.send('ready');
  await Promise.all(Array.from({ length: Number(callers) }, caller));
}

void main(process.argv.slice(2));
