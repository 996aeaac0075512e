/** RFC 3339 in UTC, as every answer writes the milliseconds of the ledger. */
export function timeText(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

export function timeTextOrNull(milliseconds: number | null): string | null {
  return milliseconds === null ? null : timeText(milliseconds);
}
