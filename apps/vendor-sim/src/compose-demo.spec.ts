import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { simulatorEnv } from './simulator-env';

const OPS = join(__dirname, '../../../ops/compose');

describe('the settings of the compose demo', () => {
  it('point every vendor at the simulator’s container, and no other place', () => {
    const lines = readFileSync(join(OPS, 'demo.env'), 'utf8').split('\n');
    const settings = lines
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => line.split(/=(.*)/, 2));
    expect(Object.fromEntries(settings)).toEqual(simulatorEnv('http://simulator:4700'));
  });
});
