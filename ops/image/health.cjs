// Whether the process of this container lives, for HEALTHCHECK: exits with 0 or 1. One container runs one app, so whichever
// of its ports answers is the one.
const { get } = require('node:http');

const { LEADGEN_METRICS_PORT, LEADGEN_API_PORT = '3000', LEADGEN_SIM_PORT } = process.env;
const ASKED = [
  [LEADGEN_METRICS_PORT, '/health/live'],
  [LEADGEN_API_PORT, '/health/live'],
  [LEADGEN_SIM_PORT, '/control/health'],
];
const PATIENCE_MS = 3_000;

function lives([port, path]) {
  return new Promise((resolve) => {
    if (!port) return resolve(false);
    const request = get({ host: '127.0.0.1', port, path, timeout: PATIENCE_MS }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('timeout', () => request.destroy(new Error('no answer')));
    request.on('error', () => resolve(false));
  });
}

void Promise.all(ASKED.map(lives)).then((answers) => process.exit(answers.includes(true) ? 0 : 1));
