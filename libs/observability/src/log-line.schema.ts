import { z } from 'zod';
import { companyIdSchema, RUN_SOURCES, runIdSchema, tenantIdSchema, threadIdSchema } from '#libs/contracts';

const nameSchema = z.string().regex(/^[a-z][a-z0-9_]*$/);
const detailSchema = z.union([z.string(), z.number(), z.boolean()]);

/**
 * One line of the log of any process, as JSON on stderr; docs/logs.md explains every member, and a test of a whole cell holds all its
 * lines against this. Other members are details of the event: lower-case names, plain values.
 */
export const logLineSchema = z
  .object({
    time: z.iso.datetime(),
    level: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']),
    service: z.literal('orchestrator'),
    app: z.enum(['api', 'normalize', 'enrich', 'export', 'cli', 'vendor-sim']),
    pid: z.int().positive(),
    /** A sentence, or the status message of a run. */
    msg: z.string().min(1),
    event: nameSchema.optional(),
    tenant_id: tenantIdSchema.optional(),
    thread_id: threadIdSchema.optional(),
    run_id: runIdSchema.optional(),
    company_id: companyIdSchema.optional(),
    source: z.enum(RUN_SOURCES).optional(),
    stage: z.string().min(1).optional(),
    queue: z.string().min(1).optional(),
    vendor: z.string().min(1).optional(),
    attempt: z.int().positive().optional(),
    outcome: nameSchema.optional(),
    from: nameSchema.optional(),
    state: nameSchema.optional(),
    duration_ms: z.number().min(0).optional(),
    request_id: z.uuid().optional(),
    trace_id: z
      .string()
      .regex(/^[0-9a-f]{32}$/)
      .optional(),
    /** Of an error: its words, masked. */
    err: z.string().optional(),
    /** Of the error catalogue. */
    code: z.string().optional(),
  })
  .catchall(detailSchema)
  .superRefine((line, context) => {
    for (const name of Object.keys(line)) {
      if (!nameSchema.safeParse(name).success) context.addIssue(`${name}: members have lower-case names`);
    }
  });

export type LogLine = z.infer<typeof logLineSchema>;
