import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { waitUntil } from '#libs/testing';

const execute = promisify(execFile);
const DEBIAN_TOOL = pathToFileURL(join(__dirname, '../../../scripts/check/tools/debian-tool.mjs')).href;
const BOOT_MS = 60_000;

/** A server that is not ours, on a free port of loopback. */
export interface ToolProcess {
  /** `127.0.0.1:<port>` */
  readonly address: string;
  stop(): Promise<void>;
}

/** Where the program is, fetched if need be as the checks fetch it. */
export async function toolPath(name: string): Promise<string> {
  const code = `console.log(await (await import(process.argv[1])).debianTool(process.argv[2]))`;
  const { stdout } = await execute(process.execPath, [
    '--input-type=module',
    '--eval',
    code,
    DEBIAN_TOOL,
    name,
  ]);
  return stdout.trim();
}

/** Starts it and waits until it is ready; `args` are told the address. Throws, with what it said, if it ends instead. */
export async function startTool(
  program: string,
  args: (address: string) => readonly string[],
): Promise<ToolProcess> {
  const address = `127.0.0.1:${await freePort()}`;
  const child = spawn(program, args(address), {
    env: { PATH: process.env.PATH, LEADGEN_CHECK_ID: process.env.LEADGEN_CHECK_ID },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const keep = (piece: Buffer): void => void (said = (said + piece.toString()).slice(-20_000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const exited = once(child, 'exit');
  const ready = async (): Promise<boolean> => {
    if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}:\n${said}`);
    const answer = await fetch(`http://${address}/-/ready`).catch(() => undefined);
    await answer?.body?.cancel();
    return answer?.ok === true;
  };
  await waitUntil(ready, { timeoutMs: BOOT_MS, what: `${program} is ready`, everyMs: 100 }).catch(
    (error: unknown) => {
      child.kill('SIGKILL');
      throw error;
    },
  );
  return {
    address,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
