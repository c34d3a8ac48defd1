import { processEnv } from '#libs/config';
import type { Supervisor } from '../supervisor/supervisor';

/** Starts the vendor simulator and answers the settings that point every vendor at it. */
export async function simulatorEnv(supervisor: Supervisor): Promise<Readonly<Record<string, string>>> {
  const [ready] = await supervisor.start('vendor-sim', processEnv());
  return (ready?.env ?? {}) as Readonly<Record<string, string>>;
}
