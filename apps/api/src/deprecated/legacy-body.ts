type Body = Record<string, unknown>;

/** What members of old bodies were called, by ours; the first that is there counts. docs/api.md lists them. */
const OLD_NAMES = {
  input: ['input', 'message', 'text', 'prompt'],
  thread_id: ['thread_id', 'session_id', 'conversation_id'],
  user_id: ['user_id', 'user'],
  icp_payload: ['icp_payload', 'icp', 'icp_profile'],
  companies: ['companies', 'records'],
  dataset_id: ['dataset_id'],
  run_mode: ['run_mode'],
  limit: ['limit', 'max_leads', 'top_n'],
} as const;

const INPUT = 'run full pipeline';

/**
 * The body of POST /api/orchestrations that an old one means. What has no counterpart is left out, the tenant too: whose run
 * it is, the key says. Values are not judged here: ours is checked as any body is.
 */
export function orchestrationBody(old: unknown): unknown {
  if (typeof old !== 'object' || old === null || Array.isArray(old)) return old;
  const body: Body = { input: INPUT };
  for (const [name, olds] of Object.entries(OLD_NAMES)) {
    const known = olds.find(
      (candidate) => (old as Body)[candidate] !== undefined && (old as Body)[candidate] !== null,
    );
    if (known !== undefined) body[name] = (old as Body)[known];
  }
  if (typeof body.icp_payload === 'string') body.icp_payload = objectIn(body.icp_payload);
  return body;
}

/** Old clients sent the profile as text; one that is no JSON is handed on, and refused as ours would be. */
function objectIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
