import type { SuppressionSubject } from '#libs/vendor-gate';
import { AnswerScreen } from './answer-screen';

/** A screen of a tenant that has suppressed these addresses, and whom it asked about. */
function screenOf(...suppressed: string[]): { screen: AnswerScreen; asked: SuppressionSubject[] } {
  const asked: SuppressionSubject[] = [];
  const areSuppressed = (_tenantId: string, subjects: readonly SuppressionSubject[]): Promise<boolean[]> => {
    asked.push(...subjects);
    return Promise.resolve(subjects.map(({ value }) => suppressed.includes(value)));
  };
  return { screen: new AnswerScreen({ areSuppressed, hasSuppressed: () => true }), asked };
}

function website(excerpt: string | null, emails: string[] = []): { kind: 'ok'; value: unknown } {
  const value = {
    url: 'https://acme.example/',
    title: null,
    description: null,
    emails,
    phones: [],
    socials: [],
    technologies: [],
    excerpt,
  };
  return { kind: 'ok', value };
}

describe('the screen of answers', () => {
  it('asks about each address of the answer once, in lower case, and lets the answer through', async () => {
    const { screen, asked } = screenOf();
    const answer = website('Write to ADA@acme.example.', ['ada@acme.example', 'bob@acme.example']);
    expect(await screen.screen('acme', 'crawl_website', answer)).toBe(answer);
    expect(asked.filter(({ kind }) => kind === 'email').map(({ value }) => value)).toEqual([
      'ada@acme.example',
      'bob@acme.example',
    ]);
  });

  it('asks nobody about an answer without an address', async () => {
    const { screen, asked } = screenOf('ada@acme.example');
    const answer = website('We make forklifts.');
    expect(await screen.screen('acme', 'crawl_website', answer)).toBe(answer);
    expect(asked).toEqual([]);
  });

  it('finds an address at the beginning of a line', async () => {
    const { screen } = screenOf('ada@acme.example');
    const screened = await screen.screen('acme', 'crawl_website', website('Contact:\nada@acme.example'));
    expect(JSON.stringify(screened)).not.toContain('ada@');
  });
});
