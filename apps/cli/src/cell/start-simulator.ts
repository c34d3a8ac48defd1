import { processEnv } from '#libs/config';
import type { Supervisor } from '../supervisor/supervisor';

/** Starts the vendor simulator; answers where it listens and the settings that point every vendor at it. */
export async function startSimulator(
  supervisor: Supervisor,
): Promise<{ url: string; env: Readonly<Record<string, string>> }> {
  const [ready] = await supervisor.start('vendor-sim', processEnv(), {
    // The workers are told its address once: it must come back to it.
    envOfRestart: ({ url }) => ({ LEADGEN_SIM_PORT: new URL(String(url)).port }),
  });
  return { url: String(ready?.url), env: (ready?.env ?? {}) as Readonly<Record<string, string>> };
}
