/**
 * Cities whose country is beyond doubt, to tell `Bangalore, IN` from `Gary, IN`. Only consulted where two letters are both
 * a country's code and a US state's, or a state's of two countries, and for `Georgia`. Folded names by country.
 */
const CITIES: Readonly<Record<string, string>> = {
  AL: 'tirana|durres',
  AU: 'perth|fremantle|mandurah|bunbury|darwin|alice springs',
  AR: 'buenos aires|rosario|mendoza|la plata|mar del plata|caba',
  AZ: 'baku',
  CA: 'toronto|vancouver|montreal|calgary|ottawa|edmonton|winnipeg|mississauga|brampton|halifax|kitchener|waterloo|quebec|quebec city|victoria bc|burnaby|surrey bc|markham|laval|gatineau|saskatoon|regina|guelph|kelowna|north york|scarborough|oakville|etobicoke|vaughan|st johns|fredericton|moncton',
  CO: 'bogota|medellin|cali|barranquilla|cartagena|bucaramanga|pereira|manizales',
  DE: 'berlin|munich|munchen|muenchen|hamburg|frankfurt|frankfurt am main|koln|koeln|cologne|stuttgart|dusseldorf|duesseldorf|leipzig|dortmund|essen|dresden|nuremberg|nurnberg|nuernberg|hannover|duisburg|bochum|bonn|mannheim|karlsruhe|wiesbaden|munster|augsburg|aachen|kiel|lubeck|mainz|heidelberg|potsdam|freiburg|ulm|jena|erfurt|regensburg|darmstadt|paderborn|bielefeld|braunschweig|rostock|wurzburg|ingolstadt',
  GA: 'libreville',
  GE: 'tbilisi|batumi|kutaisi|rustavi|gori|zugdidi|poti|telavi|mtskheta',
  ID: 'jakarta|surabaya|bandung|medan|semarang|yogyakarta|denpasar|tangerang|bekasi|bali|makassar|depok',
  IL: 'tel aviv|tel aviv yafo|jerusalem|haifa|herzliya|herzeliya|herzlia|ramat gan|petah tikva|petach tikva|raanana|ra anana|netanya|rehovot|beer sheva|rishon lezion|holon|kfar saba|hod hasharon|caesarea|yokneam|givatayim|bnei brak|rosh haayin|lod',
  IN: 'bangalore|bengaluru|mumbai|bombay|delhi|new delhi|hyderabad|chennai|madras|pune|kolkata|calcutta|ahmedabad|gurgaon|gurugram|noida|jaipur|chandigarh|kochi|cochin|indore|coimbatore|nagpur|lucknow|surat|vadodara|thiruvananthapuram|trivandrum|bhubaneswar|mysore|mysuru|visakhapatnam|mohali|goa|thane|navi mumbai|faridabad|ghaziabad|secunderabad',
  KY: 'george town|grand cayman',
  LA: 'vientiane|luang prabang',
  MA: 'casablanca|rabat|marrakech|marrakesh|tangier|tanger|fes|agadir|sale|meknes',
  MD: 'chisinau|kishinev',
  ME: 'podgorica|budva',
  MN: 'ulaanbaatar|ulan bator',
  MO: 'macau|macao|taipa',
  MT: 'valletta|sliema|st julians|san gwann|birkirkara|gzira|st julian s|msida',
  NE: 'niamey',
  PA: 'panama city|panama|ciudad de panama',
  SC: 'victoria mahe',
  SD: 'khartoum|omdurman',
  TN: 'tunis|sfax|sousse',
  VA: 'vatican city',
};

const COUNTRY_OF_CITY = new Map(
  Object.entries(CITIES).flatMap(([country, cities]) =>
    cities.split('|').map((city): [string, string] => [city, country]),
  ),
);

/** Cities of the US state; a `Georgia` beside one of them is no country. */
export const CITIES_OF_US_GEORGIA: ReadonlySet<string> = new Set(
  (
    'atlanta|savannah|augusta|columbus|macon|athens|alpharetta|marietta|roswell|sandy springs|johns creek|duluth|norcross|' +
    'kennesaw|decatur|smyrna|peachtree city|peachtree corners|lawrenceville|albany|valdosta|warner robins|suwanee|cumming|buford|' +
    'gainesville|rome|dalton|statesboro|dunwoody|woodstock|canton|stone mountain|tucker|norcross'
  ).split('|'),
);

/** The country of a city of the list, by its folded name, or null. */
export function countryOfBigCity(folded: string): string | null {
  return COUNTRY_OF_CITY.get(folded) ?? null;
}
