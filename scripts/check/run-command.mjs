import { spawn } from 'node:child_process';

/** How long a command may take to end after it was asked to. */
const GRACE_MS = 10_000;
/** How long its output may stay open after it ended: what holds it is a process it left behind. */
const OUTPUT_MS = 1_000;

const running = new Set();

/**
 * Runs a command in a process group of its own and answers `{ code, timedOut, output, tookMs }`.
 * Past `timeoutMs` the whole group gets SIGTERM, later SIGKILL. Output is kept, and printed as it comes if `print`.
 */
export function runCommand([program, ...args], { cwd, env, timeoutMs, print = false }) {
  return new Promise((resolve) => {
    const started = performance.now();
    const child = spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    const chunks = [];
    let timedOut = false;
    const timers = [];
    const later = (ms, action) => timers.push(setTimeout(action, ms));
    const finish = (code) => {
      timers.forEach(clearTimeout);
      running.delete(child);
      const output = Buffer.concat(chunks).toString();
      resolve({ code, timedOut, output, tookMs: performance.now() - started });
    };
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        chunks.push(chunk);
        if (print) process.stdout.write(chunk);
      });
    }
    later(Math.max(timeoutMs, 1), () => {
      timedOut = true;
      signalGroup(child, 'SIGTERM');
      later(GRACE_MS, () => signalGroup(child, 'SIGKILL'));
    });
    child.on('error', (error) => {
      chunks.push(Buffer.from(`${program}: ${error.message}\n`));
      finish(127);
    });
    child.on('exit', (code) => {
      later(OUTPUT_MS, () => {
        child.stdout.destroy();
        child.stderr.destroy();
        finish(code ?? 1);
      });
    });
    child.on('close', (code) => finish(code ?? 1));
  });
}

/** Ends every command still running, at once: for an interrupted check. */
export function endRunningCommands() {
  for (const child of running) signalGroup(child, 'SIGKILL');
}

function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
