/** Every service of the product, in the order of starting, with the folder of its app. An adapter is added here. */
export const appFolders = {
  registry: 'registry',
  scheduler: 'scheduler',
  'webhook-ingest': 'webhook-ingest',
  'adapter-oneclick': 'adapters/oneclick',
  'adapter-ecomail': 'adapters/ecomail',
  control: 'control',
} as const;

export type ServiceName = keyof typeof appFolders;

export const serviceNames: readonly ServiceName[] = [
  'registry',
  'scheduler',
  'webhook-ingest',
  'adapter-oneclick',
  'adapter-ecomail',
  'control',
];
