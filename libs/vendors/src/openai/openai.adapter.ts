import { randomBytes } from 'node:crypto';
import { PROFILE_ANSWER_JSON_SCHEMA, profilePrompt, readProfileAnswer, visibleText } from '#libs/llm';
import type { CompanyProfile } from '#libs/contracts';
import { failureOutcome } from '../http/failure-outcome';
import { rateReadings } from '../http/rate-readings';
import type { Vendor, VendorCall, VendorEnd, VendorOutcome } from '../vendor.port';
import { completionSchema, type Completion } from './completion.schema';
import { COMPLETION_TOKENS_MAX, MODEL, openaiDescriptor, unitsOf } from './openai.descriptor';
import { requestCompletion, type CompletionRequested } from './request-completion';

/** A shorter text says nothing that a model would be needed for. */
const TEXT_LENGTH_MIN = 20;
/** Nobody who wrote a page can know it. */
const MARK_BYTES = 12;

const readProfile: VendorCall<'read_profile'> = async ({ text }, context) => {
  if (visibleText(text).length < TEXT_LENGTH_MIN) return { kind: 'empty', units: 0 };
  const { system, user } = profilePrompt(text, randomBytes(MARK_BYTES).toString('hex'));
  const requested = await requestCompletion(context, {
    model: MODEL,
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: user },
    ],
    response_format: {
      type: 'json_schema',
      json_schema: { name: 'company_profile', strict: true, schema: { ...PROFILE_ANSWER_JSON_SCHEMA } },
    },
    max_completion_tokens: COMPLETION_TOKENS_MAX,
    temperature: 0,
    store: false,
  });
  return { ...readingsOf(requested), ...outcomeOf(requested, text) };
};

/** What a company's own text says about it, read by a model that has no tools, and of which nothing is taken on trust. */
export const openaiVendor: Vendor = { descriptor: openaiDescriptor, calls: { read_profile: readProfile } };

function readingsOf({ result }: CompletionRequested): Pick<VendorOutcome<never>, 'readings'> {
  if (result.kind === 'failed') return {};
  const readings = rateReadings(openaiDescriptor, 'read_profile', result.headers, Date.now());
  return readings.length > 0 ? { readings } : {};
}

function outcomeOf({ result, completion }: CompletionRequested, text: string): VendorOutcome<CompanyProfile> {
  const failure = failureOutcome(result, openaiDescriptor);
  if (failure) return failure;
  const parsed = completionSchema.safeParse(completion);
  if (!parsed.success) return { kind: 'bad_response', detail: 'no completion' };
  const { usage } = parsed.data;
  const units = unitsOf({ prompt: usage.prompt_tokens, completion: usage.completion_tokens });
  const tokens = { input: usage.prompt_tokens, output: usage.completion_tokens };
  return { taken: { tokens: usage.total_tokens }, tokens, ...answerOf(parsed.data, text, units) };
}

/** A refusal is an answer, and would be one again; an answer that cannot be read may be better the next time. */
function answerOf({ choices }: Completion, text: string, units: number): VendorEnd<CompanyProfile> {
  const [choice] = choices;
  const isRefusal = Boolean(choice?.message.refusal) || choice?.finish_reason === 'content_filter';
  if (isRefusal) return { kind: 'empty', units };
  if (choice?.finish_reason === 'length')
    return { kind: 'bad_response', detail: 'cut off at its token limit' };
  const reading = readProfileAnswer(choice?.message.content ?? '', text);
  switch (reading.kind) {
    case 'profile':
      return { kind: 'ok', value: reading.value, units };
    case 'nothing':
      return { kind: 'empty', units };
    case 'unreadable':
      return { kind: 'bad_response', detail: reading.detail };
  }
}
