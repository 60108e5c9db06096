export default async function teardown() {
  for (const server of (globalThis.kontaktorServers ?? []).splice(0).reverse()) await server.stop();
}
