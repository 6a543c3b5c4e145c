export interface SearchQuery {
  text: string;
  tags: string[];
  limit: number;
}

function parametersOf(search: string): Record<string, string[] | undefined> {
  const params = new URLSearchParams(search);
  return Object.fromEntries([...new Set(params.keys())].map((name) => [name, params.getAll(name)]));
}

/** '?q=lamp&tag=desk' → what is looked for. Where a parameter that stands for itself is repeated, the first counts. */
export function readQuery(search: string): SearchQuery {
  const { q, tag, limit } = parametersOf(search);
  return { text: q?.[0] ?? '', tags: tag ?? [], limit: Number(limit?.[0] ?? 20) };
}
