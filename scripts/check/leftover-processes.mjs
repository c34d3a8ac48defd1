import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a tier started may still be draining when its command ends. */
const GRACE_MS = 5_000;

/**
 * Waits for what the check started and did not end to end by itself, ends the rest, and answers a line about each of
 * those. They are known by LEADGEN_CHECK_ID in their environment, which Linux shows; elsewhere none are found.
 */
export async function endLeftovers(checkId, graceMs = GRACE_MS) {
  const mark = `LEADGEN_CHECK_ID=${checkId}`;
  const deadline = performance.now() + graceMs;
  let left = findMarked(mark);
  while (left.length > 0 && performance.now() < deadline) {
    await sleep(100);
    left = findMarked(mark);
  }
  left.forEach(({ pid }) => endNow(pid));
  return left.map(({ pid, commandLine }) => `${pid} ${commandLine}`);
}

function findMarked(mark) {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => readProc(pid, 'environ').split('\0').includes(mark))
    .map((pid) => ({ pid: Number(pid), commandLine: readProc(pid, 'cmdline').replaceAll('\0', ' ').trim() }));
}

/** Empty for a process that is gone, a zombie, or somebody else's. */
function readProc(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

function endNow(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
