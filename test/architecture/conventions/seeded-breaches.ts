import type { SourceFile } from './conventions';

/** By convention: what breaks it, and what looks like it and does not. */
export const SEEDED_BREACHES: Readonly<Record<string, { breaks: SourceFile[]; keeps: SourceFile[] }>> = {
  'Redis keys are made in keys.ts only': {
    breaks: [
      { path: 'libs/queue/src/flow.ts', text: 'const key = `lg:{${cell}}:x`;' },
      { path: 'libs/run-state/src/lua/drop-run-1.lua', text: "redis.call('DEL', 'lg:{main}:x')" },
    ],
    keeps: [{ path: 'libs/queue/src/flow.ts', text: 'const key = keys.run(tenantId, runId);' }],
  },
  'no vendor is called outside the gate': {
    breaks: [
      { path: 'apps/normalize/src/a.ts', text: "await this.registry.call('x', op, input, { signal });" },
      {
        path: 'apps/enrich/src/walk/company-walk.ts',
        text: 'await this.desk.call(vendor, op, input, signal);',
      },
      { path: 'apps/enrich/src/walk/registry-desk.ts', text: 'vendor.calls[op](input, context);' },
      { path: 'libs/llm/src/a.ts', text: 'const client = new OpenAI({});' },
    ],
    keeps: [
      {
        path: 'apps/enrich/src/walk/registry-desk.ts',
        text: 'return this.registry.call(vendor, op, input);',
      },
      { path: 'apps/enrich/src/walk/gated-call.ts', text: 'await this.desk.call(vendor, op, input);' },
      { path: 'libs/vendors/src/registry/vendor-registry.ts', text: 'const call = vendor.calls[op];' },
    ],
  },
  'requests leave through the vendors’ HTTP client only': {
    breaks: [
      { path: 'apps/normalize/src/a.ts', text: 'await fetch(url);' },
      { path: 'libs/llm/src/a.ts', text: "import OpenAI from 'openai';" },
      { path: 'libs/sinks/src/a.ts', text: "import { request } from 'node:https';" },
      { path: 'apps/api/src/a.ts', text: "import { createServer, request } from 'node:http';" },
      { path: 'apps/api/src/a.ts', text: "import { ServerResponse, get } from 'node:http';" },
      { path: 'apps/api/src/a.ts', text: "import { ClientRequest, IncomingMessage } from 'node:http';" },
      { path: 'apps/api/src/a.ts', text: "import * as http from 'node:http';" },
    ],
    keeps: [
      { path: 'libs/vendors/src/http/a.ts', text: "import { Agent } from 'undici';" },
      { path: 'apps/api/src/a.ts', text: "import type { ServerResponse } from 'node:http';" },
      { path: 'apps/api/src/a.ts', text: "import { createServer } from 'node:http';" },
      { path: 'apps/api/src/a.ts', text: "import { createServer, type Server } from 'node:http';" },
      { path: 'apps/api/src/a.ts', text: "import { IncomingMessage, ServerResponse } from 'node:http';" },
    ],
  },
  'the environment is read in libs/config only': {
    breaks: [
      { path: 'apps/api/src/main.ts', text: 'const port = process.env.PORT;' },
      { path: 'apps/api/src/main.ts', text: "const port = process['env'].PORT;" },
      { path: 'libs/queue/src/a.ts', text: 'const { env } = process;' },
      { path: 'libs/queue/src/a.ts', text: "import { env } from 'node:process';" },
    ],
    keeps: [{ path: 'apps/api/src/main.ts', text: 'spawn(process.execPath, [], { env });' }],
  },
  'files and folders are named after what they hold': {
    breaks: [
      { path: 'libs/queue/src/utils/a.ts', text: '' },
      { path: 'libs/queue/src/string-helpers.ts', text: '' },
      { path: 'libs/queue/src/types.ts', text: '' },
      { path: 'apps/api/src/common/index.ts', text: '' },
      { path: 'apps/api/src/queueManager.ts', text: '' },
    ],
    keeps: [
      { path: 'libs/queue/src/stage-worker.module.ts', text: '' },
      { path: 'libs/contracts/src/entities/company.schema.ts', text: '' },
      { path: 'libs/run-state/src/lua/finish-company-3.lua', text: '' },
    ],
  },
  'classes and interfaces are named after what they are': {
    breaks: [
      { path: 'libs/queue/src/a.ts', text: 'export class QueueManager {}' },
      { path: 'libs/queue/src/a.ts', text: 'export interface IQueue {}' },
      { path: 'libs/queue/src/a.ts', text: 'export abstract class BaseHandler {}' },
    ],
    keeps: [{ path: 'libs/queue/src/a.ts', text: 'export interface IcpMatch {}' }],
  },
  'a Lua script says its keys, arguments and answers': {
    breaks: [
      { path: 'libs/redis/src/lua/acquire.lua', text: '' },
      { path: 'libs/redis/src/lua/take-lease-1.lua', text: 'return 1' },
      { path: 'libs/redis/src/lua/take-lease-1.lua', text: '--[[ KEYS ARGV ]]\nreturn 1' },
      { path: 'libs/redis/src/lua/take-lease-1.lua', text: '--[[ KEYS ARGV Returns ]]\nreturn KEYS[2]' },
    ],
    keeps: [
      { path: 'libs/redis/src/lua/take-lease-2.lua', text: '--[[ KEYS ARGV Returns ]]\nreturn KEYS[2]' },
      { path: 'libs/redis/src/lua/take-leases-n.lua', text: '--[[ KEYS ARGV Returns ]]\nreturn KEYS[9]' },
    ],
  },
  'every test file belongs to a tier': {
    breaks: [
      { path: 'libs/queue/src/flow.test.ts', text: '' },
      { path: 'libs/queue/src/flow.large-spec.ts', text: '' },
      { path: 'scripts/check/report.spec.mjs', text: '' },
    ],
    keeps: [
      { path: 'libs/queue/src/flow.spec.ts', text: '' },
      { path: 'libs/queue/src/flow.medium-spec.ts', text: '' },
      { path: 'test/e2e/run.spec.ts', text: '' },
    ],
  },
  'a silenced lint rule says why': {
    breaks: [{ path: 'libs/queue/src/a.ts', text: '// eslint-disable-next-line no-empty' }],
    keeps: [{ path: 'libs/queue/src/a.ts', text: '// eslint-disable-next-line no-empty -- a reason' }],
  },
  'nothing is left for later': {
    breaks: [{ path: 'libs/queue/src/a.ts', text: '// TO' + 'DO: later' }],
    keeps: [{ path: 'libs/queue/src/a.ts', text: "const spanish = 'todo';" }],
  },
  'no file speaks of a developer’s machine': {
    breaks: [
      { path: 'docs/playbook.md', text: 'cd /home' + '/jane/leadgen' },
      { path: 'docs/playbook.md', text: 'cd /Users' + '/jane/leadgen' },
    ],
    keeps: [{ path: 'docs/playbook.md', text: 'cd /opt/leadgen; see https://example.com/home/jane' }],
  },
};
