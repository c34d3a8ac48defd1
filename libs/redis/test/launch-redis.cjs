// Run by the launcher's tests: starts an embedded Redis as its argument says, tells its parent how that went, and stays.
const { join } = require('node:path');
const { startEmbeddedRedis } = require(join(__dirname, '../../../dist/libs/redis/src/index.js'));

startEmbeddedRedis({ ...JSON.parse(process.argv[2]), env: process.env }).then(
  ({ url, port, pid, origin }) => process.send({ started: { url, port, pid, origin } }),
  ({ code, message }) => process.send({ failed: { code, message } }),
);
process.on('disconnect', () => process.exit());
