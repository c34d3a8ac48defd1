import type { Operation } from '#libs/contracts';
import { eraseAnswer, subjectFinder } from '#libs/domain';
import { mailboxSubjects, type Gate } from '#libs/vendor-gate';

const ADDRESS = /[a-z0-9._%+-]{1,64}@[a-z0-9.-]{1,253}[a-z0-9]/gi;

type Screened<Answer> = Answer | (Omit<Answer, 'kind' | 'value'> & { kind: 'empty' });

/**
 * Takes people who are on the tenant's suppression list out of answers before they are stored anywhere: a vendor may name
 * again whom an erasure has just taken out.
 */
export class AnswerScreen {
  constructor(private readonly gate: Pick<Gate, 'hasSuppressed' | 'areSuppressed'>) {}

  /** The same answer where it names none of them; where nothing is left of it, it is as one that found nothing. */
  screen<Answer extends { kind: 'ok'; value: unknown }>(
    tenantId: string,
    op: Operation,
    answer: Answer,
  ): Answer | Promise<Screened<Answer>> {
    return this.gate.hasSuppressed(tenantId) ? this.screenAll(tenantId, op, answer) : answer;
  }

  private async screenAll<Answer extends { kind: 'ok'; value: unknown }>(
    tenantId: string,
    op: Operation,
    answer: Answer,
  ): Promise<Screened<Answer>> {
    const addresses = [...addressesIn(answer.value)];
    if (addresses.length === 0) return answer;
    const subjects = addresses.flatMap(mailboxSubjects);
    const listed = await this.gate.areSuppressed(tenantId, subjects);
    const suppressed = addresses.filter(
      (_address, i) => listed[2 * i] === true || listed[2 * i + 1] === true,
    );
    let value: unknown = answer.value;
    for (const address of suppressed) {
      value = eraseAnswer(op, value, { finder: subjectFinder({ kind: 'email', value: address }), names: [] });
      if (value === null) {
        const { value: _value, ...rest } = answer;
        return { ...rest, kind: 'empty' };
      }
    }
    return value === answer.value ? answer : { ...answer, value };
  }
}

/** The addresses in all texts of a value, in lower case, each once. */
function addressesIn(value: unknown, found = new Set<string>()): ReadonlySet<string> {
  if (typeof value === 'string') {
    if (value.includes('@'))
      for (const address of value.match(ADDRESS) ?? []) found.add(address.toLowerCase());
  } else if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) addressesIn(member, found);
  }
  return found;
}
