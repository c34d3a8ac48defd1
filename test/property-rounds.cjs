const fc = require('fast-check');

/** The long rounds: a property that does not say how often it is tried is tried 2,000 times instead of 100. */
fc.configureGlobal({ numRuns: 2_000 });
