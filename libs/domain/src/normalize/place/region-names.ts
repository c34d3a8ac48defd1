/**
 * Names of subdivisions as people write them where the standard has another: English for local ones, short for long ones,
 * old abbreviations. By ISO 3166-2 code; separated by `|`, compared folded.
 */
export const EXTRA_REGION_NAMES: Readonly<Record<string, string>> = {
  'US-AL': 'ala', 'US-AZ': 'ariz', 'US-AR': 'ark', 'US-CA': 'calif|cal|cali|californa|califonia|southern california|northern california', 'US-CO': 'colo', 'US-CT': 'conn',
  'US-DC': 'dc|d.c.|washington dc|washington d.c.|washington, d.c.|washington, dc|dist. of columbia',
  'US-DE': 'del', 'US-FL': 'fla', 'US-GA': 'georgia', 'US-IL': 'ill', 'US-IN': 'ind', 'US-KS': 'kans', 'US-MA': 'mass|massachussetts|massachusets|massachussets|massachusettes', 'US-MI': 'mich',
  'US-MN': 'minn', 'US-MS': 'miss', 'US-MT': 'mont', 'US-NE': 'nebr', 'US-NV': 'nev', 'US-NJ': 'n.j.|new jersy', 'US-NM': 'n.m.|n. mex', 'US-NY': 'n.y.|nyc|new york state|new york, ny',
  'US-NC': 'n.c.|n. carolina|n carolina', 'US-ND': 'n.d.|n. dakota', 'US-OK': 'okla', 'US-OR': 'ore', 'US-PA': 'penn|penna|pennsylvannia|pensylvania', 'US-RI': 'r.i.',
  'US-SC': 's.c.|s. carolina|s carolina', 'US-SD': 's.d.|s. dakota', 'US-TN': 'tenn', 'US-TX': 'tex', 'US-VT': 'vt', 'US-WA': 'wash|washington state|washington',
  'US-WV': 'w.va.|w. virginia', 'US-WI': 'wis|wisc', 'US-WY': 'wyo',
  'CA-QC': 'québec|pq|p.q.|que', 'CA-ON': 'ont', 'CA-BC': 'b.c.|british colombia', 'CA-AB': 'alta', 'CA-MB': 'man', 'CA-SK': 'sask', 'CA-NL': 'newfoundland|newfoundland & labrador|nfld', 'CA-PE': 'pei|p.e.i.', 'CA-NS': 'n.s.', 'CA-NB': 'n.b.',
  'AU-ACT': 'a.c.t.', 'AU-NSW': 'n.s.w.', 'AU-QLD': 'qld', 'AU-VIC': 'vic', 'AU-TAS': 'tas',
  'DE-BY': 'bavaria|bayern|freistaat bayern', 'DE-BW': 'baden-wurttemberg|baden wuerttemberg|bawü|baden-wuertemberg', 'DE-HE': 'hesse', 'DE-NI': 'lower saxony', 'DE-NW': 'north rhine-westphalia|nrw|north rhine westphalia',
  'DE-RP': 'rhineland-palatinate|rhineland palatinate|rlp', 'DE-SN': 'saxony', 'DE-ST': 'saxony-anhalt|saxony anhalt', 'DE-TH': 'thuringia|thueringen', 'DE-MV': 'mecklenburg-western pomerania|mecklenburg-west pomerania|meck-pomm',
  'DE-HH': 'freie und hansestadt hamburg', 'DE-HB': 'freie hansestadt bremen',
  'GB-ENG': 'eng|london|greater london', 'GB-SCT': 'scot|sco', 'GB-WLS': 'cymru|wal', 'GB-NIR': 'n ireland|n. ireland|ni', 'GB-LND': 'city of london', 'GB-HAM': 'hampshire|hants', 'GB-BRC': 'bracknell', 'GB-EDH': 'edinburgh', 'GB-GLG': 'glasgow', 'GB-DUR': 'county durham', 'GB-BST': 'bristol', 'GB-MAN': 'manchester', 'GB-BNH': 'brighton & hove',
  'IN-DL': 'new delhi|delhi ncr|nct of delhi|national capital territory of delhi', 'IN-OD': 'orissa', 'IN-TN': 'tamilnadu', 'IN-UK': 'uttaranchal|uttrakhand', 'IN-PY': 'pondicherry|puducherry', 'IN-CG': 'chattisgarh', 'IN-TS': 'telengana', 'IN-JK': 'jammu & kashmir', 'IN-AN': 'andaman & nicobar islands', 'IN-KA': 'karnatka',
  'CH-GE': 'geneva|genf|ginevra', 'CH-ZH': 'zurich|zuerich', 'CH-LU': 'lucerne', 'CH-BE': 'berne', 'CH-VD': 'waadt', 'CH-VS': 'wallis', 'CH-TI': 'tessin', 'CH-FR': 'freiburg', 'CH-NE': 'neuenburg', 'CH-GR': 'grisons|graubuenden', 'CH-SG': 'st. gallen|st gallen|saint gallen|st. gall', 'CH-BS': 'basel|basel-city|bâle', 'CH-BL': 'basel-country|basel-land', 'CH-AG': 'argovia', 'CH-TG': 'thurgovia', 'CH-JU': 'jura',
  'AT-1': 'burgenland', 'AT-2': 'carinthia', 'AT-3': 'lower austria', 'AT-4': 'upper austria', 'AT-6': 'styria', 'AT-7': 'tyrol', 'AT-9': 'vienna',
  'IT-21': 'piedmont', 'IT-23': 'aosta valley|valle d\'aosta', 'IT-25': 'lombardy', 'IT-32': 'trentino-alto adige|trentino-south tyrol', 'IT-36': 'friuli-venezia giulia', 'IT-52': 'tuscany', 'IT-62': 'latium', 'IT-75': 'apulia', 'IT-82': 'sicily', 'IT-88': 'sardinia', 'IT-57': 'the marches',
  'ES-AN': 'andalusia', 'ES-AR': 'aragon', 'ES-AS': 'asturias', 'ES-CL': 'castile and leon|castilla y leon', 'ES-CM': 'castile-la mancha|castilla la mancha', 'ES-CN': 'canary islands|islas canarias', 'ES-CT': 'catalonia|cataluña', 'ES-IB': 'balearic islands|islas baleares', 'ES-MC': 'murcia|region of murcia', 'ES-MD': 'madrid|community of madrid|comunidad de madrid', 'ES-NC': 'navarra|navarre', 'ES-PV': 'basque country|euskadi', 'ES-VC': 'comunidad valenciana|valencian community|comunitat valenciana|valencia',
  'FR-IDF': 'ile de france|paris region|région parisienne', 'FR-BRE': 'brittany', 'FR-NOR': 'normandy', 'FR-20R': 'corsica', 'FR-PAC': 'paca|provence-alpes-cote d\'azur', 'FR-PDL': 'pays de la loire', 'FR-BFC': 'burgundy-franche-comté', 'FR-ARA': 'rhône-alpes|auvergne', 'FR-HDF': 'nord-pas-de-calais|picardie', 'FR-OCC': 'occitania|midi-pyrénées|languedoc-roussillon', 'FR-GES': 'alsace|lorraine', 'FR-NAQ': 'new aquitaine|aquitaine', 'FR-CVL': 'centre',
  'NL-NH': 'north holland', 'NL-ZH': 'south holland', 'NL-NB': 'north brabant|brabant', 'NL-ZE': 'zeeland', 'NL-FR': 'friesland', 'NL-UT': 'utrecht',
  'BE-VLG': 'flanders|vlaanderen|flemish region', 'BE-WAL': 'wallonia|wallonie|walloon region', 'BE-BRU': 'brussels|bruxelles|brussel|brussels-capital region|brussels region', 'BE-VAN': 'antwerp', 'BE-VOV': 'east flanders', 'BE-VWV': 'west flanders', 'BE-VBR': 'flemish brabant', 'BE-WBR': 'walloon brabant', 'BE-WLG': 'liege',
  'BR-SP': 'sao paulo', 'BR-RJ': 'rio de janeiro', 'BR-DF': 'federal district',
  'MX-CMX': 'mexico city|cdmx|d.f.|distrito federal|mexico d.f.', 'MX-MEX': 'estado de mexico|state of mexico', 'MX-NLE': 'nuevo leon', 'MX-COA': 'coahuila', 'MX-MIC': 'michoacan', 'MX-VER': 'veracruz',
  'JP-13': 'tokyo|tokyo-to|tōkyō', 'JP-27': 'osaka|osaka-fu', 'JP-26': 'kyoto', 'JP-14': 'kanagawa', 'JP-23': 'aichi', 'JP-40': 'fukuoka', 'JP-01': 'hokkaido', 'JP-28': 'hyogo', 'JP-12': 'chiba', 'JP-34': 'hiroshima', 'JP-22': 'shizuoka', 'JP-09': 'tochigi', 'JP-07': 'fukushima', 'JP-18': 'fukui', 'JP-17': 'ishikawa', 'JP-19': 'yamanashi', 'JP-21': 'gifu', 'JP-25': 'shiga', 'JP-32': 'shimane', 'JP-35': 'yamaguchi', 'JP-36': 'tokushima', 'JP-39': 'kochi', 'JP-44': 'oita', 'JP-46': 'kagoshima',
  'CN-BJ': 'beijing|peking|北京', 'CN-SH': 'shanghai|上海', 'CN-TJ': 'tianjin', 'CN-CQ': 'chongqing', 'CN-GD': 'guangdong|canton', 'CN-ZJ': 'zhejiang', 'CN-JS': 'jiangsu', 'CN-FJ': 'fujian', 'CN-SD': 'shandong', 'CN-SC': 'sichuan', 'CN-HB': 'hubei', 'CN-HN': 'hunan', 'CN-HE': 'hebei', 'CN-HA': 'henan', 'CN-AH': 'anhui', 'CN-LN': 'liaoning', 'CN-SN': 'shaanxi', 'CN-JL': 'jilin', 'CN-HL': 'heilongjiang', 'CN-YN': 'yunnan', 'CN-GX': 'guangxi', 'CN-GZ': 'guizhou', 'CN-HI': 'hainan', 'CN-XJ': 'xinjiang', 'CN-NM': 'inner mongolia', 'CN-JX': 'jiangxi', 'CN-SX': 'shanxi', 'CN-GS': 'gansu', 'CN-XZ': 'tibet',
  'KR-11': 'seoul', 'KR-26': 'busan', 'KR-28': 'incheon', 'KR-27': 'daegu', 'KR-30': 'daejeon', 'KR-41': 'gyeonggi', 'KR-49': 'jeju',
  'PL-14': 'masovian|mazovia|masovian voivodeship', 'PL-12': 'lesser poland', 'PL-30': 'greater poland', 'PL-02': 'lower silesian|lower silesia', 'PL-24': 'silesia|silesian', 'PL-22': 'pomeranian|pomerania', 'PL-10': 'lodz',
  'SE-AB': 'stockholm|stockholm county', 'SE-M': 'skåne|skane county|scania', 'SE-O': 'västra götaland|vastra gotaland county', 'SE-C': 'uppsala', 'SE-E': 'östergötland', 'SE-F': 'jönköping', 'SE-N': 'halland', 'SE-W': 'dalarna',
  'DK-84': 'hovedstaden|capital region|capital region of denmark', 'DK-82': 'midtjylland|central denmark region|central jutland', 'DK-83': 'syddanmark|southern denmark', 'DK-85': 'sjælland|zealand', 'DK-81': 'nordjylland|north denmark region',
  'FI-18': 'uusimaa|nyland', 'FI-11': 'pirkanmaa', 'NO-50': 'trøndelag',
  'IE-D': 'dublin|county dublin|co. dublin|co dublin', 'IE-CO': 'county cork|co. cork', 'IE-G': 'county galway|co. galway', 'IE-LK': 'county limerick|co. limerick', 'IE-L': 'leinster', 'IE-M': 'munster', 'IE-C': 'connacht|connaught', 'IE-KE': 'county kildare|co. kildare',
  'NZ-WGN': 'wellington', 'ZA-GP': 'gauteng', 'ZA-WC': 'western cape', 'ZA-KZN': 'kwazulu-natal|kwazulu natal', 'ZA-NW': 'north west',
  'IL-TA': 'tel aviv district', 'IL-M': 'central district', 'IL-HA': 'haifa|haifa district', 'IL-JM': 'jerusalem|jerusalem district',
  'PT-11': 'lisbon|lisboa district', 'PT-13': 'oporto', 'PT-20': 'azores|açores', 'PT-30': 'madeira',
  'AE-DU': 'dubai', 'AE-AZ': 'abu dhabi', 'AE-SH': 'sharjah', 'AE-AJ': 'ajman', 'AE-RK': 'ras al khaimah',
  'CZ-10': 'prague|praha', 'RU-MOW': 'moscow|moskva|москва', 'RU-SPE': 'saint petersburg|st. petersburg|st petersburg|санкт-петербург', 'UA-30': 'kyiv|kiev', 'TR-34': 'istanbul', 'TR-06': 'ankara',
  'AR-C': 'buenos aires city|caba|ciudad autónoma de buenos aires|capital federal', 'AR-B': 'buenos aires province|provincia de buenos aires', 'CO-DC': 'bogota|bogotá d.c.|bogota dc', 'ID-JK': 'jakarta|dki jakarta',
};

/** Regions called like the city they consist of or lie around: `Berlin, Germany` names both. Folded. */
export const CITY_REGIONS: ReadonlySet<string> = new Set(
  (
    'berlin|hamburg|bremen|paris|greater london|new york|nyc|washington dc|quebec|vienna|wien|salzburg|geneva|geneve|zurich|zuerich|lucerne|luzern|basel|bern|' +
    'berne|zug|fribourg|freiburg|madrid|valencia|murcia|utrecht|groningen|brussels|bruxelles|brussel|antwerp|antwerpen|liege|namur|' +
    'sao paulo|rio de janeiro|mexico city|cdmx|tokyo|osaka|kyoto|fukuoka|hiroshima|chiba|beijing|shanghai|tianjin|chongqing|seoul|busan|' +
    'incheon|stockholm|uppsala|dublin|delhi|new delhi|chandigarh|london|birmingham|bristol|manchester|liverpool|leeds|sheffield|glasgow|' +
    'edinburgh|cardiff|belfast|nottingham|leicester|coventry|bradford|oxford|cambridge|reading|york|southampton|portsmouth|plymouth|derby|' +
    'dundee|swansea|newport|peterborough|milton keynes|sunderland|wolverhampton|stoke on trent|blackpool|bolton|bury|oldham|rochdale|' +
    'wigan|salford|stockport|swindon|luton|slough|doncaster|barnsley|wakefield|middlesbrough|darlington|bedford|brighton and hove|aberdeen city|' +
    'auckland|wellington|haifa|jerusalem|dubai|abu dhabi|sharjah|prague|praha|moscow|saint petersburg|kyiv|kiev|istanbul|ankara|bogota|jakarta|oslo'
  ).split('|'),
);
