import { join } from 'node:path';
import { LuaScript } from '#libs/redis';

export type GateScripts = ReturnType<typeof loadGateScripts>;

/** One script per verb of the gate. */
export function loadGateScripts(folder = join(__dirname, 'lua')): Record<GateVerb, LuaScript> {
  const script = (name: string): LuaScript => new LuaScript(join(folder, `${name}.lua`));
  return {
    acquire: script('acquire-call-n'),
    markSent: script('mark-sent-2'),
    settle: script('settle-call-n'),
    extend: script('extend-lease-n'),
    journalCached: script('journal-cached-3'),
    reap: script('reap-leases-2'),
    resolveDoubt: script('resolve-doubt-2'),
    changeCap: script('change-cap-2'),
    explainCap: script('explain-cap-n'),
    countDoubts: script('count-doubts-1'),
  };
}

type GateVerb =
  | 'acquire'
  | 'markSent'
  | 'settle'
  | 'extend'
  | 'journalCached'
  | 'reap'
  | 'resolveDoubt'
  | 'changeCap'
  | 'explainCap'
  | 'countDoubts';

/** Loaded once per process. */
export const GATE_SCRIPTS: GateScripts = loadGateScripts();
