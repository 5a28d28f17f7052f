/** Where the house listens unless it is told otherwise. */
const usualServers = [{ url: 'http://127.0.0.1:8080' }]

/** What a house says of its API, without the address of the one that was asked. */
export function openApi(described: object): object {
  return { ...described, servers: usualServers }
}
