import type { Contact } from '#libs/contracts';
import { orderByTitle } from './order-by-title';

const contact = (first_name: string, title: string | null): Contact => ({
  first_name,
  last_name: null,
  title,
  email: null,
  confidence: null,
});

const order = (titles: readonly (string | null)[], wanted: readonly string[]) =>
  orderByTitle(
    titles.map((title, i) => contact(`p${i}`, title)),
    wanted,
  ).map(({ first_name }) => first_name);

describe('contacts', () => {
  it('of a wanted title come first, those without any last, and equals as they are listed', () => {
    expect(order([null, 'CTO', 'Engineer', 'Engineer', 'CTO'], ['CTO'])).toEqual([
      'p1',
      'p4',
      'p2',
      'p3',
      'p0',
    ]);
  });

  it('go by seniority where no title is wanted', () => {
    expect(order([null, 'Intern', 'Chief Executive Officer'], [])).toEqual(['p2', 'p1', 'p0']);
  });
});
