export interface SearchQuery {
  text: string;
  tags: string[];
  limit: number;
}

/** '?q=lamp&tag=desk' → what is looked for. Where a parameter that stands for itself is repeated, the first counts. */
export function readQuery(search: string): SearchQuery {
  const params = new URLSearchParams(search);
  return {
    text: params.get('q') ?? '',
    tags: params.getAll('tag'),
    limit: Number(params.get('limit') ?? 20),
  };
}
