// Writes docs/queues.md from the stage catalogue.
import { built } from './generated/built.mjs';
import { publishGenerated, table } from './generated/publish-generated.mjs';

const { laneQueue, SCHEDULE_QUEUE, STAGES, STAGE_BUDGETS_MS, WEBHOOK_QUEUE } =
  built('libs/contracts/src/index');

const duration = (ms) => {
  if (ms % 3_600_000 === 0) return `${ms / 3_600_000} h`;
  return ms % 60_000 === 0 ? `${ms / 60_000} min` : `${ms / 1000} s`;
};

const markdown = [
  '# Queues',
  '<!-- Written by scripts/generate-queue-docs.mjs: change libs/contracts/src/queues/stage-catalogue.ts. -->',
  'One queue per stage that has workers of its own. A payload carries ids only; every version that was shipped still parses, and one of a newer release is put back for a worker that reads it ' +
    '(libs/contracts/src/queues/golden). Attempts back off exponentially from the first wait. Past its deadline an attempt ' +
    'has failed and is tried again. BullMQ’s `QueueEvents` hears next to nothing of these queues ' +
    '([ADR 0013](adr/0013-what-bullmq-need-not-do.md)): follow the events of a run.',
  table(
    ['stage', 'queue', 'payload', 'members', 'attempts', 'first wait', 'deadline'],
    Object.entries(STAGES).map(([stage, { queue, version, payload, attempts, backoffMs, timeoutMs }]) => [
      stage,
      `\`${queue}\``,
      `v${version}`,
      Object.keys(payload.shape)
        .map((member) => `\`${member}\``)
        .join(', '),
      attempts,
      duration(backoffMs),
      duration(timeoutMs),
    ]),
  ),
  '## Lanes',
  `Companies wait for a vendor’s cap in a queue of the cap’s own, \`${laneQueue('CAP')}\`: the cap is the vendor’s id, ` +
    '`sim-` and the id offline, or the id, a dot and the key’s name for a tenant’s own credential. Every enrich process ' +
    'serves the lanes of all vendors it can ask. Payload, attempts, waits and deadline are those of `enrich`; a job’s id ' +
    'is made of the company’s, the end of its run’s, its epoch and its hop, `4rwagwuxa5waoxeb-JMY5P11M5QZA-e0-h3`, so that each ' +
    'move is a new job ([ADR 0012](adr/0012-short-ids-of-company-jobs.md)). A lane that is closed shows in Bull Board as ' +
    'rate-limited; none of its jobs is handed out until then.',
  '## Webhooks',
  `The queue \`${WEBHOOK_QUEUE.queue}\` holds endings of runs that their webhooks are to tell, one job each ` +
    `(payload v${WEBHOOK_QUEUE.version}: ${Object.keys(WEBHOOK_QUEUE.payload.shape)
      .map((member) => `\`${member}\``)
      .join(
        ', ',
      )}); export processes work on it. An attempt has ${duration(WEBHOOK_QUEUE.timeoutMs)}; after a failed one it ` +
    `waits ${WEBHOOK_QUEUE.delaysMs.map(duration).join(', ')}, each a fifth longer or shorter, then it is given up.`,
  '## Schedules',
  `In the queue \`${SCHEDULE_QUEUE.queue}\` BullMQ’s job scheduler of each schedule puts a job at each of its slots (payload v${SCHEDULE_QUEUE.version}: ` +
    `${Object.keys(SCHEDULE_QUEUE.payload.shape)
      .map((member) => `\`${member}\``)
      .join(
        ', ',
      )}); normalize processes work on it. It only says that it is time to look: what is due is decided by what is stored ` +
    'of the schedule ([schedules.md](schedules.md)).',
  '## Budgets',
  'How long a stage should take. One over its budget gets a verdict on the run, it is not ended. For enrich the budget is per ' +
    'company, waiting for caps not counted; for export per 1,000 rows.',
  table(
    ['phase', 'budget'],
    Object.entries(STAGE_BUDGETS_MS).map(([phase, ms]) => [
      phase,
      ms === null ? 'in its stage’s' : duration(ms),
    ]),
  ),
].join('\n\n');

process.exitCode = await publishGenerated(
  { 'docs/queues.md': markdown },
  { script: 'generate-queue-docs.mjs' },
);
