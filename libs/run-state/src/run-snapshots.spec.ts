import { SHOWN_FIELDS } from './run-snapshots';
import { runStateScripts } from './run-state-scripts';

describe('what is shown of a run', () => {
  it('is named in the order in which the script reads it', () => {
    const [, names = ''] = /'HMGET', KEYS\[1\],([^)]*)\)/.exec(runStateScripts.readRun.source.body) ?? [];
    expect([...names.matchAll(/'(\w+)'/g)].map(([, name]) => name)).toEqual(SHOWN_FIELDS);
  });
});
