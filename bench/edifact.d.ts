/** What benchmarks and tests use of the package, which has no types of its own. */
declare module 'edifact' {
  export class Parser {
    onopensegment: (tag: string) => void;
    onclosesegment: () => void;
    onelement: () => void;
    oncomponent: (value: string) => void;
    encoding(level: string): void;
    write(text: string): void;
    end(): void;
  }
}
