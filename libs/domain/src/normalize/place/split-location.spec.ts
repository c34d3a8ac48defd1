import fc from 'fast-check';
import { splitCity } from './split-city';
import { splitLocation } from './split-location';

describe('a location in free text', () => {
  it.each([
    ['San Francisco - California - USA', 'San Francisco', 'US-CA', 'US'],
    ['San Francisco - California - USA, New York City - New York - USA', 'San Francisco', 'US-CA', 'US'],
    ['Redmond WA - Washington - USA', 'Redmond', 'US-WA', 'US'],
    ['London - United Kingdom', 'London', 'GB-ENG', 'GB'],
    ['Hampshire - United Kingdom', null, 'GB-HAM', 'GB'],
    ['USA', null, null, 'US'],
    ['Hong Kong - Hong Kong', 'Hong Kong', null, 'HK'],
    ['Atlanta - Giorgia - USA', 'Atlanta', 'Giorgia', 'US'],
    ['Berlin, Germany', 'Berlin', 'DE-BE', 'DE'],
    ['10115 Berlin, Germany', 'Berlin', 'DE-BE', 'DE'],
    ['Berlin Germany', 'Berlin', 'DE-BE', 'DE'],
    ['München, Bayern, Deutschland', 'München', 'DE-BY', 'DE'],
    ['Bavaria, Germany', null, 'DE-BY', 'DE'],
    ['Austin, TX', 'Austin', 'US-TX', 'US'],
    ['Köln, Deutschland', 'Köln', null, 'DE'],
    ['Köln', 'Köln', null, null],
    ['Halle (Saale)', 'Halle (Saale)', null, null],
    ['Barcelona (Spain)', 'Barcelona', 'ES-B', 'ES'],
    ['Lyon | France', 'Lyon', null, 'FR'],
    ['Hong Kong, China', 'Hong Kong', null, 'HK'],
    ['Dubai, United Arab Emirates', 'Dubai', 'AE-DU', 'AE'],
    ['Perth, WA', 'Perth', 'AU-WA', 'AU'],
    ['Vancouver, WA', 'Vancouver', 'US-WA', 'US'],
    ['Austin, TX 78701', 'Austin', 'US-TX', 'US'],
    ['Austin TX', 'Austin', 'US-TX', 'US'],
    ['New York, NY', 'New York', 'US-NY', 'US'],
    ['New York', 'New York', null, null],
    ['Springfield, Illinois', 'Springfield', 'US-IL', 'US'],
    ['California, USA', null, 'US-CA', 'US'],
    ['Washington, D.C., USA', 'Washington', 'US-DC', 'US'],
    ['290 Division St, #405, San Francisco, California, USA', 'San Francisco', 'US-CA', 'US'],
    ['655 W Evelyn Ave #7, Mountain View, CA, 94041, USA', 'Mountain View', 'US-CA', 'US'],
    ['Toronto, ON', 'Toronto', 'CA-ON', 'CA'],
    ['Sydney NSW', 'Sydney', 'AU-NSW', 'AU'],
    ['EC1A 1BB London, UK', 'London', 'GB-ENG', 'GB'],
    ['London, England, United Kingdom', 'London', 'GB-ENG', 'GB'],
    ['Edinburgh, Scotland', 'Edinburgh', 'GB-SCT', 'GB'],
    ['Zürich, Switzerland', 'Zürich', 'CH-ZH', 'CH'],
    ['Amsterdam, North Holland, The Netherlands', 'Amsterdam', 'NL-NH', 'NL'],
    ['Bengaluru, Karnataka, India', 'Bengaluru', 'IN-KA', 'IN'],
    ['Luxembourg, Luxembourg', 'Luxembourg', 'LU-L', 'LU'],
    ['Nairobi', 'Nairobi', null, null],
    ['Remote', null, null, null],
    ['N/A', null, null, null],
  ])('%s', (text, city, region, country) => {
    expect(splitLocation(text)).toEqual({ city, region, country });
  });

  it.each([
    ['San Francisco, CA', 'US'],
    ['Vancouver, CA', 'CA'],
    ['Gary, IN', 'US'],
    ['Bangalore, IN', 'IN'],
    ['Wilmington, DE', 'US'],
    ['Berlin, DE', 'DE'],
    ['Chicago, IL', 'US'],
    ['Tel Aviv, IL', 'IL'],
    ['Atlanta, Georgia', 'US'],
    ['Tbilisi, Georgia', 'GE'],
    ['Georgia', 'GE'],
    ['Paris, TX', 'US'],
    ['Paris, France', 'FR'],
  ])('two meanings of one word: %s is in %s', (text, country) => {
    expect(splitLocation(text).country).toBe(country);
  });

  it.each([
    ['Redmond WA', null, { city: 'Redmond', region: 'US-WA', country: 'US' }],
    ['Perth WA', 'AU', { city: 'Perth', region: 'AU-WA', country: 'AU' }],
    ['Oyster Bay, NY', 'US', { city: 'Oyster Bay', region: 'US-NY', country: 'US' }],
    ['SAN FRANCISCO', 'US', { city: 'San Francisco', region: null, country: null }],
    ['frankfurt am main', 'DE', { city: 'Frankfurt Am Main', region: null, country: null }],
    ['San Francisco, New York City', 'US', { city: 'San Francisco', region: null, country: null }],
    ['NYC', 'US', { city: 'NYC', region: null, country: null }],
    ['12345', null, { city: null, region: null, country: null }],
  ])('a city column: %s (%s)', (text, country, place) => {
    expect(splitCity(text, country)).toEqual(place);
  });

  it('never crashes, and says nothing of an empty text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => void splitLocation(text)));
    expect(splitLocation(' ')).toEqual({ city: null, region: null, country: null });
  });
});
