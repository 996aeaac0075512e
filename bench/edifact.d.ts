/** What the benchmarks use of the package, which has no types of its own. */
declare module 'edifact' {
  export class Parser {
    onopensegment: (tag: string) => void;
    onclosesegment: () => void;
    onelement: () => void;
    oncomponent: (value: string) => void;
    write(text: string): void;
    end(): void;
  }
}
