import { titleFit } from './title-fit';

describe('the fit of a job title', () => {
  it.each([
    ['CEO', 'Chief Executive Officer'],
    ['Chief Executive Officer', 'Founder & CEO'],
    ['Founder', 'Co-Founder'],
    ['Head of Sales', 'Global Head of Sales, EMEA'],
    ['VP Sales', 'Vice President, Sales'],
    ['Geschäftsführer', 'GESCHAFTSFUHRER'],
    ['HR Director', 'Director of Human Resources'],
  ])('finds %s in %s', (wanted, title) => {
    expect(titleFit(title, [wanted])).toEqual({ fit: 1, wanted });
  });

  it.each([
    ['CEO', 'Executive Assistant to the CEO'],
    ['President', 'Vice President'],
    ['CEO', 'former CEO'],
    ['Head of Sales', 'Sales Manager'],
    ['CTO', 'Director'],
    ['--', 'CEO'],
  ])('does not take %s for %s', (wanted, title) => {
    expect(titleFit(title, [wanted]).wanted).toBeNull();
  });

  it('prefers the head of the list, and any wanted title over a senior one nobody asked for', () => {
    const wanted = ['CEO', 'CTO', 'Head of Sales'];
    const fits = ['CEO', 'CTO', 'Head of Sales', 'CFO', 'Sales Manager', 'Clerk'].map(
      (t) => titleFit(t, wanted).fit,
    );
    expect(fits).toEqual([...fits].sort((a, b) => b - a));
    expect(new Set(fits).size).toBe(fits.length);
  });

  it('goes by seniority where no title is wanted', () => {
    const fits = ['Owner', 'VP Finance', 'Team Lead', 'Intern'].map((t) => titleFit(t, []).fit);
    expect(fits).toEqual([1, 0.8, 0.5, 0.3]);
  });
});
