export interface Sale {
  /** `2025-03-31`. */
  day: string;
  cents: number;
}
