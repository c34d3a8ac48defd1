import { join } from 'node:path';
import { LuaScript } from '#libs/redis';

const script = (name: string): LuaScript => new LuaScript(join(__dirname, 'lua', `${name}.lua`));

/** The Lua files of this library, read once per process; each file's header says what it takes and answers. */
export const runStateScripts = {
  createRun: script('create-run-8'),
  claimIdempotency: script('claim-idempotency-1'),
  releaseIdempotency: script('release-idempotency-1'),
  readRun: script('read-run-2'),
  transitionRun: script('transition-run-8'),
  adoptTrace: script('adopt-trace-1'),
  retryRun: script('retry-run-5'),
  appendEvent: script('append-event-2'),
  noteStage: script('note-stage-1'),
  claimFence: script('claim-fence-2'),
  advanceAdding: script('advance-adding-2'),
  closeAdding: script('close-adding-2'),
  createCompanies: script('create-companies-n'),
  resetCompanies: script('reset-companies-n'),
  moveCompany: script('move-company-3'),
  holdCompany: script('hold-company-4'),
  walkAlone: script('walk-alone-1'),
  readCompany: script('read-company-1'),
  finishCompany: script('finish-company-4'),
  rankLeads: script('rank-leads-3'),
  bookUsage: script('book-usage-2'),
  takeLease: script('take-lease-1'),
  releaseLease: script('release-lease-1'),
  beatWorker: script('beat-worker-2'),
  noteTick: script('note-tick-2'),
} as const;
