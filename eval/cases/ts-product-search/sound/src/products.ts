export interface Product {
  name: string;
  tags: readonly string[];
}

export const products: readonly Product[] = [
  { name: 'Desk lamp', tags: ['desk', 'led'] },
  { name: 'Floor lamp', tags: ['floor', 'led'] },
  { name: 'Desk', tags: ['desk', 'oak'] },
  { name: 'Oak shelf', tags: ['oak'] },
];
