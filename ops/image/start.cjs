// Starts one app of the image in this very process: `start.cjs api`, `start.cjs cli keys create --tenant-id acme`.
const { readdirSync } = require('node:fs');
const { join } = require('node:path');

/** As a shell tells of a program that SIGTERM has ended. */
const ENDED_BY_SIGTERM = 143;

// The first process of a container is ended by no signal that it does not listen for: without this one a container that is
// told to stop while it still starts would go on until it is killed. An app that listens itself takes over.
const endAtOnce = () => process.exit(ENDED_BY_SIGTERM);
process.on('SIGTERM', endAtOnce);
process.on('newListener', function takenOver(event) {
  if (event !== 'SIGTERM') return;
  process.off('newListener', takenOver);
  // Only once the other is there: without any listener Node would stop listening for both.
  queueMicrotask(() => process.off('SIGTERM', endAtOnce));
});

const apps = join(__dirname, 'dist/apps');
const names = readdirSync(apps);
const [app] = process.argv.slice(2);

if (!names.includes(app)) {
  console.error(`name the app to start: ${names.join(', ')}`);
  process.exit(78);
}
const entry = join(apps, app, 'src/main.js');
process.argv.splice(1, 2, entry);
require(entry);
