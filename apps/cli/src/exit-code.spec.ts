import { appError, ERROR_CATALOGUE, RUN_STATES, type ErrorCode } from '#libs/contracts';
import { exitCodeOfError, exitCodeOfRun } from './exit-code';

describe('the exit code of a run', () => {
  it.each([
    ['completed', null, null, 0],
    ['failed', null, null, 1],
    ['failed', null, 'input_no_usable_column', 2],
    ['failed', null, 'storage_failed', 1],
    ['failed', null, 'a_code_of_another_release', 1],
    ['paused', 'vendor_cap', null, 3],
    ['needs_input', null, null, 4],
    ['queued', null, null, 5],
    ['running', null, null, 5],
    ['paused', 'person', null, 5],
    ['partial', null, null, 6],
    ['cancelled', null, null, 7],
  ] as const)('%s (paused by %s, problem %s) is %i', (state, pauseReason, code, exit) => {
    const problem = code === null ? null : { code, message: '' };
    expect(exitCodeOfRun({ state, pause_reason: pauseReason, problem })).toBe(exit);
  });

  it('is known for every state', () => {
    const codes = RUN_STATES.map((state) => exitCodeOfRun({ state, pause_reason: null, problem: null }));
    expect(codes.every(Number.isInteger)).toBe(true);
  });
});

describe('the exit code of an error', () => {
  const EXPECTED: Partial<Record<ErrorCode, number>> = {
    usage: 2,
    invalid_request: 2,
    invalid_icp: 2,
    input_not_found: 2,
    input_empty: 2,
    input_not_text: 2,
    input_unreadable: 2,
    // What the caller exported is as wrong as what the caller typed; 78 is for server processes.
    config_invalid: 2,
    data_dir_locked: 2,
    data_dir_unusable: 2,
    run_not_found: 2,
    idempotency_conflict: 2,
    redis_unreachable: 69,
    redis_disk_full: 69,
    redis_misconfigured: 69,
    redis_not_available: 69,
    worker_absent: 69,
    supervised_process_failed: 1,
    internal: 1,
  };

  it.each(Object.entries(EXPECTED))('%s is %i', (code, exit) => {
    expect(exitCodeOfError(appError(code as ErrorCode, ''))).toBe(exit);
  });

  it('is 1 for what nobody foresaw', () => {
    expect(exitCodeOfError(new Error('?'))).toBe(1);
    expect(exitCodeOfError('thrown text')).toBe(1);
    expect(exitCodeOfError(Object.assign(new Error('?'), { code: 'EACCES' }))).toBe(1);
  });

  it('is none of the codes that mean something else about a run', () => {
    const codes = Object.keys(ERROR_CATALOGUE) as ErrorCode[];
    const reserved = codes.filter((code) => [0, 3, 4, 5, 6].includes(ERROR_CATALOGUE[code].exit));
    expect(reserved).toEqual([]);
  });
});
