import { benchApi } from './api/api.bench';
import { benchCaps } from './caps/caps.bench';
import { MINUTES, SECONDS } from './caps/scenarios';
import { benchGate } from './gate/gate.bench';
import { benchManyRuns } from './many-runs/many-runs.bench';
import { benchNormalize } from './normalize/normalize.bench';
import { benchPipeline } from './pipeline/pipeline.bench';
import { benchSse } from './sse/sse.bench';

/** Every benchmark by the name it is asked for; each prints the figure that must hold and whether it does. */
const BENCHMARKS: Readonly<Record<string, () => Promise<{ passed: boolean }>>> = {
  'normalize-20k': () => benchNormalize({ rows: 20_000, secondsMax: 10, rssMbMax: 300 }),
  'normalize-1m': () => benchNormalize({ rows: 1_000_000, secondsMax: 300, rssMbMax: 400 }),
  gate: () => benchGate(30_000),
  pipeline: () => benchPipeline({ companies: 10_000, repeats: 9, calls: 1, ratioFloor: 0.55 }),
  'pipeline-3': () => benchPipeline({ companies: 10_000, repeats: 5, calls: 3, ratioFloor: 0.35 }),
  'many-runs': () => benchManyRuns(100, 20),
  api: () => benchApi({ seconds: 5, rounds: 3 }),
  sse: () => benchSse(1_000, 10_000, 500),
  'caps-minutes': () => benchCaps(MINUTES),
  'caps-seconds': () => benchCaps(SECONDS),
};

/** Runs the benchmarks named, all if none is, and prints one JSON line each; exits 1 if a figure does not hold. */
async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !Object.hasOwn(BENCHMARKS, name));
  if (unknown.length > 0) {
    process.stderr.write(
      `no benchmark ${unknown.join(', ')}: choose from ${Object.keys(BENCHMARKS).join(', ')}\n`,
    );
    process.exitCode = 2;
    return;
  }
  for (const [name, run] of Object.entries(BENCHMARKS)) {
    if (names.length > 0 && !names.includes(name)) continue;
    const result = await run();
    process.stdout.write(`${JSON.stringify(result)}\n`);
    if (!result.passed) process.exitCode = 1;
  }
}

void main(process.argv.slice(2));
