import { type Product, products } from './products.ts';
import type { SearchQuery } from './search-query.ts';

export function search({ text, tags, limit }: SearchQuery): Product[] {
  const wanted = text.trim().toLowerCase();
  return products
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .filter((product) => tags.every((tag) => product.tags.includes(tag)))
    .slice(0, limit);
}
