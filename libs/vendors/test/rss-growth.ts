const SAMPLE_EVERY_MS = 5;

/** Runs the work and answers by how many bytes the process grew at most meanwhile. */
export async function rssGrowth(work: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage.rss();
  let most = before;
  const sample = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, SAMPLE_EVERY_MS);
  try {
    await work();
    return Math.max(most, process.memoryUsage.rss()) - before;
  } finally {
    clearInterval(sample);
  }
}
