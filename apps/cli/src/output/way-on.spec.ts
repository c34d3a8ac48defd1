import { wayOn } from './way-on';

const of = (state: string, exitCode: number): string | undefined =>
  wayOn({ event: 'result', exit_code: exitCode, state, tenant_id: 'acme', run_id: 'run_1' });

describe('what may be done next about a run', () => {
  it.each([
    ['failed', 1, 'leadgen events --tenant-id acme --run-id run_1 '],
    ['paused', 3, 'leadgen vendors'],
    ['running', 5, 'leadgen status --tenant-id acme --run-id run_1 --wait'],
    ['queued', 130, 'leadgen status --tenant-id acme --run-id run_1 --wait'],
    ['paused', 5, 'leadgen resume --tenant-id acme --run-id run_1 '],
    ['partial', 6, 'leadgen retry --tenant-id acme --run-id run_1 --dry-run'],
    ['cancelled', 7, 'leadgen leads --tenant-id acme --run-id run_1 '],
  ])('that is %s, of a command that ends with %i', (state, exitCode, words) => {
    expect(of(state, exitCode)).toContain(words);
  });

  it('is nothing where all went well, where the question says it, and where there is no run', () => {
    expect(of('completed', 0)).toBeUndefined();
    expect(of('needs_input', 4)).toBeUndefined();
    expect(wayOn({ event: 'result', exit_code: 2, state: 'rejected' })).toBeUndefined();
  });
});
