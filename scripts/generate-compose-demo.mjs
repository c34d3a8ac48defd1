// Writes ops/compose/demo.env: where the containers of the demo find the simulator, and with which keys.
import { built } from './generated/built.mjs';
import { publishGenerated } from './generated/publish-generated.mjs';

const { simulatorEnv } = built('apps/vendor-sim/src/simulator-env');

const HEAD = [
  '# Written by scripts/generate-compose-demo.mjs.',
  '# Nothing leaves the machine: every vendor is the simulator of the profile demo, and what it answers is marked simulated.',
  '# For real vendors name a file of your own in LEADGEN_ENV_FILE, with your keys in it: docs/compose.md.',
];
const settings = Object.entries(simulatorEnv('http://simulator:4700'));

process.exitCode = await publishGenerated(
  { 'ops/compose/demo.env': [...HEAD, ...settings.map((setting) => setting.join('=')), ''].join('\n') },
  { script: 'generate-compose-demo.mjs' },
);
