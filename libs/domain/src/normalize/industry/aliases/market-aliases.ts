/** Sectors and sub-industries of stock lists: GICS (S&P, MSCI) and the Fortune lists. https://www.msci.com/gics */
export const MARKET_ALIASES: Readonly<Record<string, string>> = {
  software: 'application software|systems software|software & services|internet software',
  it_services: 'internet services & infrastructure',
  it_consulting: 'it consulting & other services',
  hardware:
    'electronic equipment, instruments & components|scientific, photographic and control equipment|technology hardware, storage & peripherals',
  computer_hardware:
    'computers, office equipment|computers and office equipment|computer and office equipment|network and other communications equipment|technology distributors',
  internet: 'internet services and retailing',
  telecommunications:
    'communication services|integrated telecommunication services|alternative carriers|diversified telecommunication services',
  wireless: 'wireless telecommunication services',
  media: 'movies & entertainment|interactive home entertainment|entertainment, leisure media',
  broadcasting: 'cable & satellite',
  financial_services:
    'financial exchanges & data|multi-sector holdings|specialized finance|mortgage finance|diversified financial services|thrifts & mortgage finance',
  banking: 'regional banks|diversified banks',
  insurance:
    'property & casualty insurance|life & health insurance|multi-line insurance|insurance brokers|managed health care|health care: insurance and managed care|insurance: property and casualty (stock)|insurance: property and casualty (mutual)|insurance: life, health (stock)|insurance: life, health (mutual)|life, health insurance|health care insurance and managed care',
  investment_management: 'asset management & custody banks',
  capital_markets: 'investment banking & brokerage',
  real_estate:
    'office reits|retail reits|residential reits|health care reits|specialized reits|industrial reits|diversified reits|hotel & resort reits|data center reits|equity reits|real estate management & development|telecom tower reits|self-storage reits|single-family residential reits|multi-family residential reits|housing and real estate',
  health: 'health care sector|healthcare & biotech',
  health_care:
    'health care distributors|wholesalers: health care|health care: medical facilities|health care: pharmacy and other services|medical facilities|health care providers & services',
  medical_devices:
    'health care equipment|health care supplies|medical products and equipment|health care equipment & supplies|medical products & equipment',
  digital_health: 'health care technology|healthcare it',
  pharmaceuticals: 'drug retail|drug manufacturers',
  biotechnology: 'biotechnology sector',
  retail:
    'retailing|general merchandisers|general merchandise stores|specialty stores|specialty retailers|specialty retailers: other|specialty retailers: apparel|consumer discretionary distribution & retail|other specialty retail|broadline retail|computer & electronics retail|automotive retail stores',
  grocery:
    'hypermarkets & super centers|food & drug stores|consumer staples distribution & retail|consumer staples merchandise retail|food distributors|wholesalers: food and grocery',
  fashion_retail: 'apparel retail',
  home_retail: 'homefurnishing retail',
  automotive_retail: 'automotive retailing, services|automotive retail',
  e_commerce: 'internet & direct marketing retail|internet retailing services',
  wholesale: 'wholesalers: diversified|wholesalers: electronics and office equipment',
  consumer_goods:
    'consumer durables & apparel|food consumer products and goods|housewares & specialties|household durables & goods',
  food_beverage:
    'packaged foods & meats|food consumer products|food, beverages & tobacco|food, beverage & tobacco|agricultural products & services|beverages sector',
  wine_spirits: 'brewers|distillers & vintners',
  apparel: 'apparel, accessories & luxury goods|footwear & apparel',
  leisure: 'leisure facilities & products',
  sporting_goods: 'leisure products and equipment',
  manufacturing: 'capital goods sector|diversified manufacturing',
  industrial_machinery:
    'agricultural & farm machinery|construction machinery & heavy trucks|construction and farm machinery|industrial machinery & supplies & components|construction machinery & heavy transportation equipment',
  electrical_equipment:
    'electrical components & equipment|heavy electrical equipment|electronics, electrical equip|electronics, electrical equipment',
  chemicals: 'commodity chemicals|diversified chemicals|fertilizers & agricultural chemicals',
  packaging:
    'metal & glass containers|paper packaging|metal, glass & plastic containers|paper & plastic packaging products & materials|packaging, containers|forest and paper products',
  building_materials: 'building products|building materials, glass',
  metals: 'copper|diversified metals & mining|materials sector',
  mining: 'mining, crude-oil production',
  automotive:
    'automobile manufacturers|motorcycle manufacturers|motor vehicles & parts|motor vehicles and parts|automotive parts & equipment|automobiles & components',
  plastics_rubber: 'tires & rubber',
  energy: 'energy sector|independent power producers & energy traders',
  oil_gas:
    'oil & gas exploration & production|integrated oil & gas|oil & gas equipment & services|oil & gas refining & marketing|oil & gas storage & transportation|petroleum refining|pipelines|oil and gas equipment, services|coal & consumable fuels|oil & gas drilling',
  utilities: 'utilities: gas and electric|independent power and renewable electricity producers',
  construction: 'engineering, construction|homebuilding',
  transportation:
    'transportation equipment services|highways & railtracks|transportation and transportation infrastructure',
  delivery: 'mail, package, and freight delivery',
  airlines: 'passenger airlines & airports|airport services',
  maritime: 'marine shipping|marine ports & services',
  freight: 'cargo ground transportation|trucking, truck leasing',
  hotels: 'hotels, resorts & cruise lines|hotels, casinos, resorts',
  staffing: 'temporary help',
  professional_services:
    'research & consulting services professional|commercial & professional services sector',
  business_services:
    'diversified outsourcing services|diversified support services|financial data services|office services & supplies|data processing & outsourced services',
  facilities_services: 'environmental & facilities services facility',
  security_services: 'security & alarm services',
  government: 'government, state and local',
  developer_tools: 'engineering, product and design',
  enterprise_software: 'productivity and operations',
};
