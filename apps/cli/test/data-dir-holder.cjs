// Run by the tests of the data folder's lock: takes the lock of the folder named, says so, and keeps it until it is killed.
const { join } = require('node:path');
const { lockDataDir } = require(join(__dirname, '../../../dist/apps/cli/src/supervisor/data-dir-lock.js'));

void lockDataDir(process.argv[2], () => undefined).then(() => process.send('held'));
process.on('disconnect', () => process.exit());
