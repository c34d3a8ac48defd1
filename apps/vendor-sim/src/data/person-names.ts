/** Given names from many places, in ASCII, since mail addresses are made of them. */
export const GIVEN_NAMES: readonly string[] = `
  Aaliyah Adaeze Ahmed Aiko Alejandro Alice Amara Amit Ana Andrew Anika Anna Antoine Arjun Ayesha
  Beatriz Benjamin Camila Carlos Caroline Catherine Chen Chloe Christopher Claire Daniel David Deepak
  Diana Diego Dmitri Elena Emily Emmanuel Erik Esther Farah Fatima Felix Fiona Francesca Gabriel Grace
  Hannah Hassan Helena Hiroshi Ibrahim Ines Isabella Ivan Jamal James Javier Jennifer Jessica Jonas
  Joseph Julia Karim Katarina Kavya Kenji Kofi Laura Leila Lena Liam Linda Lucas Luis Magdalena Marcus
  Maria Marta Matthew Maya Mei Michael Mohammed Naomi Natalie Nikhil Nina Noah Olga Oliver Omar
  Patricia Paul Pedro Peter Priya Rachel Rafael Raj Rebecca Ricardo Robert Rosa Ryan Samuel Sandra
  Sara Sebastian Sofia Stephen Sunita Susan Tariq Thomas Tomasz Tunde Uma Valentina Victor Wei William
  Yara Yuki Yusuf Zainab Zoe
`
  .trim()
  .split(/\s+/);

/** Family names from many places, in ASCII. */
export const FAMILY_NAMES: readonly string[] = `
  Abdi Adeyemi Agarwal Ahmed Alvarez Anderson Andersson Bailey Bauer Becker Bennett Bernard Brown
  Campbell Carter Castillo Chan Chen Clark Cohen Collins Cooper Costa Cruz Das Davis Diaz Dubois
  Edwards Eze Fernandez Ferrari Fischer Foster Garcia Gonzalez Gray Green Gupta Haddad Hall Hansen
  Harris Hassan Hernandez Hoffmann Huang Hughes Ibrahim Ito Ivanov Jackson Jain Jensen Johnson Jones
  Kaplan Keller Khan Kim King Kowalski Kumar Larsen Laurent Lee Lewis Li Lin Lopez Martin Martinez
  Mehta Mensah Meyer Miller Mitchell Moore Morales Moreau Morgan Murphy Nakamura Nguyen Nielsen Novak
  Nowak OBrien Okafor Oliveira Osman Owusu Park Patel Pereira Petrov Phillips Popov Price Ramirez Rao
  Reed Rivera Robinson Rodriguez Rossi Sanchez Santos Sato Schmidt Schneider Sharma Silva Singh Smith
  Sokolov Suzuki Tan Taylor Thompson Torres Tran Turner Vargas Wagner Walker Wang Weber White Williams
  Wilson Wright Yamamoto Yang Yilmaz Young Zhang Zhou
`
  .trim()
  .split(/\s+/);
