// Starts one app of the image in this very process: `start.cjs api`, `start.cjs cli keys create --tenant-id acme`.
const { readdirSync } = require('node:fs');
const { join } = require('node:path');

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
