const at = '2026-03-02T08:15:00.000Z';
const connection = { provider: 'ecomail', name: 'Ecomail', settings: { apiKey: 'the key of the account' } };
const link = {
  ...{ name: 'Newsletter', source: 'crm', destination: 'mail', purpose: 'newsletter', tags: ['newsletter', 'VIP'] },
  list: { name: 'Zákazníci', fromName: 'Firma', fromEmail: 'info@firma.example', replyTo: 'odpovedi@firma.example' },
  legalBasis: 'Customers, section 7(3) of act 480/2004',
  recordTypes: { email: ['email'], name: ['person'], phone: ['mobile'] },
};
/** Examples of named schemas; a test holds each against its schema. */
export const examples: Readonly<Record<string, unknown>> = {
  ApiError: {
    error: {
      code: 'not-valid',
      message: 'One thing is wrong; nothing was saved.',
      problems: [{ place: 'links.newsletter.tags[1]', problem: '1CLICK has no tag "newsleter"; did you mean "newsletter"?' }],
    },
  },
  ConnectionDocument: connection,
  LinkDocument: link,
  ConfigurationDocument: {
    workspace: 'main',
    connections: {
      mail: connection,
      crm: { provider: 'oneclick', settings: { baseUrl: 'https://firma.example', token: 'of the account' } },
    },
    links: { newsletter: link },
  },
  ChangeReport: {
    ...{ saved: true, revision: 12, leftAlone: ['links.older'] },
    connections: [{ id: 'mail', change: 'unchanged', fields: [], details: [] }],
    links: [
      {
        ...{ id: 'newsletter', change: 'changed', fields: ['brake.removals'] },
        details: [{ field: 'brake.removals', before: 100, after: 5 }],
      },
    ],
    warnings: [],
  },
  StartedRun: { runId: '019a0000-0000-7000-8000-000000000001' },
  SignedIn: { token: 'kt_…', role: 'editor', expiresAt: at },
};
