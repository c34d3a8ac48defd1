/**
 * Titles of statistical classifications as registers and data vendors print them beside or instead of their codes:
 * NAICS 2022 (sectors, subsectors and the groups that tell more), US SIC, NACE Rev. 2 and ISIC Rev. 4.
 */
export const OFFICIAL_ALIASES: Readonly<Record<string, string>> = {
  agriculture:
    'agriculture, forestry, fishing and hunting|animal production and aquaculture|support activities for agriculture and forestry|crop and animal production, hunting and related service activities|agricultural production-crops|agricultural services',
  forestry_fishing: 'forestry and logging|fishing, hunting and trapping|fishing and aquaculture',
  mining:
    'mining, quarrying, and oil and gas extraction|mining (except oil and gas)|support activities for mining|mining and quarrying|mining of metal ores|mining of coal and lignite|other mining and quarrying|mining support service activities|gold and silver ores|metal mining',
  oil_gas:
    'oil and gas extraction|petroleum and coal products manufacturing|extraction of crude petroleum and natural gas|manufacture of coke and refined petroleum products|crude petroleum & natural gas|petroleum refining|drilling oil & gas wells|gasoline stations|pipeline transportation',
  utilities:
    'electric power generation, transmission and distribution|electricity, gas, steam and air conditioning supply|water supply; sewerage, waste management and remediation activities|water collection, treatment and supply|water supply, sewerage, waste management and remediation activities|electric services|electric, gas & sanitary services|water, sewage and other systems|sewerage',
  construction:
    'construction of buildings|residential building construction|nonresidential building construction',
  civil_engineering: 'heavy and civil engineering construction|heavy construction',
  building_trades:
    'specialty trade contractors|specialised construction activities|building equipment contractors|building finishing contractors|foundation, structure, and building exterior contractors',
  food_beverage:
    'food manufacturing|beverage manufacturing|beverage and tobacco product manufacturing|manufacture of food products|manufacture of beverages|food and kindred products',
  apparel:
    'textile mills|textile product mills|apparel manufacturing|leather and allied product manufacturing|manufacture of textiles|manufacture of wearing apparel|manufacture of leather and related products',
  packaging:
    'wood product manufacturing|paper manufacturing|manufacture of paper and paper products|manufacture of wood and of products of wood and cork',
  printing: 'printing and related support activities|printing and reproduction of recorded media',
  chemicals:
    'chemical manufacturing|manufacture of chemicals and chemical products|chemicals & allied products',
  pharmaceuticals:
    'pharmaceutical and medicine manufacturing|manufacture of basic pharmaceutical products and pharmaceutical preparations|pharmaceutical preparations|pharmacies and drug stores|biological products',
  plastics_rubber: 'plastics and rubber products manufacturing|manufacture of rubber and plastic products',
  building_materials:
    'nonmetallic mineral product manufacturing|manufacture of other non-metallic mineral products|building material and garden supply stores',
  metals:
    'primary metal manufacturing|fabricated metal product manufacturing|manufacture of basic metals|manufacture of fabricated metal products, except machinery and equipment',
  industrial_machinery:
    'machinery manufacturing|manufacture of machinery and equipment n.e.c.|manufacture of machinery and equipment',
  hardware:
    'computer and electronic product manufacturing|manufacture of computer, electronic and optical products',
  semiconductors:
    'semiconductor and other electronic component manufacturing|semiconductors & related devices|semiconductor and related device manufacturing',
  medical_devices:
    'medical equipment and supplies manufacturing|surgical & medical instruments & apparatus|electromedical & electrotherapeutic apparatus',
  electrical_equipment:
    'electrical equipment, appliance, and component manufacturing|manufacture of electrical equipment',
  automotive:
    'motor vehicle manufacturing|motor vehicle parts manufacturing|transportation equipment manufacturing|manufacture of motor vehicles, trailers and semi-trailers|motor vehicles & passenger car bodies|automotive repair and maintenance',
  aviation: 'aerospace product and parts manufacturing|aircraft manufacturing',
  furniture: 'furniture and related product manufacturing|manufacture of furniture',
  manufacturing:
    'miscellaneous manufacturing|other manufacturing|repair and installation of machinery and equipment',
  wholesale:
    'wholesale trade|merchant wholesalers, durable goods|merchant wholesalers, nondurable goods|wholesale trade, except of motor vehicles and motorcycles|wholesale trade agents and brokers|wholesale and retail trade; repair of motor vehicles and motorcycles|wholesale-durable goods',
  retail:
    'retail trade|general merchandise retailers|general merchandise stores|retail trade, except of motor vehicles and motorcycles|miscellaneous store retailers|retail-retail stores|retail-variety stores|sporting goods, hobby, musical instrument, book, and miscellaneous retailers',
  automotive_retail: 'motor vehicle and parts dealers|automobile dealers',
  home_retail:
    'building material and garden equipment and supplies dealers|furniture, home furnishings, electronics, and appliance retailers',
  grocery:
    'food and beverage retailers|food and beverage stores|retail-grocery stores|grocery and convenience retailers',
  fashion_retail:
    'clothing and clothing accessories stores|clothing, clothing accessories, shoe, and jewelry retailers',
  e_commerce:
    'electronic shopping and mail-order houses|nonstore retailers|retail-catalog & mail-order houses|electronic shopping|retail sale via mail order houses or via internet',
  transportation:
    'transportation and warehousing|transportation and storage|transit and ground passenger transportation|support activities for transportation|land transport and transport via pipelines',
  airlines: 'air transportation|air transport|scheduled air transportation',
  rail: 'rail transportation',
  maritime: 'water transportation|water transport|deep sea foreign transportation of freight',
  freight: 'truck transportation|general freight trucking|trucking (no local)|freight transport by road',
  delivery: 'couriers and messengers|postal service|postal and courier activities',
  warehousing: 'warehousing and storage|warehousing and support activities for transportation',
  logistics: 'freight transportation arrangement|arrangement of transportation of freight & cargo',
  media:
    'information|information and cultural industries|motion picture and sound recording industries|arts entertainment media',
  software:
    'software publishers|custom computer programming services|computer programming services|computer programming|computer programming activities|services-prepackaged software|prepackaged software|services-computer programming services|computer programming, consultancy and related activities|other software publishing|business and domestic software development|ready-made interactive leisure and entertainment software development software|software publishing',
  it_services:
    'computer systems design and related services|computer systems design services|computer facilities management services|other computer related services|services-computer integrated systems design|other information technology service activities|other information technology and computer service activities|services-computer programming, data processing, etc.|computing infrastructure providers, data processing, web hosting, and related services|information and communication|information and communications|information technology consultancy activities|computer consultancy activities',
  web_hosting:
    'data processing, hosting, and related services|data processing, hosting and related activities|data processing, hosting and related activities; web portals|services-computer processing & data preparation',
  internet:
    'web search portals, libraries, archives, and other information services|internet publishing and broadcasting and web search portals|information service activities|web portals|web search portals and all other information services|media streaming distribution services, social networks, and other media networks and content providers',
  publishing:
    'publishing industries|publishing activities|book publishers|periodical publishers|publishing industries (except internet)|newspaper, periodical, book, and directory publishers',
  film_video:
    'motion picture and video industries|motion picture and video production|motion picture, video and television programme production, sound recording and music publishing activities',
  music_audio: 'sound recording industries',
  broadcasting:
    'broadcasting and content providers|broadcasting (except internet)|programming and broadcasting activities|television broadcasting stations|radio broadcasting stations',
  telecommunications:
    'telecommunications resellers|wired telecommunications carriers|telephone communications (no radiotelephone)|wired and wireless telecommunications carriers',
  wireless: 'wireless telecommunications carriers (except satellite)|radiotelephone communications',
  financial_services:
    'finance and insurance|financial and insurance activities|financial service activities, except insurance and pension funding|activities auxiliary to financial services and insurance activities|finance, insurance and real estate|securities, commodity contracts, and other financial investments and related activities|funds, trusts, and other financial vehicles|financial transactions processing, reserve, and clearinghouse activities|other financial activities|blank checks|nondepository credit intermediation',
  banking:
    'monetary authorities-central bank|depository credit intermediation|national commercial banks|state commercial banks|savings institution, federally chartered|credit intermediation and related activities|commercial banking',
  insurance:
    'insurance carriers and related activities|insurance, reinsurance and pension funding, except compulsory social security|fire, marine & casualty insurance|life insurance|insurance agents, brokers & service',
  capital_markets:
    'security brokers, dealers & flotation companies|securities and commodity contracts intermediation and brokerage',
  investment_management:
    'investment advice|portfolio management and investment advice|fund management activities',
  real_estate:
    'real estate and rental and leasing|real estate activities|lessors of real estate|real estate investment trusts|offices of real estate agents and brokers|activities related to real estate|real estate, rental and leasing',
  equipment_rental:
    'rental and leasing services|rental and leasing activities|services-equipment rental & leasing',
  professional_services:
    'professional, scientific, and technical services|professional, scientific and technical activities|other professional, scientific and technical activities|other professional, scientific, and technical services',
  legal: 'legal services|offices of lawyers|legal activities|legal and accounting activities',
  accounting:
    'accounting, tax preparation, bookkeeping, and payroll services|accounting, bookkeeping and auditing activities; tax consultancy',
  architecture:
    'architectural, engineering, and related services architecture|architectural activities|architectural services',
  engineering_services:
    'architectural, engineering, and related services|engineering services|architectural and engineering activities; technical testing and analysis|engineering activities and related technical consultancy',
  design: 'specialized design services|specialised design activities|graphic design services',
  management_consulting:
    'management, scientific, and technical consulting services|activities of head offices; management consultancy activities|management consultancy activities|services-management consulting services|management consultancy activities other than financial management|business and other management consultancy activities|administrative management and general management consulting services|services-management consulting',
  research:
    'scientific research and development services|scientific research and development|services-commercial physical & biological research',
  marketing: 'advertising, public relations, and related services',
  advertising: 'advertising and market research|services-advertising agencies|advertising agencies',
  business_services:
    'management of companies and enterprises|administrative and support and waste management and remediation services|administrative and support service activities|office administrative, office support and other business support activities|services-business services, nec|other business support service activities n.e.c.|business support services|other activities',
  staffing: 'employment services|employment activities|services-help supply services',
  travel_agencies:
    'travel arrangement and reservation services|travel agency, tour operator, reservation service and related activities',
  security_services:
    'investigation and security services|security and investigation activities|services-detective, guard & armored car services',
  facilities_services:
    'services to buildings and dwellings|services to buildings and landscape activities|janitorial services',
  waste_management:
    'waste management and remediation services|waste collection, treatment and disposal activities; materials recovery|hazardous waste management|refuse systems',
  education: 'educational services|education services|services-educational services',
  schools: 'elementary and secondary schools|primary education|pre-primary and primary education',
  higher_education: 'colleges, universities, and professional schools|junior colleges',
  training:
    'business schools and computer and management training|technical and trade schools|other schools and instruction',
  health_care:
    'health care and social assistance|ambulatory health care services|human health and social work activities|human health activities|nursing and residential care facilities|residential care activities|services-health services|other human health activities|home health care services',
  hospitals: 'hospital activities|services-hospitals|general medical and surgical hospitals',
  medical_practices:
    'offices of physicians|offices of dentists|offices of other health practitioners|medical and dental practice activities|dental practice activities|general medical practice activities',
  family_services:
    'social assistance|social work activities without accommodation|individual and family services',
  childcare: 'child day care services|child care services',
  arts: 'arts, entertainment and recreation arts|performing arts, spectator sports, and related industries|creative, arts and entertainment activities|libraries, archives, museums and other cultural activities|museums, historical sites, and similar institutions',
  sports: 'spectator sports|sports activities and amusement and recreation activities',
  leisure:
    'arts, entertainment, and recreation|arts, entertainment and recreation|amusement, gambling, and recreation industries|services-amusement & recreation services',
  gambling: 'gambling and betting activities|gambling industries',
  wellness_fitness: 'fitness and recreational sports centers|fitness facilities',
  travel_hospitality: 'accommodation and food services|accommodation and food service activities',
  hotels:
    'accommodation|traveler accommodation|hotels and similar accommodation|hotels & motels|hotels, rooming houses, camps & other lodging places',
  restaurants:
    'food services and drinking places|food and beverage service activities|restaurants and other eating places|retail-eating places|retail-eating & drinking places|restaurants and mobile food service activities|full-service restaurants',
  consumer_services:
    'other services (except public administration)|personal and laundry services|other service activities|other personal service activities|services-personal services',
  home_services: 'repair and maintenance|repair of computers and personal and household goods',
  beauty_services: 'personal care services|hairdressing and other beauty treatment',
  nonprofit: 'religious, grantmaking, civic, professional, and similar organizations',
  associations:
    'activities of membership organisations|business, professional, labor, political, and similar organizations|activities of business, employers and professional membership organisations',
  religion: 'religious organizations',
  public_sector:
    'public administration|public administration and defence; compulsory social security|public administration & defence',
};
