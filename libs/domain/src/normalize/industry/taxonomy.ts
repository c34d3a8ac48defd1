/** An industry of the taxonomy, without its aliases: those are in `aliases/`. */
export interface IndustryNode {
  /** Never changes: ICPs and exports name it. */
  id: string;
  title: string;
  /** The id of the industry it is a part of; roots have none. */
  parent?: string;
}

/** Root id, its title, and its parts as `id: title`. */
const TREE: readonly (readonly [id: string, title: string, parts: Readonly<Record<string, string>>])[] = [
  [
    'software',
    'Software',
    {
      enterprise_software: 'Enterprise software',
      analytics: 'Data and analytics',
      artificial_intelligence: 'Artificial intelligence',
      developer_tools: 'Developer tools',
      cybersecurity: 'Cybersecurity',
      cloud_computing: 'Cloud computing',
      mobile_apps: 'Mobile apps',
      collaboration_software: 'Collaboration and productivity software',
      marketing_software: 'Marketing and sales software',
      hr_software: 'HR software',
      geospatial_software: 'Maps and navigation software',
      blockchain: 'Blockchain',
    },
  ],
  [
    'it_services',
    'IT services',
    {
      it_consulting: 'IT consulting',
      web_development: 'Web design and development',
      web_hosting: 'Hosting and data centres',
    },
  ],
  [
    'internet',
    'Internet',
    {
      social_networks: 'Social networks',
      marketplaces: 'Online marketplaces',
      online_communities: 'Online content and communities',
      search_engines: 'Search engines',
      online_dating: 'Online dating',
    },
  ],
  [
    'hardware',
    'Hardware',
    {
      consumer_electronics: 'Consumer electronics',
      semiconductors: 'Semiconductors',
      computer_hardware: 'Computers and networks',
      iot: 'Sensors and connected devices',
      robotics: 'Robotics and drones',
      virtual_reality: 'Virtual and augmented reality',
      nanotechnology: 'Nanotechnology and advanced materials',
    },
  ],
  [
    'telecommunications',
    'Telecommunications',
    { wireless: 'Wireless and mobile networks', messaging: 'Messaging and internet telephony' },
  ],
  [
    'financial_services',
    'Financial services',
    {
      banking: 'Banking',
      insurance: 'Insurance',
      fintech: 'Fintech',
      payments: 'Payments',
      lending: 'Lending and credit',
      investment_management: 'Investment management',
      venture_capital: 'Venture capital and private equity',
      capital_markets: 'Capital markets and trading',
      cryptocurrency: 'Cryptocurrency',
    },
  ],
  [
    'real_estate',
    'Real estate',
    { property_management: 'Property management', proptech: 'Real-estate technology' },
  ],
  [
    'health',
    'Health',
    {
      health_care: 'Health care',
      hospitals: 'Hospitals and clinics',
      medical_practices: 'Medical and dental practices',
      mental_health: 'Mental health',
      biotechnology: 'Biotechnology',
      pharmaceuticals: 'Pharmaceuticals',
      medical_devices: 'Medical devices',
      digital_health: 'Digital health',
      wellness_fitness: 'Wellness and fitness',
      veterinary: 'Veterinary',
    },
  ],
  [
    'retail',
    'Retail',
    {
      e_commerce: 'E-commerce',
      grocery: 'Groceries',
      fashion_retail: 'Fashion retail',
      automotive_retail: 'Car and parts dealers',
      home_retail: 'Home, furniture and hardware shops',
      subscription_commerce: 'Subscriptions, gifts and coupons',
    },
  ],
  ['wholesale', 'Wholesale', { import_export: 'Import and export' }],
  [
    'consumer_goods',
    'Consumer goods',
    {
      food_beverage: 'Food and beverages',
      wine_spirits: 'Wine, beer and spirits',
      apparel: 'Apparel and textiles',
      cosmetics: 'Cosmetics and beauty',
      furniture: 'Furniture',
      luxury_jewelry: 'Luxury goods and jewelry',
      sporting_goods: 'Sporting goods',
      toys: 'Toys',
      pet_products: 'Pets',
      tobacco_cannabis: 'Tobacco and cannabis',
      appliances: 'Household appliances',
    },
  ],
  [
    'manufacturing',
    'Manufacturing',
    {
      industrial_machinery: 'Machinery',
      chemicals: 'Chemicals',
      plastics_rubber: 'Plastics and rubber',
      packaging: 'Packaging and paper',
      metals: 'Metals and metal products',
      electrical_equipment: 'Electrical equipment',
      building_materials: 'Building materials, glass and ceramics',
      industrial_automation: 'Industrial automation',
      printing: 'Printing',
      additive_manufacturing: '3D printing',
    },
  ],
  ['automotive', 'Automotive', { electric_vehicles: 'Electric vehicles' }],
  [
    'aerospace_defense',
    'Aerospace and defense',
    { aviation: 'Aviation and aerospace', defense: 'Defense', space: 'Space' },
  ],
  [
    'energy',
    'Energy',
    {
      oil_gas: 'Oil and gas',
      utilities: 'Utilities',
      renewable_energy: 'Renewable energy',
      batteries: 'Batteries and energy storage',
    },
  ],
  ['mining', 'Mining', {}],
  [
    'environment',
    'Environment',
    { waste_management: 'Waste and recycling', clean_technology: 'Clean technology' },
  ],
  [
    'construction',
    'Construction',
    {
      architecture: 'Architecture and planning',
      civil_engineering: 'Civil engineering',
      building_trades: 'Building trades',
    },
  ],
  [
    'transportation',
    'Transportation',
    {
      logistics: 'Logistics and supply chain',
      freight: 'Freight and trucking',
      delivery: 'Delivery and courier services',
      airlines: 'Airlines and airports',
      maritime: 'Shipping and maritime',
      rail: 'Rail',
      mobility: 'Mobility and ride sharing',
      warehousing: 'Warehousing',
    },
  ],
  [
    'travel_hospitality',
    'Travel and hospitality',
    {
      hotels: 'Hotels and lodging',
      restaurants: 'Restaurants and catering',
      travel_agencies: 'Travel and tourism',
      events: 'Events and ticketing',
      leisure: 'Leisure and recreation',
    },
  ],
  [
    'media',
    'Media and entertainment',
    {
      publishing: 'Publishing',
      news: 'News',
      music_audio: 'Music and audio',
      film_video: 'Film and video',
      broadcasting: 'Broadcasting',
      video_games: 'Games',
      gambling: 'Gambling',
      sports: 'Sports',
      photography: 'Photography',
      arts: 'Arts and culture',
    },
  ],
  [
    'marketing',
    'Marketing and advertising',
    {
      advertising: 'Advertising',
      public_relations: 'Public relations',
      market_research: 'Market research',
      seo: 'Search marketing',
      lead_generation: 'Sales and lead generation',
    },
  ],
  [
    'professional_services',
    'Professional services',
    {
      management_consulting: 'Management consulting',
      legal: 'Legal services',
      accounting: 'Accounting',
      human_resources: 'Human resources',
      staffing: 'Staffing and recruiting',
      design: 'Design',
      research: 'Research and development',
      engineering_services: 'Engineering services',
      translation: 'Translation and localization',
    },
  ],
  [
    'business_services',
    'Business services',
    {
      outsourcing: 'Outsourcing and call centers',
      security_services: 'Security services',
      facilities_services: 'Facilities services',
      equipment_rental: 'Rental and leasing',
      coworking: 'Coworking and offices',
    },
  ],
  [
    'education',
    'Education',
    {
      e_learning: 'E-learning and education technology',
      higher_education: 'Higher education',
      schools: 'Schools',
      training: 'Training and coaching',
      childcare: 'Child care',
    },
  ],
  [
    'public_sector',
    'Public sector',
    {
      government: 'Government',
      law_enforcement: 'Law enforcement and public safety',
      politics: 'Politics and policy',
      govtech: 'Government technology',
    },
  ],
  [
    'nonprofit',
    'Nonprofit',
    { charity: 'Charity and fundraising', religion: 'Religion', associations: 'Associations' },
  ],
  [
    'agriculture',
    'Agriculture',
    { agtech: 'Agricultural technology', forestry_fishing: 'Forestry and fishing' },
  ],
  [
    'consumer_services',
    'Consumer services',
    {
      beauty_services: 'Beauty and personal care services',
      home_services: 'Home services and repair',
      family_services: 'Weddings, family and social services',
    },
  ],
];

/** All industries, each root before its parts. */
export const INDUSTRY_NODES: readonly IndustryNode[] = TREE.flatMap(([id, title, parts]) => [
  { id, title },
  ...Object.entries(parts).map(([part, partTitle]) => ({ id: part, title: partTitle, parent: id })),
]);
