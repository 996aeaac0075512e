/** Runs of entries of two lists that stand at the same place and are not equal. */
export interface UnequalRun {
  /** Where they begin, and how many there are. */
  readonly before: { readonly from: number; readonly count: number };
  readonly after: { readonly from: number; readonly count: number };
}

/** Lists with more pairs of entries than this are compared place by place between their equal ends. */
const MOST_PAIRS = 250_000;

/** The runs between the longest row of entries that both lists have in the same order. Entries are told apart by their texts. */
export function unequalRuns(before: readonly string[], after: readonly string[]): readonly UnequalRun[] {
  const shorter = Math.min(before.length, after.length);
  let first = 0;
  while (first < shorter && before[first] === after[first]) first++;
  let last = 0;
  while (last < shorter - first && before.at(-1 - last) === after.at(-1 - last)) last++;
  const [left, right] = [before.slice(first, before.length - last), after.slice(first, after.length - last)];
  const pairs = left.length * right.length > MOST_PAIRS ? [] : commonPairs(left, right);
  const runs: UnequalRun[] = [];
  let [fromLeft, fromRight] = [0, 0];
  for (const [atLeft, atRight] of [...pairs, [left.length, right.length] as const]) {
    if (atLeft > fromLeft || atRight > fromRight) {
      runs.push({
        before: { from: first + fromLeft, count: atLeft - fromLeft },
        after: { from: first + fromRight, count: atRight - fromRight },
      });
    }
    [fromLeft, fromRight] = [atLeft + 1, atRight + 1];
  }
  return runs;
}

/** Places of equal entries, as many as can be had in the same order (longest common subsequence). */
function commonPairs(left: readonly string[], right: readonly string[]): readonly (readonly [number, number])[] {
  const width = right.length + 1;
  const lengths = new Uint16Array((left.length + 1) * width);
  const lengthAt = (row: number, column: number): number => lengths[row * width + column] ?? 0;
  for (let row = left.length - 1; row >= 0; row--) {
    for (let column = right.length - 1; column >= 0; column--) {
      lengths[row * width + column] =
        left[row] === right[column]
          ? lengthAt(row + 1, column + 1) + 1
          : Math.max(lengthAt(row + 1, column), lengthAt(row, column + 1));
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let [row, column] = [0, 0]; row < left.length && column < right.length; ) {
    if (left[row] === right[column]) pairs.push([row++, column++]);
    else if (lengthAt(row + 1, column) >= lengthAt(row, column + 1)) row++;
    else column++;
  }
  return pairs;
}
