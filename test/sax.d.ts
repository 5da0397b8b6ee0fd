/** The part of `sax` that tests use; the package has no types. */
declare module 'sax' {
  interface Parser {
    onopentag(tag: { name: string; attributes: Record<string, string> }): void;
    onerror(error: Error): void;
    write(text: string): Parser;
    close(): void;
  }
  const sax: { parser(strict: boolean): Parser };
  export default sax;
}
