export interface SearchQuery {
  text: string;
  tags: string[];
  limit: number;
}

// biome-ignore lint/suspicious/noExplicitAny: whatever the address line holds
function parametersOf(search: string): Record<string, any> {
  const params = new URLSearchParams(search);
  return Object.fromEntries([...new Set(params.keys())].map((name) => [name, params.getAll(name)]));
}

/** '?q=lamp&tag=desk' → what is looked for. Where a parameter that stands for itself is repeated, the first counts. */
export function readQuery(search: string): SearchQuery {
  const { q, tag, limit } = parametersOf(search);
  return { text: q ?? '', tags: tag ?? [], limit: Number(limit ?? 20) };
}
