/** Documents of the tests: what a user would write. */
export const crm = {
  provider: 'oneclick',
  name: '1CLICK',
  settings: { baseUrl: 'https://firma.1click.example/api/v1', token: 'right-crm-token' },
};
export const mail = { provider: 'ecomail', name: 'Ecomail', settings: { apiKey: 'right-ecomail-key' } };

export const newsletter = {
  name: 'Newsletter',
  source: 'crm',
  destination: 'mail',
  list: { name: 'Zákazníci', fromName: 'Firma', fromEmail: 'info@firma.example', replyTo: 'odpovedi@firma.example' },
  purpose: 'newsletter',
  legalBasis: 'Customers, section 7(3) of act 480/2004',
  recordTypes: { email: ['email'], name: ['person'], phone: ['mobile'] },
  tags: ['newsletter', 'VIP'],
};

export const wholeDocument = { connections: { crm, mail }, links: { newsletter } };
