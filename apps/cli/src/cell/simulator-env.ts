import { processEnv } from '#libs/config';
import type { Supervisor } from '../supervisor/supervisor';

/** Starts the vendor simulator and answers the settings that point every vendor at it. */
export async function simulatorEnv(supervisor: Supervisor): Promise<Readonly<Record<string, string>>> {
  const [ready] = await supervisor.start('vendor-sim', processEnv(), {
    // The workers are told its address once: it must come back to it.
    envOfRestart: ({ url }) => ({ LEADGEN_SIM_PORT: new URL(String(url)).port }),
  });
  return (ready?.env ?? {}) as Readonly<Record<string, string>>;
}
