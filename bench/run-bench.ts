import { benchManyRuns } from './many-runs/many-runs.bench';
import { benchNormalize } from './normalize/normalize.bench';
import { benchPipeline } from './pipeline/pipeline.bench';

/** Runs every benchmark and prints one JSON line each; exits 1 if a figure that must hold does not. */
async function main(names: readonly string[]): Promise<void> {
  const wanted = (name: string): boolean => names.length === 0 || names.includes(name);
  const results: { passed: boolean }[] = [];
  const report = (result: { passed: boolean }): void => {
    results.push(result);
    process.stdout.write(`${JSON.stringify(result)}\n`);
  };
  if (wanted('normalize')) {
    report(await benchNormalize({ rows: 20_000, secondsMax: 10, rssMbMax: 300 }));
    report(await benchNormalize({ rows: 1_000_000, secondsMax: 300, rssMbMax: 400 }));
  }
  if (wanted('pipeline')) report(await benchPipeline(10_000, 3));
  if (wanted('many-runs')) report(await benchManyRuns(100, 20));
  process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;
}

void main(process.argv.slice(2));
