/** Ends the program with a sentence and a code of docs/cli.md, cleaning up nothing: whoever began something does. */
class Refusal extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

export function refuse(code, message) {
  throw new Refusal(code, message);
}

/** Runs `main`; its result is the last line of stdout, what went wrong is one line on stderr. */
export async function run(name, main) {
  try {
    process.stdout.write(`${JSON.stringify({ event: 'result', exit_code: 0, ...(await main()) })}\n`);
  } catch (error) {
    if (!(error instanceof Refusal)) {
      process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
      return;
    }
    process.stderr.write(`${name}: ${error.message}\n`);
    process.exitCode = error.code;
  }
}
