import { resolveRegion } from './resolve-region';

describe('a region', () => {
  it.each([
    ['California', 'US', 'US-CA'],
    ['ca', 'US', 'US-CA'],
    ['Calif.', 'US', 'US-CA'],
    ['State of New York', 'US', 'US-NY'],
    ['D.C.', 'US', 'US-DC'],
    ['US-CA', null, 'US-CA'],
    ['Québec', 'CA', 'CA-QC'],
    ['WA', 'AU', 'AU-WA'],
    ['New South Wales', 'AU', 'AU-NSW'],
    ['Bayern', 'DE', 'DE-BY'],
    ['Bavaria', 'DE', 'DE-BY'],
    ['Baden-Wuerttemberg', 'DE', 'DE-BW'],
    ['Scotland', 'GB', 'GB-SCT'],
    ['Karnataka', 'IN', 'IN-KA'],
    ['Orissa', 'IN', 'IN-OD'],
    ['Geneva', 'CH', 'CH-GE'],
    ['Kanton Zürich', 'CH', 'CH-ZH'],
    ['Tuscany', 'IT', 'IT-52'],
    ['Ile de France', 'FR', 'FR-IDF'],
    ['São Paulo', 'BR', 'BR-SP'],
    ['Tokyo', 'JP', 'JP-13'],
    ['神奈川県', 'JP', 'JP-14'],
    ['广东省', 'CN', 'CN-GD'],
    ['서울특별시', 'KR', 'KR-11'],
    ["Seoul-t'ukpyolsi", 'KR', 'KR-11'],
    ['Guangdong', 'CN', 'CN-GD'],
    ['Vienna', 'AT', 'AT-9'],
    ['Catalonia', 'ES', 'ES-CT'],
  ])('%s in %s is %s', (text, country, code) => {
    expect(resolveRegion(text, country)).toEqual({ code, country: code.slice(0, 2) });
  });

  it.each([
    ['California', 'US-CA'],
    ['Georgia', 'US-GA'],
    ['TX', 'US-TX'],
    ['Ontario', 'CA-ON'],
    ['BC', 'CA-BC'],
    ['San Francisco Bay Area', 'US-CA'],
    ['Hessen', 'DE-HE'],
    ['Flanders', 'BE-VLG'],
  ])('%s alone gives away its country', (text, code) => {
    expect(resolveRegion(text, null)?.code).toBe(code);
  });

  it.each([
    ['Limburg', null],
    ['in', null],
    ['Giorgia', 'US'],
    ['75', 'FR'],
    ['California', 'DE'],
    ['US-CA', 'DE'],
    ['Silicon Valley', null],
    ['APAC', null],
    ['emea', null],
    ['', 'US'],
  ])('%j in %s is none, or not one alone', (text, country) => {
    expect(resolveRegion(text, country)).toBeNull();
  });
});
