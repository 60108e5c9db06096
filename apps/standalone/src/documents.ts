export async function ownDocument(file: string): Promise<unknown> { return file; }
export async function exampleDocument(sandbox: { oneclick: { baseUrl: string }; ecomail: { baseUrl: string } }): Promise<unknown> {
  return {
    connections: {
      crm: { provider: 'oneclick', settings: { baseUrl: sandbox.oneclick.baseUrl, token: 'sandbox-oneclick-token' } },
      mail: { provider: 'ecomail', settings: { baseUrl: sandbox.ecomail.baseUrl, apiKey: 'sandbox-ecomail-key' } },
    },
    links: {
      newsletter: {
        source: 'crm', destination: 'mail',
        list: { name: 'Klienti', fromName: 'Firma', fromEmail: 'info@firma.example', replyTo: 'info@firma.example' },
        purpose: 'newsletter', legalBasis: 'Customers, section 7(3) of act 480/2004',
        recordTypes: { email: ['email', 'email_private'], name: ['person'], phone: ['mobile', 'phone'] },
        tags: ['newsletter', 'VIP'],
      },
    },
  };
}
